import polars as pl
import pytest

from bilingual import scores
from bilingual.errors import EvaluationError
from bilingual.scores import Trial
from bilingual.tables import SCORES
from bilingual.training.marks import requirements

MARKED = (
    "{P:Wi Sung-lac|위성락} met {P:Mark Rutte|마크 뤼터}.",
    "{L:Seoul|서울} and {L:Seoul|서울} again.",
    "Sales rose 12 percent to 1.2 million.",
)
REFERENCES = ("위성락은 마크 뤼터를 만났다.", "서울 그리고 다시 서울이다.", "판매는 12% 늘어 120만 대였다.")


def trial() -> Trial:
    read = [requirements(line) for line in MARKED]
    return Trial(
        "news", tuple(text for text, _ in read), REFERENCES, tuple(tuple(terms) for _, terms in read)
    )


def measured(*lines: str) -> dict[str, float]:
    return {score.metric: round(score.value, 1) for score in scores.score(trial(), "a", lines)}


def test_a_perfect_translation_has_perfect_scores() -> None:
    assert measured(*REFERENCES) == {
        "BLEU": 100.0,
        "chrF2": 100.0,
        "chrF2++": 100.0,
        "particles agree": 100.0,
        "numbers kept": 100.0,
        "English left": 0.0,
        "Latin words": 0.0,
        "empty": 0.0,
        "looping": 0.0,
        "terms honoured": 100.0,
        "consistency": 100.0,
    }


@pytest.mark.parametrize(
    ("line", "metric", "value"),
    [
        ("판매는 12% 늘어 130만 대였다.", "numbers kept", 0.0),
        ("판매는 12% 늘어 1,200,000대였다.", "numbers kept", 100.0),
        ("sales는 12% 늘어 120만 대였다.", "English left", 33.3),
        ("KBS는 12% 늘어 120만 대였다.", "English left", 0.0),
        ("판매는 12% 늘어 늘어 늘어 늘어 120만", "looping", 33.3),
        ("…", "empty", 33.3),
        ("50%을 넘어 12%, 120만", "particles agree", 66.7),
    ],
)
def test_a_measure_sees_what_it_is_named_for(line: str, metric: str, value: float) -> None:
    assert measured(*REFERENCES[:2], line)[metric] == value


def test_a_term_required_twice_must_stand_twice() -> None:
    assert measured(REFERENCES[0], "서울이다.", REFERENCES[2])["terms honoured"] == 75.0
    assert measured(REFERENCES[0], "서울이다.", REFERENCES[2])["consistency"] == 50.0


def test_overlap_is_sacrebleu_with_the_published_settings() -> None:
    signatures = {score.metric: score.signature for score in scores.score(trial(), "a", REFERENCES)}
    assert signatures["BLEU"].startswith("nrefs:1|case:mixed|eff:no|tok:ko-mecab-")
    assert signatures["chrF2"].startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no")
    assert signatures["chrF2++"].startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no")


def test_scores_become_a_frame_of_their_schema() -> None:
    frame = scores.frame(scores.score(trial(), "a", REFERENCES))
    assert frame.schema == SCORES
    assert frame.filter(pl.col("system") == "a").height == 11


def test_bootstrap_tells_a_worse_system_from_an_equal_one() -> None:
    many = Trial("news", trial().sources * 20, REFERENCES * 20)
    found = scores.compare(
        many, {"good": REFERENCES * 20, "same": REFERENCES * 20, "bad": ("아니다.",) * 60}, 100
    )
    by_system = {(system, metric): (difference, p) for system, metric, difference, p in found}
    assert by_system["same", "chrF2"] == (0.0, 1.0)
    assert by_system["bad", "chrF2"][0] < -50
    assert by_system["bad", "chrF2"][1] < 0.05


def test_a_missing_line_is_refused() -> None:
    with pytest.raises(EvaluationError, match="a: has 2 lines for 3 sentences"):
        scores.score(trial(), "a", REFERENCES[:2])
