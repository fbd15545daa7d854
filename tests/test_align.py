"""Two texts of one story, a dictionary standing in for the machine."""

from pathlib import Path

import pytest

from bilingual.align import SHAPES, Link, align

GOLD = Path(__file__).parent / "gold" / "align"


def spans(links: list[Link]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [(link.sources, link.targets) for link in links]


ENGLISH = ["Ships sail.", "The ships left Busan on Monday with 31 men.", "Nobody was hurt.", "More soon."]
MACHINE = ["배가 출항한다.", "배들은 월요일 31명을 태우고 부산을 떠났다.", "아무도 다치지 않았다.", "곧 더."]


@pytest.mark.parametrize(
    ("korean", "expected"),
    [
        (MACHINE, [((n, n + 1), (n, n + 1)) for n in range(4)]),
        (
            ["배 출항.", "배들은 월요일 부산을 떠났다.", "31명을 태웠다.", "아무도 다치지 않았다.", "곧 더."],
            [((0, 1), (0, 1)), ((1, 2), (1, 3)), ((2, 3), (3, 4)), ((3, 4), (4, 5))],
        ),
        (
            ["배 출항한다.", "배들은 31명을 태우고 부산을 떠났으며 아무도 다치지 않았다.", "곧 더."],
            [((0, 1), (0, 1)), ((1, 3), (1, 2)), ((3, 4), (2, 3))],
        ),
        (
            ["배가 출항.", "김수한 기자", "아무도 다치지 않았다.", "곧 더."],
            [((0, 1), (0, 1)), ((2, 3), (2, 3)), ((3, 4), (3, 4))],
        ),
        (["전혀 무관계 문장"], []),
        ([], []),
    ],
)  # fmt: skip
def test_what_says_the_same_is_joined(
    korean: list[str], expected: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    links = [link for link in align(ENGLISH, korean, MACHINE) if link.score]
    assert spans(links) == expected


@pytest.mark.parametrize(
    ("english", "terms", "expected"),
    [
        ("Han paid 124 million won.", [], [((0, 1), (1, 2))]),
        ("Han paid dearly.", ["한규상"], [((0, 1), (1, 2))]),
        ("Han paid dearly.", [], []),
    ],
)
def test_a_number_or_a_term_joins_what_the_machine_got_wrong(
    english: str, terms: list[str], expected: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    korean = ["비가 왔다.", "한규상 본부장이 1억2400만 원을 냈다."]
    assert spans([link for link in align([english], korean, ["?"], [terms]) if link.score]) == expected


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_sentence_stands_in_one_link_and_a_perfect_translation_is_found(path: Path) -> None:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    english = [part for row in rows for part in row[0].split(" ‖ ") if part]
    korean = [part for row in rows for part in row[1].split(" ‖ ") if part]
    links = align(english, korean, [" "] * len(english))
    assert [n for link in links for n in range(*link.sources)] == list(range(len(english)))
    assert [n for link in links for n in range(*link.targets)] == list(range(len(korean)))
    perfect = align(korean, korean, korean)
    assert spans(perfect) == [((n, n + 1), (n, n + 1)) for n in range(len(korean))]


def test_a_long_text_is_looked_at_near_the_diagonal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "가 나 다 라 마 바 사 아 자 차".split()
    korean = [f"{a}{b}은 {b}{a}다" for a in words for b in words]
    monkeypatch.setattr("bilingual.align.FREE", 10)
    monkeypatch.setattr("bilingual.align.BAND", 8)
    dropped = [text for n, text in enumerate(korean) if n not in (10, 11, 50)]
    links = [link for link in align(korean, dropped, korean) if link.score]
    assert [korean[link.sources[0]] for link in links] == [dropped[link.targets[0]] for link in links]
    assert len(links) == len(dropped)
    assert {(b - a, d - c) for (a, b), (c, d) in spans(links)} <= set(SHAPES)
