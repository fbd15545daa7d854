import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.text.clauses import split_clauses
from bilingual.text.segment import split_sentences

TABLES = Path(__file__).parent / "sentences"
NEWS = st.lists(
    st.sampled_from(
        [
            "Gen.",
            "Kim",
            "U.S.",
            "said",
            '"',
            "“",
            "”",
            "(",
            ")",
            "p.m.",
            "J.",
            "No.",
            "1",
            " ",
            "\n",
            "...",
            "!",
            ".",
            "?",
            "…",
            "回来。",
            "🎉",
            "👨\u200d👩\u200d👧",
            "a.",
            "1.",
            "•",
            "-",
            "—",
            "\u3000",
            "\x00",
            "\r\n",
            "그는",
            "e\u0301",
        ]
    )
).map("".join)
TEXTS = st.one_of(st.text(), NEWS)


def lines(name: str) -> list[str]:
    text = (TABLES / name).read_text(encoding="utf-8")
    return [line.replace("⏎", "\n") for line in text.splitlines() if line and not line.startswith("# ")]


@pytest.mark.parametrize("line", lines("cases.txt"))
def test_a_paragraph_is_split_where_the_table_says(line: str) -> None:
    found = split_sentences(line.replace("‖", ""))
    assert [text + separator for text, separator in found] == line.split("‖")


def test_the_table_has_at_least_120_cases_and_most_of_those_held_out_are_right() -> None:
    held = lines("heldout.txt")
    right = [
        line
        for line in held
        if ["".join(s) for s in split_sentences(line.replace("‖", ""))] == line.split("‖")
    ]
    assert len(lines("cases.txt")) >= 120
    assert len(right) >= 28


def test_every_article_is_split_as_its_gold_is() -> None:
    for gold in sorted((Path(__file__).parent / "gold").glob("*.pairs.tsv")):
        rows = [line.split("\t")[0] for line in gold.read_text(encoding="utf-8").splitlines()]
        path = Path(__file__).parent.parent / "seeds" / "articles" / f"{gold.name[:2]}.txt"
        paragraphs = path.read_text(encoding="utf-8").split("\n")
        assert [text for p in paragraphs for text, _ in split_sentences(p)] == rows


@given(TEXTS)
def test_sentences_joined_with_their_separators_are_the_paragraph(paragraph: str) -> None:
    found = split_sentences(paragraph)
    assert "".join(text + separator for text, separator in found) == paragraph
    assert all(text.strip() == text != "" for text, _ in found[1:])
    assert all(not separator.strip() for _, separator in found)


def test_a_lone_surrogate_is_a_character_like_any_other() -> None:
    assert split_sentences("One \ud800. Two.") == [("One \ud800.", " "), ("Two.", "")]


@given(TEXTS, st.integers(1, 30))
def test_clauses_joined_are_the_sentence_and_fit(sentence: str, limit: int) -> None:
    found = split_clauses(sentence, lambda text: len(text) <= limit)
    assert "".join(text + separator for text, separator in found) == sentence
    assert all(len(text) <= limit for text, _ in found)
    assert all(not separator.strip() for _, separator in found)


@pytest.mark.parametrize(
    ("sentence", "limit", "pieces"),
    [
        ("It fits.", 20, ["It fits."]),
        (
            "Rates rose, stocks fell; the won held, bonds did not.",
            40,
            ["Rates rose, stocks fell; ", "the won held, bonds did not."],
        ),
        ("He came, and he saw the city, it was big.", 30, ["He came, and he saw the city, ", "it was big."]),
        ("The list was short: tea, milk, bread.", 25, ["The list was short: ", "tea, milk, bread."]),
        (
            "The deal — long awaited — was signed on Friday.",
            30,
            ["The deal — long awaited ", "— was signed on Friday."],
        ),
        ("They sold 1,000,000 cars", 15, ["They sold ", "1,000,000 cars"]),
        ("가" * 6, 3, ["가가가", "가가가"]),
    ],
)
def test_a_long_sentence_is_cut_at_its_strongest_join(sentence: str, limit: int, pieces: list[str]) -> None:
    found = ["".join(piece) for piece in split_clauses(sentence, lambda text: len(text) <= limit)]
    assert found == pieces


@pytest.mark.parametrize(
    "seed", ["a.", '"', "Mr. ", "(", "a. B", '"A." ', "! ", " ", "\n", ". (", "…", "[1]", "!", "A.\u0301 "]
)
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        split_sentences((seed * size)[:size])
        return time.process_time() - began

    small, large = min(seconds(20_000) for _ in range(3)), seconds(160_000)
    assert large < 8 * 4 * max(small, 0.005)


def test_a_sentence_of_2_mb_is_cut_in_good_time() -> None:
    began = time.process_time()
    pieces = split_clauses("word, and " * 200_000, lambda text: len(text) <= 400)
    assert time.process_time() - began < 20
    assert len(pieces) < 20_000
