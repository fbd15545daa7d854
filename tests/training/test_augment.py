import random
import re
from pathlib import Path

import pytest

from bilingual.text import particles
from bilingual.training import augment, marks, names
from bilingual.training.marks import Mark
from bilingual.training.recipe import Augment

BITEXT = Path(__file__).parents[2] / "seeds" / "bitext"
PAIRS = [
    line.split("\t") for line in (BITEXT / "diplomacy.tsv").read_text(encoding="utf-8").splitlines()[:400]
]
POOLS = names.gather(mark for source, _ in PAIRS for mark in marks.marks(source))
HANGUL = re.compile(r"[가-힣]+")


def vary(source: str, target: str, seed: int, **chances: float) -> tuple[str, str]:
    none = {"inline": 0.0, "inline_unmarked": 0.0, "swap_person": 0.0, "swap_place": 0.0}
    made = augment.vary(
        source, target, marked=True, pools=POOLS, chances=Augment(**none | chances), rng=random.Random(seed)
    )
    assert all(term in made.source for term in made.inline)
    assert bool(made.inline) == bool(HANGUL.search(made.source))
    return made.source, made.target


def test_korean_put_inline_stands_in_the_translation() -> None:
    for number, (source, target) in enumerate(PAIRS):
        varied, same = vary(source, target, number, inline=1.0)
        assert same == target
        assert all(run in target for run in HANGUL.findall(varied))


def test_without_a_chance_the_pair_stays_as_it_is() -> None:
    assert all(vary(source, target, 1) == (marks.plain(source), target) for source, target in PAIRS)


def test_swapped_names_bring_no_particle_that_disagrees() -> None:
    worse = 0
    for number, (source, target) in enumerate(PAIRS):
        varied, new = vary(source, target, number, swap_person=1.0, swap_place=1.0, inline=1.0)
        worse += len(particles.disagreements(new)) > len(particles.disagreements(target))
        assert "{" not in varied
    assert worse == 0


def test_a_swapped_name_is_the_same_on_both_sides() -> None:
    pair = "{P:Han Ji-won|한지원} left.", "한지원은 떠났다."
    swapped = [vary(*pair, seed, swap_person=1.0, inline=1.0) for seed in range(200)]
    assert {source for source, _ in swapped} != {"한지원 left."}
    copied = [(source, target) for source, target in swapped if HANGUL.match(source)]
    assert all(target.startswith(HANGUL.match(source)[0]) for source, target in copied)  # type: ignore[index]
    assert particles.disagreements(" ".join(target for _, target in swapped)) == []


def test_a_name_inside_another_term_is_left() -> None:
    pair = "{L:Korea|한국} and the {O:Bank of Korea|한국은행}.", "한국은행과 한국."
    assert {vary(*pair, seed, swap_place=1.0) for seed in range(20)} == {
        ("Korea and the Bank of Korea.", "한국은행과 한국.")
    }


def test_title_and_name_come_inline_in_korean_order() -> None:
    pair = (
        "{T:Trade Minister|통상교섭본부장} {P:Yeo Han-koo|여한구} spoke.",
        "여한구 통상교섭본부장이 말했다.",
    )
    assert "여한구 통상교섭본부장 spoke." in {vary(*pair, seed, inline=1.0)[0] for seed in range(30)}


def test_korean_names_are_put_together_from_two() -> None:
    pools = names.gather([Mark("P", "Wi Sung-lac", "위성락"), Mark("P", "Yeo Han-koo", "여한구")])
    drawn = {names.draw(Mark("P", "Kim Min-ji", "김민지"), pools, random.Random(n)) for n in range(60)}
    assert drawn == {
        Mark("P", f"{surname} {given}", first + second)
        for surname, first in (("Wi", "위"), ("Yeo", "여"))
        for given, second in (("Sung-lac", "성락"), ("Han-koo", "한구"))
    }


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("New York slept.", "뉴욕은 잠들었다.", "{L:New York|뉴욕} slept."),
        ("New York slept.", "도시는 잠들었다.", "New York slept."),
        ("The New York Bank", "뉴욕은행", "The {O:New York Bank|뉴욕은행}"),
    ],
)
def test_dictionary_terms_are_marked_where_their_korean_stands(
    source: str, target: str, expected: str
) -> None:
    dictionary = {
        "New York": [Mark("L", "New York", "뉴욕")],
        "New York Bank": [Mark("O", "New York Bank", "뉴욕은행")],
    }
    assert marks.mark_terms(source, target, dictionary) == expected
