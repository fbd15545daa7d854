from pathlib import Path

import polars as pl
import pytest

from bilingual.errors import TrainingError
from bilingual.training import corpus, prepare
from bilingual.training.recipe import Data, Group

LONG = "The committee met for three hours and adopted every point of the plan."
SEEDS = Path(__file__).parents[2] / "seeds"
KOREAN = "위원회는 세 시간 동안 회의를 열어 계획의 모든 항목을 채택했다."


def group(**fields: object) -> Group:
    return Group(**({"name": "open", "files": ("corpora/*.tsv",), "share": 1.0} | fields))  # type: ignore[arg-type]


def cleaned(folder: Path, text: str, **fields: object) -> tuple[list[str], dict[str, int]]:
    """Targets kept, and what each rule dropped."""
    (folder / "open.tsv").write_text(text, encoding="utf-8")
    data = Data((group(**fields),))
    good, report = corpus.clean(corpus.read_bitext(data.groups, folder), data, frozenset({"heldoutsentence"}))
    return good["target"].to_list(), dict(report.drop_nulls("rule").select("rule", "pairs").iter_rows())


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("", "빈 줄", "empty"),
        ("서울 is a city.", "서울은 도시다.", "source has Hangul"),
        ("Москва", "모스크바", "source not in Latin letters"),
        ("Click here.", "Click here.", "target has no Hangul"),
        ("Use the git push command now.", "git push origin main 실행", "target mostly Latin"),
        (LONG * 9, KOREAN, "too long"),
        (LONG, "짧다.", "lengths disagree"),
        ("See <b>this</b> now.", "이것을 보라.", "markup"),
        ("A town of 4,500, founded in 1823.", "농부들이 세운, 인구 4500명의 마을이다.", "numbers disagree"),
        ("Held-out sentence!", "남겨 둔 문장이다.", "held apart"),
    ],
)  # fmt: skip
def test_a_rule_drops_what_it_is_named_for(tmp_path: Path, source: str, target: str, rule: str) -> None:
    assert cleaned(tmp_path, f"{source}\t{target}\n{LONG}\t{KOREAN}\n") == ([KOREAN], {rule: 1})


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LONG, KOREAN),
        ("The deal is worth 1,200,000 won to the workers.", "이 거래는 노동자들에게 120만 원의 가치가 있다."),
        ("NATO and the EU agreed.", "나토(NATO)와 EU가 합의했다."),
        ("Hello", "안녕"),
    ],
)
def test_good_pairs_are_kept(tmp_path: Path, source: str, target: str) -> None:
    assert cleaned(tmp_path, f"{source}\t{target}\n") == ([target], {})


def test_pairs_alike_but_for_case_and_stops_are_kept_once(tmp_path: Path) -> None:
    assert cleaned(tmp_path, "Good news.\t좋은 소식.\ngood news\t좋은 소식\n") == (
        ["좋은 소식."],
        {"duplicate": 1},
    )


def test_formal_prose_becomes_plain_but_our_own_stays_as_written(tmp_path: Path) -> None:
    row = "We love it.\t우리는 그것을 사랑합니다.\n"
    assert cleaned(tmp_path, row)[0] == ["우리는 그것을 사랑한다."]
    assert cleaned(tmp_path, row, marked=True)[0] == ["우리는 그것을 사랑합니다."]


def test_only_named_origins_and_columns_are_read(tmp_path: Path) -> None:
    text = "good\tOne day.\t어느 날.\nbad\tTwo days.\t이틀.\n"
    assert cleaned(tmp_path, text, origins=("good",))[0] == ["어느 날."]
    assert cleaned(tmp_path, "One day.\t어느 날.\tnote\n", columns=(0, 1))[0] == ["어느 날."]


def test_keys_leave_out_short_sentences() -> None:
    frame = pl.DataFrame({"plain": ["Yes.", "A longer sentence."], "target": ["네.", "더 긴 문장이다."]})
    assert corpus.keys(frame) == frozenset({"alongersentence"})


def test_bitext_that_is_missing_torn_or_binary_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"no such bitext.*--corpora"):
        corpus.read_bitext([group()], tmp_path)
    (tmp_path / "one.tsv").write_text("only one column\n")
    with pytest.raises(TrainingError, match=r"one\.tsv.*has 1 columns"):
        corpus.read_bitext([group()], tmp_path)
    (tmp_path / "one.tsv").write_bytes(b"\xff\xfe\x00broken\t\x80\x81\n")
    with pytest.raises(TrainingError, match=r"one\.tsv.*no table in UTF-8"):
        corpus.read_bitext([group()], tmp_path)


def test_no_side_of_a_held_out_pair_is_trained_on() -> None:
    ours = Group("ours", (str(SEEDS / "bitext" / "*.tsv"),), 1.0, marked=True)
    pairs = corpus.read_bitext([ours], Path())
    bitext = prepare.prepare(Data((ours,), (str(SEEDS / "held-out.tsv"),)), Path()).bitext
    lines = (SEEDS / "held-out.tsv").read_text(encoding="utf-8").splitlines()
    sources, targets = ({line.split("\t")[side] for line in lines} for side in (1, 2))
    assert len(lines) == len(set(pairs["source"]) & sources) == 300
    assert not set(bitext["source"]) & sources
    assert not set(bitext["target"]) & targets
    assert len(bitext) > 14_000
