"""From documents to windows, with a dictionary for a model."""

import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl
import pytest

from bilingual.engines.echo import DictionaryTranslator
from bilingual.errors import DocumentError
from bilingual.glossary.match import Matcher
from bilingual.pipeline import Tools, translate_documents, translate_units
from bilingual.plan import Unit
from bilingual.records import (
    Article,
    Document,
    Hypothesis,
    Issue,
    Markup,
    Model,
    Origin,
    Pair,
    Status,
    Term,
)
from bilingual.tables import PAIRS, Window, frame_pairs
from bilingual.tasks import Recall, Recalled, Rules


@dataclass
class Shelf:
    """A store in memory."""

    windows: list[Window] = field(default_factory=list)
    stash_: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)

    def is_finished(self, document: Document, recipe: str) -> bool:
        return f"{document.checksum} {recipe}" in self.finished

    def store(self, window: Window) -> None:
        self.windows.append(window)

    def stash(self, name: str, translations: pl.DataFrame) -> None:
        self.stash_.setdefault(name, []).append(translations)

    def stashed(self, name: str) -> pl.DataFrame:
        return pl.concat([PAIRS.to_frame(), *self.stash_.get(name, [])])

    @property
    def pairs(self) -> list[Pair]:
        return [pair for window in self.windows for pair in frame_pairs(window.pairs)]


@dataclass
class Counting:
    """A dictionary that notes what it was asked."""

    entries: dict[str, str]
    asked: list[str] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    fails_after: int = 1_000_000

    @property
    def model(self) -> Model:
        return DictionaryTranslator().model

    def fits(self, source: str) -> bool:
        return DictionaryTranslator().fits(source)

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        self.asked += sources
        self.calls.append(len(sources))
        if len(self.asked) > self.fails_after:
            raise KeyboardInterrupt
        return DictionaryTranslator(self.entries).translate(sources)


def tools(texts: dict[str, str], translator: Counting, decided: dict[str, Pair] | None = None) -> Tools:
    def read(name: str) -> Document:
        if name not in texts:
            raise DocumentError(name, "there is no such file")
        return Document(name, Markup.TEXT, texts[name], f"sum of {texts[name]}")

    def render(article: Article, targets: Sequence[str]) -> str:
        return article.separator.join(targets)

    def name(article: Article) -> str:
        return f"{article.document}-{article.number}"

    return Tools(translator, read, render, name, "r", decided=decided or {})


TEXTS = {
    "a": "Ships sail at dawn\n\nThe ships sailed on Monday. Nobody was hurt.",
    "b": "Trains stop for rain\n\nThe trains stopped on Monday. Nobody was hurt.",
}
KOREAN = {
    "Ships sail at dawn": "배, 새벽에 출항",
    "The ships sailed on Monday.": "배가 월요일 출항했다.",
    "Nobody was hurt.": "다친 사람은 없었다.",
}


def test_each_sentence_becomes_a_pair_in_its_place() -> None:
    shelf = Shelf()
    translate_documents(["a"], tools(TEXTS, Counting(KOREAN)), shelf)
    assert [(p.paragraph, p.position, p.source, p.target) for p in shelf.pairs] == [
        (0, 0, "Ships sail at dawn", "배, 새벽에 출항"),
        (1, 0, "The ships sailed on Monday.", "배가 월요일 출항했다."),
        (1, 1, "Nobody was hurt.", "다친 사람은 없었다."),
    ]
    assert shelf.windows[0].texts == {"a-1": "배, 새벽에 출항\n\n배가 월요일 출항했다. 다친 사람은 없었다."}
    assert len({pair.pair_id for pair in shelf.pairs}) == 3


def test_a_sentence_of_two_articles_is_translated_once() -> None:
    translator = Counting(KOREAN)
    done = translate_documents(["a", "b"], tools(TEXTS, translator), Shelf())
    assert translator.asked.count("Nobody was hurt.") == 1
    assert (done.sentences, done.translated) == (6, 5)


