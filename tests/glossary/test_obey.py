"""The ladder: each way alone brings a term in, is named in the evidence, and never makes a sentence worse."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bilingual.engines.argos import ArgosTranslator
from bilingual.engines.choice import choose_package
from bilingual.glossary.inject import Requirement, unmet
from bilingual.glossary.match import Matcher
from bilingual.glossary.obey import obey, sound
from bilingual.glossary.people import requirements
from bilingual.records import Hypothesis, Issue, Model, Term, TermType

SUH = "Suh met Rutte."
ITEMS = [
    Requirement(0, 3, "Suh", "서 실장", TermType.PERSON),
    Requirement(8, 13, "Rutte", "뤼터", TermType.PERSON),
]
INLINE = "서 실장 met 뤼터."


class Scripted:
    """Says what it is told to, for a source and a prefix; attention goes word by word as alike is given."""

    def __init__(self, said: Mapping[tuple[str, str], str], aligned: Mapping[str, str] | None = None) -> None:
        self.said, self.aligned = said, aligned or {}
        self.calls: list[list[tuple[str, str]]] = []

    model = Model("scripted", "1", "0")

    def fits(self, _: str) -> bool:
        return True

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        starts = prefixes or ["careful" if careful else ""] * len(sources)
        asked = list(zip(sources, starts, strict=True))
        self.calls.append(asked)
        return [
            self._said(source, self.said.get((source, prefix), prefix), attention=attention)
            for source, prefix in asked
        ]

    def _said(self, source: str, text: str, *, attention: bool) -> Hypothesis:
        tokens, words = text.split(), source.split()
        rows = tuple(tuple(float(self.aligned.get(token) == word) for word in words) for token in tokens)
        return Hypothesis(text, -1.0, tuple(tokens), tuple(words), rows if attention else ())


def rungs(translator: Scripted) -> tuple[str, list[str]]:
    (done,) = obey([SUH], [ITEMS], translator)
    return done.hypothesis.text, [item.rung for item in done.honoured]


def test_korean_in_the_source_is_copied() -> None:
    translator = Scripted({(INLINE, ""): "서 실장은 뤼터를 만났다."})
    assert rungs(translator) == ("서 실장은 뤼터를 만났다.", ["inline", "inline"])
    assert translator.calls == [[(INLINE, "")]]


def test_particles_of_copied_terms_are_refitted() -> None:
    assert rungs(Scripted({(INLINE, ""): "서 실장는 뤼터을 만났다."}))[0] == "서 실장은 뤼터를 만났다."


def test_aligned_words_are_replaced_with_their_particle() -> None:
    translator = Scripted({(INLINE, ""): "서 실장은 루텐을 만났다."}, {"루텐을": "뤼터."})
    assert rungs(translator) == ("서 실장은 뤼터를 만났다.", ["inline", "replaced"])


def test_a_doubtful_place_is_decoded_again_from_there() -> None:
    said = {(INLINE, ""): "서씨가 뤼터를 만났다.", (INLINE, "서 실장이"): "서 실장이 뤼터를 만났다."}
    translator = Scripted(said, {})
    translator.aligned = {"서씨가": "서"}
    text, ways = rungs(_Half(translator))
    assert (text, ways) == ("서 실장이 뤼터를 만났다.", ["prefix", "inline"])


class _Half(Scripted):
    """The same, with attention of 0.3 where the other has all."""

    def __init__(self, other: Scripted) -> None:
        super().__init__(other.said, other.aligned)

    def _said(self, source: str, text: str, *, attention: bool) -> Hypothesis:
        made = super()._said(source, text, attention=attention)
        rows = tuple((*(0.3 * share for share in row[:-1]), 0.7) for row in made.attention)
        return Hypothesis(made.text, made.score, made.tokens, made.source_tokens, rows)


def test_a_translation_that_repeats_itself_is_decoded_carefully() -> None:
    said = {(INLINE, ""): "뤼터를 뤼터를 만났다.", (INLINE, "careful"): "서 실장은 뤼터를 만났다."}
    assert rungs(Scripted(said)) == ("서 실장은 뤼터를 만났다.", ["careful", "inline"])


def test_the_english_is_tried_when_nothing_else_aligns() -> None:
    said = {(INLINE, ""): "둘이 만났다.", (SUH, ""): "수는 루텐을 만났다."}
    text, ways = rungs(Scripted(said, {"수는": "Suh", "루텐을": "Rutte."}))
    assert (text, ways) == ("서 실장은 뤼터를 만났다.", ["restart", "restart"])


def test_a_term_without_a_place_becomes_the_topic() -> None:
    said = {
        (INLINE, ""): "뤼터를 만났다.",
        (SUH, ""): "만났다.",
        (INLINE, "서 실장은"): "서 실장은 뤼터를 만났다.",
    }
    assert rungs(Scripted(said)) == ("서 실장은 뤼터를 만났다.", ["lead", "inline"])


def test_what_fails_is_an_issue_and_the_best_draft_stays() -> None:
    (done,) = obey(
        [SUH], [ITEMS], Scripted({(INLINE, ""): "뤼터를 만났다.", (INLINE, "서 실장은"): "서 " * 40})
    )
    assert done.hypothesis.text == "뤼터를 만났다."
    assert [(item.target, item.honoured, item.rung) for item in done.honoured] == [
        ("서 실장", False, ""),
        ("뤼터", True, "inline"),
    ]
    assert done.issues == (Issue("term", "Suh → 서 실장"),)


def test_a_way_that_loops_is_not_taken() -> None:
    loop = "서 실장은 뤼터를 뤼터를 뤼터를 뤼터를"
    said = {(INLINE, ""): "뤼터를 만났다.", (INLINE, "서 실장은"): loop}
    assert rungs(Scripted(said))[0] == "뤼터를 만났다."


def test_a_way_that_loses_a_clause_is_not_taken() -> None:
    whole = "어제 오후에 뤼터를 서울에서 만났다."
    assert rungs(Scripted({(INLINE, ""): whole, (INLINE, "서 실장은"): "서 실장은 뤼터를."}))[0] == whole


def test_what_is_sane_is_the_callers_to_say() -> None:
    said = {(INLINE, ""): "뤼터를 만났다.", (INLINE, "서 실장은"): "서 실장은 뤼터를 만났다."}
    (done,) = obey([SUH], [ITEMS], Scripted(said), sane=lambda _, text: not text.startswith("서 실장"))
    assert done.hypothesis.text == "뤼터를 만났다."


def test_only_failing_sentences_are_sent_again() -> None:
    translator = Scripted({(INLINE, ""): "서 실장이 뤼터를 만났다.", ("So what?", ""): "그래서?"})
    done = obey(["So what?", SUH], [[], ITEMS], translator)
    assert [item.hypothesis.text for item in done] == ["그래서?", "서 실장이 뤼터를 만났다."]
    assert len(translator.calls) == 1
    assert obey([], [], translator) == []


def test_a_model_that_knows_no_inline_gets_the_english() -> None:
    translator = Scripted({(SUH, ""): "수는 루텐을 만났다."}, {"수는": "Suh", "루텐을": "Rutte."})
    (done,) = obey([SUH], [ITEMS], translator, inline=False)
    assert done.hypothesis.text == "서 실장은 뤼터를 만났다."
    assert [item.rung for item in done.honoured] == ["replaced", "replaced"]


def test_attention_over_other_words_than_the_source_is_not_believed() -> None:
    class Chain(Scripted):
        def _said(self, source: str, text: str, *, attention: bool) -> Hypothesis:
            made = super()._said(source, text, attention=attention)
            return Hypothesis(made.text, made.score, made.tokens, ("autre", "langue"), made.attention)

    chain = Chain({(INLINE, ""): "수는 만났다.", (SUH, ""): "수는 만났다."}, {"수는": "서"})
    (done,) = obey([SUH], [ITEMS], chain)
    assert "replaced" not in [item.rung for item in done.honoured]


def test_the_bundled_model_says_the_names_of_an_article_and_says_more_with_them() -> None:
    gold = Path(__file__).parent.parent / "gold"
    rows = [line.split("\t") for line in (gold / "05.terms.tsv").read_text(encoding="utf-8").splitlines()]
    matcher = Matcher(Term(row[0], row[1], TermType(row[2])) for row in rows)
    pairs = (gold / "05.pairs.tsv").read_text(encoding="utf-8").splitlines()
    sources = [pair.split("\t")[0] for pair in pairs]
    needs = requirements(sources, [matcher.find(source) for source in sources])
    with ArgosTranslator(choose_package("en", "ko", name="bundled")) as translator:
        done = obey(sources, needs, translator)
        plain = translator.translate(sources)
    total = sum(map(len, needs))
    missed = [issue for item in done for issue in item.issues]
    left = sum(len(unmet(p.text, [n.target for n in row])) for p, row in zip(plain, needs, strict=True))
    assert len(missed) <= 0.05 * total
    assert left >= 5 * len(missed)
    for item, row in zip(done, needs, strict=True):
        said = len(unmet(item.hypothesis.text, [need.target for need in row]))
        assert said == sum(not honoured.honoured for honoured in item.honoured)


def test_terms_that_hold_one_another_need_places_of_their_own() -> None:
    assert unmet("북한과 한국", ["한국", "북한", "한국"]) == [2]
    assert unmet("나토군은", ["나토"]) == []
    assert unmet("본부장관은", ["본부장"]) == [0]
    assert unmet("유럽연합(EU)은 EU와", ["유럽연합(EU)", "EU"]) == []


@pytest.mark.parametrize(
    ("text", "sane"),
    [("그는 떠났다.", True), ("", False), ("그는 " * 5, False), ("가나다라마바사아자차카타파하" * 3, False)],
)
def test_sound_translations_are_of_likely_length_and_do_not_loop(text: str, sane: bool) -> None:  # noqa: FBT001
    assert sound("He left today.", text) is sane
