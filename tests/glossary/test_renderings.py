"""What the model wrote for unknown names, found from the pairs."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilingual.glossary.extract import Entry, Tally
from bilingual.glossary.names import KOREAN
from bilingual.glossary.propose import Proposal, _with_seen
from bilingual.glossary.renderings import asked, known_words, renderings
from bilingual.glossary.stretches import candidates, together
from bilingual.records import Term, TermType

PERSON, PLACE, BODY, TERM = TermType.PERSON, TermType.PLACE, TermType.ORGANIZATION, TermType.TERM
RUTTE = [
    ("Mark Rutte spoke in Oslo.", "마르크 루터는 오슬로에서 연설했다."),
    ("We met Mark Rutte.", "우리는 마르크 루터를 만났다."),
    ("Mark Rutte left.", "마르크 루터가 떠났다."),
]
REEF = [
    ("The Reef Fund paid.", "산호초 기금은 돈을 냈다."),
    ("They sued the Reef Fund.", "그들은 산호초 기금을 고소했다."),
    ("Divers thanked the Reef Fund.", "잠수부들이 산호초 기금에 감사했다."),
    ("The village has no school.", "그 마을에는 학교가 없다."),
]
BESIDE = [
    ("Minister Kim Doo-ri spoke.", "통상장관 박철수는 말했다."),
    ("Minister Kim Doo-ri left.", "통상장관 박철수는 떠났다."),
]
PENINSULA = [
    ("The Peninsula is calm.", "한반도는 평온하다."),
    ("Peace on the Peninsula.", "한반도 평화가 왔다."),
    ("Ships left the Peninsula.", "배는 한반도 떠나고."),
]
TWO_WAYS = [
    *((f"Orsk won {n}.", f"오르스크는 이겼다 {n}.") for n in range(3)),
    *((f"Orsk lost {n}.", f"오르스키가 졌다 {n}.") for n in range(2)),
]
LEFT = [("OpenQA grew.", "OpenQA는 컸다."), ("We saw OpenQA.", "우리는 OpenQA를 보았다.")]
LOOSE = [
    ("Reef Fund", "기금은 컸다"),
    ("Reef Fund two", "산호는 작다"),
    ("Fine day", "기금은 산호를 샀다"),
]


@pytest.mark.parametrize(
    ("pairs", "source", "kind", "forms", "expected"),
    [
        (RUTTE, "Mark Rutte", PERSON, ["마르크 뤼터"], {"마르크 루터": 3}),
        (RUTTE, "Mark Rutte", PERSON, ["존 스미스"], {}),
        (RUTTE[:1], "Mark Rutte", PERSON, ["마르크 뤼터"], {}),
        (REEF, "Reef Fund", BODY, [], {"산호초 기금": 3}),
        (REEF, "Reef", BODY, [], {}),
        (REEF, "village", TERM, [], {}),
        (BESIDE, "Kim Doo-ri", PERSON, ["김두리"], {}),
        (BESIDE, "Doo-ri", BODY, [], {}),
        (PENINSULA, "Peninsula", PLACE, ["한반도"], {"한반도": 3}),
        (TWO_WAYS, "Orsk", PLACE, ["오르스크"], {"오르스크": 3, "오르스키": 2}),
        (LEFT, "OpenQA", BODY, [], {"OpenQA": 2}),
        (LOOSE, "Reef Fund", BODY, [], {}),
        ([], "Reef Fund", BODY, [], {}),
        ([("Reef Fund", "")] * 3, "Reef Fund", BODY, [], {}),
    ],
)
def test_what_comes_with_a_source_and_hardly_elsewhere_stands_for_it(
    pairs: list[tuple[str, str]], source: str, kind: TermType, forms: list[str], expected: dict[str, int]
) -> None:
    found = renderings({source: kind}, lambda: pairs, lambda _source, _kind: forms)
    assert found.get(source, {}) == expected


def test_a_word_of_a_known_term_stands_for_no_other() -> None:
    def found(known: set[str]) -> dict[str, dict[str, int]]:
        pairs = [("Zed rose.", "나토는 올랐다."), ("We like Zed.", "우리는 나토를 좋아한다.")]
        return renderings({"Zed": BODY}, lambda: pairs, lambda _source, _kind: [], known)

    assert found(set()) == {"Zed": {"나토": 2}}
    assert found({"나토"}) == {}


def test_a_name_inside_a_longer_one_is_not_counted() -> None:
    sentences, _ = together(
        ["York", "New York"], [("New York and York", "뉴욕과 요크"), ("new york", "뉴욕")]
    )
    assert sentences == {"York": 1, "New York": 1}


def test_memory_is_bounded_and_the_rendering_is_kept() -> None:
    pairs = [
        (f"Orsk did {n}.", " ".join(f"{chr(0xAC00 + 40 * n + k)}갓" for k in range(40)) + " 오르스크는")
        for n in range(60)
    ]
    _, joint = together(["Orsk"], pairs)
    assert joint["Orsk"]["오르스크"] == 60
    assert len(joint["Orsk"]) <= 200


def test_pairs_are_streamed_twice() -> None:
    passes = []

    def pairs() -> Iterator[tuple[str, str]]:
        passes.append(1)
        yield from RUTTE

    assert renderings({"Mark Rutte": PERSON}, pairs, lambda _source, _kind: ["마르크 루터"])
    assert len(passes) == 2


def test_stretches_go_over_no_number_sign_or_particle() -> None:
    assert candidates("2024년 총선, 美 하원의 결정") == {"총선", "하원", "하원의", "하원의 결정", "결정"}
    assert candidates("") == candidates("\0…!") == candidates("가" * 100) == set()


def test_only_unknown_sources_seen_twice_are_asked_for() -> None:
    known = Entry(count=9, term=Term("NATO", "북대서양 조약", BODY))
    once, twice = Entry(count=1), Entry(count=2)
    once.types[PERSON] = twice.types[PERSON] = 1
    tally = Tally({"NATO": known, "Once": once, "Twice": twice})
    assert asked(tally) == {"Twice": PERSON}
    assert known_words(tally) == {"북대서양", "조약"}


@pytest.mark.parametrize(
    ("reason", "chances", "first"),
    [
        ("glossary", (0.6, 0.35), "하나"),
        ("glossary (own.csv:2)", (0.5, 0.45), "하나"),
        ("CLDR 48", (0.5, 0.45), "하나"),
        (KOREAN, (0.55, 0.4), "하나"),
        (KOREAN, (0.4, 0.35), "둘"),
        ("foreign name by sound", (0.6, 0.35), "둘"),
    ],
)
def test_the_model_overtakes_neither_the_glossary_nor_a_sure_korean_name(
    reason: str, chances: tuple[float, float], first: str
) -> None:
    found = [Proposal("하나", chances[0], reason), Proposal("둘", chances[1], reason)]
    mixed = _with_seen(found, {"둘": 9})
    assert mixed[0].target == first
    assert sum(one.probability for one in mixed) <= 1.0


UNITS = [
    ("Aldo Vexley spoke in the old harbor.", "알도 벡슬레이는 옛 항구에서 연설했다."),
    ("The mayor thanked Aldo Vexley on Monday.", "시장은 월요일 알도 벡슬레이에게 감사했다."),
    ("Fishermen waited for Aldo Vexley until noon.", "어민들은 정오까지 알도 벡슬레이를 기다렸다."),
]


def test_the_terms_of_a_run_carry_what_its_targets_have(tmp_path: Path) -> None:
    units = "".join(f"{source}\t{target}\taccepted\n" for source, target in UNITS)
    (tmp_path / "units.tsv").write_text("source\ttarget\tstatus\n" + units, encoding="utf-8")
    (tmp_path / "in.txt").write_text("\n\n".join(source for source, _ in UNITS), encoding="utf-8")
    for command in ("memory import units.tsv", "translate in.txt -o out --beam 1"):
        code = "from bilingual.cli import main; main()"
        subprocess.run([sys.executable, "-c", code, *command.split()], cwd=tmp_path, check=True)
    with (tmp_path / "out" / "terms.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["source"] == "Aldo Vexley")
    assert (row["status"], row["count"]) == ("proposed", "3")
    assert (row["target"], row["origin"]) == ("알도 벡슬레이", "as the model wrote it")