def test_a_unit_is_translated_the_same_whatever_was_translated_before() -> None:
    alone, after = Counting(KOREAN), Counting(KOREAN)
    translate_documents(["b"], tools(TEXTS, alone), Shelf())
    shelf = Shelf()
    done = translate_units([Unit(("a",)), Unit(("b",))], tools(TEXTS, after), shelf)
    assert after.asked[-len(alone.asked) :] == alone.asked
    assert "Nobody was hurt." in alone.asked
    assert (len(shelf.windows), done.sentences, done.translated) == (2, 6, 6)


def test_what_cannot_be_read_is_told_and_the_rest_is_translated() -> None:
    shelf = Shelf()
    names = [DocumentError("*.md", "matches no document"), "none", "a"]
    done = translate_documents(names, tools(TEXTS, Counting(KOREAN)), shelf)
    assert [str(error) for error in done.failed] == [
        "*.md: matches no document",
        "none: there is no such file",
    ]
    assert [name for name, _ in done.documents] == ["a"]
    assert len(shelf.pairs) == 3


def test_what_is_finished_is_not_translated_again() -> None:
    translator, shelf = Counting(KOREAN), Shelf(finished={f"sum of {TEXTS['a']} r"})
    done = translate_documents(["a", "b"], tools(TEXTS, translator), shelf)
    assert (done.unchanged, len(shelf.pairs)) == (1, 3)
    assert "Ships sail at dawn" not in translator.asked


def test_what_a_reviewer_decided_stands() -> None:
    shelf = Shelf()
    translate_documents(["a"], tools(TEXTS, Counting(KOREAN)), shelf)
    edited, rejected = shelf.pairs[1].pair_id, shelf.pairs[2].pair_id
    before = {pair.pair_id: pair for pair in shelf.pairs}
    decided = {
        edited: Pair(
            edited,
            "old",
            "old",
            1,
            0,
            "The ships sailed on Monday.",
            "배들이 떠났다.",
            Origin.HUMAN,
            Status.EDITED,
            note="n",
        ),
        rejected: Pair(
            rejected,
            "old",
            "old",
            1,
            1,
            "Nobody was hurt.",
            "나쁜 번역",
            Origin.MACHINE,
            Status.REJECTED,
            reviewer="김",
        ),
    }
    again = Shelf()
    translate_documents(["a"], tools(TEXTS, Counting(KOREAN), decided), again)
    after = {pair.pair_id: pair for pair in again.pairs}
    assert (after[edited].target, after[edited].status, after[edited].note) == (
        "배들이 떠났다.",
        Status.EDITED,
        "n",
    )
    assert (after[rejected].target, after[rejected].status) == (before[rejected].target, Status.REJECTED)
    assert after[rejected].reviewer == "김"
    assert "배들이 떠났다." in again.windows[0].texts["a-1"]


def remembering(known: dict[str, Recalled]) -> Recall:
    return lambda sources: [known.get(source) for source in sources]


def test_what_people_made_of_a_sentence_before_is_taken_and_not_translated() -> None:
    translator, shelf = Counting(KOREAN), Shelf()
    memory = remembering({"Nobody was hurt.": Recalled("부상자는 없었다.", 100)})
    done = translate_documents(["a"], replace(tools(TEXTS, translator), recall=memory), shelf)
    pair = shelf.pairs[2]
    assert (pair.target, pair.origin, pair.status, pair.score, pair.model) == (
        "부상자는 없었다.",
        Origin.MEMORY,
        Status.DRAFT,
        None,
        "",
    )
    assert "Nobody was hurt." not in translator.asked
    assert (done.sentences, done.translated, done.recalled) == (3, 2, 1)
    assert "부상자는 없었다." in shelf.windows[0].texts["a-1"]


def test_a_near_match_is_offered_beside_the_translation() -> None:
    translator, shelf = Counting(KOREAN), Shelf()
    memory = remembering({"Nobody was hurt.": Recalled("아무도 다치지 않았다.", 88)})
    done = translate_documents(["a"], replace(tools(TEXTS, translator), recall=memory), shelf)
    pair = shelf.pairs[2]
    assert (pair.target, pair.origin) == ("다친 사람은 없었다.", Origin.MACHINE)
    assert pair.note == "memory 88 %: 아무도 다치지 않았다."
    assert done.recalled == 0


