import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.text import foreign, romanization
from bilingual.text.east import chinese, japanese
from bilingual.training import foreign as foreign_recipe
from bilingual.training.korean import cut, names, table, write
from bilingual.training.tagger import (
    Annotated,
    Score,
    augmented,
    completed,
    fold,
    headline,
    parse,
    pools,
    swapped,
    unmarked,
    upper,
)

NAMES = Path(__file__).parents[1] / "bilingual" / "data" / "names"
GLOSSARIES = Path(__file__).parents[1] / "glossaries"


@pytest.fixture(scope="module")
def syllables() -> romanization.Syllables:
    return romanization.load(NAMES / "korean.tsv")


@pytest.mark.parametrize(
    ("letters", "hangul"),
    [
        ("Pak Thae Sik", "박태식"),
        ("Jhun Min Ah", "전민아"),
        ("Dokgo Min", "독고민"),
        ("Kang Kyung-wha", "강경화"),
        ("Tae-won Chey", "최태원"),
        ("Moon Ye-rin", "문예린"),
        ("Son Ji-ok", "손지옥"),
    ],
)
def test_korean_names_are_read_in_all_habits(
    syllables: romanization.Syllables, letters: str, hangul: str
) -> None:
    assert hangul in [one.hangul for one in romanization.korean(letters, syllables)[:2]]


def test_most_korean_names_of_the_glossary_are_read(syllables: romanization.Syllables) -> None:
    with (GLOSSARIES / "persons.csv").open(encoding="utf-8") as file:
        rows = [(row["source"], row["target"]) for row in csv.DictReader(file)]
    rows = [row for row in rows if cut(*row)]
    right = [romanization.korean(source, syllables, 1)[:1] for source, _ in rows]
    share = sum(bool(one) and one[0].hangul == row[1] for one, row in zip(right, rows, strict=True)) / len(
        rows
    )
    assert len(rows) > 300
    assert share > 0.88


@pytest.mark.parametrize("letters", ["", "Kim", "John Smith", "123", "Wi Sung-lac Kim Lee Park", "김 구"])
def test_what_is_no_korean_name_gives_nothing(syllables: romanization.Syllables, letters: str) -> None:
    assert romanization.korean(letters, syllables) == []


def test_a_table_is_counted_written_and_read_again(tmp_path: Path) -> None:
    found = names([("Wi Sung-lac", "위성락"), ("Kim Min-su", "김민수"), ("Mark Rutte", "마르크 뤼터")])
    write(table(found, {("wi", "위"): 1.0}), tmp_path / "korean.tsv")
    again = romanization.load(tmp_path / "korean.tsv")
    assert [one.hangul for one in romanization.korean("Wi Min-lac", again)][:1] == ["위민락"]


@pytest.mark.parametrize(
    ("word", "hangul"),
    [
        ("Beijing", "베이징"),
        ("Zhejiang", "저장"),
        ("Xiaomi", "샤오미"),
        ("Guangzhou", "광저우"),
        ("Quan", "취안"),
    ],
)
def test_pinyin_follows_the_table(word: str, hangul: str) -> None:
    assert chinese(word) == hangul


@pytest.mark.parametrize(
    ("word", "hangul"),
    [
        ("Tsukuba", "쓰쿠바"),
        ("Niigata", "니가타"),
        ("Kyoto", "교토"),
        ("Sapporo", "삿포로"),
        ("Genji", "겐지"),
    ],
)
def test_romaji_follows_the_table(word: str, hangul: str) -> None:
    assert japanese(word) == hangul


def test_the_aligned_names_give_back_most_of_themselves() -> None:
    lines = [
        line for line in (NAMES / "foreign.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    chains = foreign.load(NAMES / "foreign.txt")
    right = 0
    for line in lines[::211]:
        pairs = [pair.split(":") for pair in line.split("\t")[1].split(" ")]
        readings = foreign.transcribe("".join(pair[0] for pair in pairs), chains)
        right += foreign.compose("".join(pair[1] for pair in pairs)) in [one.hangul for one in readings]
    assert right > 0.8 * len(lines[::211])


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_any_word_is_transcribed_into_hangul_or_nothing(word: str) -> None:
    chains = foreign.learn([(1.0, ("a:ᄋ" + "ᅡ", "b:ᄇ" + "ᅳ"))])
    for one in foreign.transcribe(word, chains):
        assert all("가" <= char <= "힣" for char in one.hangul)
    assert chinese(word) == "" or "가" <= chinese(word)[0] <= "힣"
    assert japanese(word) == "" or "가" <= japanese(word)[0] <= "힣"


def test_letters_are_set_against_their_jamo() -> None:
    words = [foreign_recipe.Word(*row) for row in (("lima", "리마"), ("mali", "말리"), ("roma", "로마"))]
    rows = foreign_recipe.aligned(words)
    assert ["".join(pair.partition(":")[0] for pair in pairs) for _, pairs in rows] == [
        "lima",
        "mali",
        "roma",
    ]


def test_marks_are_parsed_completed_swapped_and_raised() -> None:
    row = parse("{O:The Bank|은행} said the minister met {P:Mr Han|한}.")
    assert [row.text[one:end] for one, end, _ in row.spans] == ["Bank", "Han"]
    more = completed(row, unmarked([row], []))
    assert ("minister", "T") in [(more.text[one:end], kind) for one, end, kind in more.spans]
    swap = swapped(row, {"P": ["Wi Sung-lac"], "O": ["NATO"]})
    assert swap.text.startswith("The NATO said the minister met Mr Sung-lac") or "Wi" in swap.text
    assert all(swap.text[one:end] in {"NATO", "Wi", "Sung-lac"} for one, end, _ in swap.spans)
    assert len(upper("Straße ﬁn")) == len("Straße ﬁn")
    assert headline("He said so.") == "He Said So."


def test_augmenting_keeps_every_sentence_and_its_spans() -> None:
    rows = [Annotated(f"Han of unit {number} said so.", ((0, 3, "P"),)) for number in range(40)]
    made = list(augmented(rows, pools(rows, [], [["Tom", "톰", "given"], ["Hill", "힐", "family"]])))
    assert set(rows) <= set(made)
    assert len(made) > len(rows)
    assert all(0 <= one < end <= len(row.text) for row in made for one, end, _ in row.spans)


def test_the_fold_of_a_sentence_never_changes() -> None:
    assert [fold(text) for text in ("a", "b", "c", "서울")] == [
        fold(text) for text in ("a", "b", "c", "서울")
    ]
    assert {fold(str(number)) for number in range(100)} == set(range(5))


def test_scores() -> None:
    score = Score(10, 8, 6)
    assert (score.precision, score.recall, round(score.f1, 3)) == (0.75, 0.6, 0.667)
    assert Score(0, 0, 0).f1 == 0.0
