"""Nothing is dropped, doubled, cut, looped or mangled on the way through a translator."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bilingual.records import Hypothesis, Model
from bilingual.sentences import WholeTranslator

MODEL = Model("fake", "1", "0" * 64)


@dataclass
class Fake:
    """Turns words into Hangul letter by letter; fails on purpose where it is told to."""

    longest: int = 1000
    loses: str = ""
    loops_at: str = ""
    cuts: str = ""
    calls: list[list[str]] = field(default_factory=list)

    @property
    def model(self) -> Model:
        return MODEL

    def fits(self, source: str) -> bool:
        return len(source) <= self.longest

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        self.calls.append(list(sources))
        starts = prefixes or [""] * len(sources)
        return [
            Hypothesis(p + self._say(s, careful=careful), -0.5) for p, s in zip(starts, sources, strict=True)
        ]

    def _say(self, source: str, *, careful: bool) -> str:
        if self.loops_at and self.loops_at in source and not careful:
            return "그는 " * 20
        if self.cuts and self.cuts in source and not careful:
            return "가다"
        text = source.replace(self.loses, "") if self.loses else source
        return "".join(chr(0xAC00 + ord(c) * 28) if c.isascii() and c.isalpha() else c for c in text)


def through(fake: Fake, *sources: str) -> list[str]:
    return [hypothesis.text for hypothesis in WholeTranslator(fake).translate(sources)]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("Read https://example.com/a_b?c=d_e today.", ["https://example.com/a_b?c=d_e"]),
        ("Write to desk_two@example.com or @news_desk.", ["desk_two@example.com", "@news_desk"]),
        ("Fans cheered 🎉👩‍👩‍👧 with #GoSeoul and `pip install`.", ["🎉👩‍👩‍👧", "#GoSeoul", "`pip install`"]),
    ],
)
@pytest.mark.parametrize("loses", ["", "링크", "한글", "기호"])
def test_what_is_protected_comes_through_once_even_if_the_model_loses_stand_ins(
    source: str, kept: list[str], loses: str
) -> None:
    (target,) = through(Fake(loses=loses), source)
    assert [target.count(span) for span in kept] == [1] * len(kept)
    assert "today" not in target


def test_what_has_nothing_to_translate_never_reaches_the_model() -> None:
    fake = Fake()
    assert through(fake, "🎉🎉", "12:30", "* * *") == ["🎉🎉", "12:30", "* * *"]
    assert [text for call in fake.calls for text in call] == []


def test_a_long_sentence_is_translated_in_clauses_and_none_is_lost() -> None:
    fake = Fake(longest=40)
    source = (
        "One came early, and two came late; three never came, because four had told them not to come at all."
    )
    (target,) = through(fake, source)
    pieces = [text for call in fake.calls for text in call]
    assert len(pieces) > 2
    assert all(len(piece) <= 40 for piece in pieces)
    assert [c for c in target if not c.isalpha()] == [c for c in source if not c.isalpha()]


def test_a_text_without_spaces_is_cut_where_it_must_be() -> None:
    (target,) = through(Fake(longest=50), "a" * 1000)
    assert len(target) == 1000


def test_a_loop_is_tried_again_with_care() -> None:
    fake = Fake(loops_at="loop")
    assert "그는" not in through(fake, "A fine day.", "This will loop.")[1]
    assert fake.calls[1] == ["This will loop."]


def test_a_target_far_too_short_to_be_whole_is_tried_again() -> None:
    fake = Fake(cuts="only half")
    (target,) = through(
        fake, "Of what was said here only half came back, however long the sentence was, and nobody knew."
    )
    assert len(target) > 60
    assert len(fake.calls) > 1


def test_a_prefix_stands_once_at_the_start() -> None:
    (target,) = WholeTranslator(Fake(longest=30)).translate(
        ["One came early, and two came late, and three never."], prefixes=["먼저 "]
    )
    assert target.text.count("먼저") == 1
    assert target.text.startswith("먼저 ")


def test_order_and_number_of_results_are_those_of_the_sources() -> None:
    sources = [f"Day {n} {'x' * (n % 7)}" for n in range(50)]
    assert [target[2:4].strip() for target in through(Fake(), *sources)] == [
        target[2:4].strip() for target in [through(Fake(), source)[0] for source in sources]
    ]