def test_what_a_reviewer_decided_here_stands_before_the_memory() -> None:
    shelf = Shelf()
    translate_documents(["a"], tools(TEXTS, Counting(KOREAN)), shelf)
    said = replace(shelf.pairs[2], target="다 무사했다.", origin=Origin.HUMAN, status=Status.EDITED)
    memory = remembering({"Nobody was hurt.": Recalled("부상자는 없었다.", 100)})
    again = Shelf()
    with_memory = replace(tools(TEXTS, Counting(KOREAN), {said.pair_id: said}), recall=memory)
    done = translate_documents(["a"], with_memory, again)
    assert (again.pairs[2].target, again.pairs[2].origin) == ("다 무사했다.", Origin.HUMAN)
    assert done.recalled == 0


def test_a_term_that_the_memory_does_not_honour_is_told() -> None:
    shelf = Shelf()
    matcher = Matcher([Term("Monday", "월요일")])
    memory = remembering({"The ships sailed on Monday.": Recalled("배들이 출항했다.", 100)})
    with_memory = replace(tools(TEXTS, Counting(KOREAN)), recall=memory, rules=Rules(matcher))
    translate_documents(["a"], with_memory, shelf)
    assert [term.honoured for term in shelf.pairs[1].terms] == [False]
    assert shelf.pairs[1].issues == (Issue("term", "Monday → 월요일"),)


def test_what_may_be_wrong_stands_with_its_pair() -> None:
    shelf = Shelf()
    translate_documents(["a"], tools(TEXTS, Counting({**KOREAN, "Nobody was hurt.": "31명이 hurt."})), shelf)
    assert {issue.code for issue in shelf.pairs[2].issues} >= {"number", "leftover"}


def test_a_document_longer_than_a_window_goes_on_where_it_was_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bilingual.pipeline.WINDOW", 10)
    words = random.Random(1).sample(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda".split(), 11
    )
    texts = {"long": "\n\n".join(f"The {a} met the {b} on Monday." for a in words for b in words)}
    shelf, stopped = Shelf(), Counting({}, fails_after=75)
    with contextlib.suppress(KeyboardInterrupt):
        translate_documents(["long"], tools(texts, stopped), shelf)
    assert [sum(map(len, frames)) for frames in shelf.stash_.values()] == [70]
    again = Counting({})
    translate_documents(["long"], tools(texts, again), shelf)
    assert len(again.asked) == 121 - 70
    assert len(shelf.pairs) == 121


def test_a_few_sentences_more_than_a_window_are_no_part_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilingual.pipeline.WINDOW", 5)
    translator, shelf = Counting({}), Shelf()
    texts = {name: "\n\n".join(f"The {name} train was late on day {n}." for n in range(3)) for name in "ab"}
    translate_documents(["a", "b"], tools(texts, translator), shelf)
    assert max(translator.calls) == 6
    assert not shelf.stash_


def test_parts_kept_of_another_text_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilingual.pipeline.WINDOW", 3)
    shelf = Shelf()
    with contextlib.suppress(KeyboardInterrupt):
        translate_documents(
            ["x"],
            tools({"x": "\n\n".join(f"Day {n} was cold." for n in range(9))}, Counting({}, fails_after=4)),
            shelf,
        )
    assert shelf.stash_
    other = {"x": "\n\n".join(f"Day {n} was warm." for n in range(9))}
    translate_documents(
        ["x"], tools(other, Counting({f"Day {n} was warm.": f"{n}일은 더웠다." for n in range(9)})), shelf
    )
    assert [pair.target for pair in shelf.pairs] == [f"{n}일은 더웠다." for n in range(9)]


def test_a_text_in_korean_is_told_and_not_translated() -> None:
    korean = "정부, 새 정책 발표\n\n정부는 월요일 새 정책을 발표했다. 야당은 반발했다."
    translator = Counting({})
    done = translate_documents(["k"], tools({"k": korean}, translator), Shelf())
    assert [str(error) for error in done.failed] == ["k: is in Korean already; give the English text"]
    assert translator.asked == []


def test_a_page_without_an_article_is_told() -> None:
    junk = "Home  News  Sport\nSign in\nShare\nCopy link\n#one #two\n![photo](https://a.kr/b.jpg)\n" * 3
    done = translate_documents(["x"], tools({"x": junk}, Counting({})), Shelf())
    assert [str(error) for error in done.failed] == ["x: no article was found in it; see why with --explain"]
