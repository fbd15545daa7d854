import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.errors import WorkspaceError
from bilingual.memory import (
    Kind,
    Memory,
    Query,
    Remembered,
    count_use,
    open_memory,
    pair_units,
    queries,
    recall,
    remember,
    remove,
    search,
    stats,
)
from bilingual.records import Origin, Pair, Status, Unit

AT = "2026-03-12T09:00:00+09:00"
LATER = "2026-03-13T09:00:00+09:00"
CHIPS = Unit(
    "Exports of memory chips rose 31 percent from a year earlier.",
    "메모리 반도체 수출이 전년 동월 대비 31% 늘었다.",
    status=Status.EDITED,
)
TALKS = Unit("Talks broke off shortly before midnight.", "협상은 자정 직전 결렬됐다.")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with open_memory(tmp_path / "memory.db") as opened:
        yield opened


def targets(memory: Memory, source: str, **given: str) -> list[tuple[str, int, str]]:
    return [
        (match.kind.value, match.percent, match.target) for match in recall(memory, Query(source, **given))
    ]


def test_the_same_sentence_is_found_again(memory: Memory) -> None:
    assert remember(memory, [CHIPS, TALKS], AT) == Remembered(added=2)
    assert targets(memory, TALKS.source) == [("exact", 100, TALKS.target)]
    assert targets(memory, f"  Talks broke\u00a0off {TALKS.source[16:]}") == [("exact", 100, TALKS.target)]


def test_the_same_neighbours_decide_between_two_translations(memory: Memory) -> None:
    early = Unit("He agreed.", "그는 동의했다.", previous="Wi spoke.", next="It rained.")
    late = Unit("He agreed.", "그는 합의했다.", previous="They met.", next="")
    remember(memory, [early, late], AT)
    assert targets(memory, "He agreed.", previous="Wi spoke.", next="It rained.") == [
        ("context", 100, "그는 동의했다."),
        ("exact", 100, "그는 합의했다."),
    ]
    assert targets(memory, "He agreed.", previous="They met.")[0] == ("context", 100, "그는 합의했다.")
    assert targets(memory, "He agreed.", previous="Wi spoke.")[0][0] == "exact"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Exports of memory chips rose 27 percent from a year earlier.",
            [("fuzzy", 98, "메모리 반도체 수출이 전년 동월 대비 27% 늘었다.")],
        ),
        (
            "Exports of memory chips rose sharply, by 31 percent, from a year earlier.",
            [("fuzzy", 81, "메모리 반도체 수출이 전년 동월 대비 31% 늘었다.")],
        ),
        ("Exports of cars fell for three months in a row.", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_near_sentence_is_offered_with_its_numbers(
    memory: Memory, source: str, expected: list[tuple[str, int, str]]
) -> None:
    remember(memory, [CHIPS, TALKS], AT)
    assert targets(memory, source) == expected


def test_languages_are_kept_apart_and_regions_are_not(memory: Memory) -> None:
    remember(memory, [Unit("Good.", "Bon.", "en", "fr"), Unit("Good.", "좋다.", "en-US", "ko_KR")], AT)
    assert targets(memory, "Good.") == [("exact", 100, "좋다.")]
    assert [match.target for match in recall(memory, Query("Good."), target_lang="fr-CA")] == ["Bon."]
    assert recall(memory, Query("Good."), target_lang="de") == []


def test_human_work_is_never_replaced_by_machine_work(memory: Memory) -> None:
    human = Unit("He agreed.", "그는 동의했다.", previous="Wi spoke.", created_at=AT)
    machine = Unit("He agreed.", "그 동의.", previous="Wi spoke.", origin=Origin.MACHINE, created_at=LATER)
    revised = Unit("He agreed.", "그는 뜻을 같이했다.", previous="Wi spoke.", created_at=LATER)
    assert remember(memory, [machine], AT) == Remembered(added=1)
    assert remember(memory, [human], AT) == Remembered(replaced=1)
    assert remember(memory, [machine, human], AT) == Remembered(known=2)
    assert remember(memory, [revised], AT) == Remembered(replaced=1)
    assert remember(memory, [human], AT) == Remembered(known=1)
    assert targets(memory, "He agreed.") == [("exact", 100, "그는 뜻을 같이했다.")]


def test_what_a_person_looked_at_comes_before_what_nobody_did(memory: Memory) -> None:
    draft = Unit("He agreed.", "그 동의.", previous="Wi spoke.", origin=Origin.MACHINE)
    human = Unit("He agreed.", "그는 동의했다.", previous="They met.")
    remember(memory, [draft, human], AT)
    assert targets(memory, "He agreed.", previous="Wi spoke.")[0][2] == "그는 동의했다."


def test_rejected_and_empty_units_are_left_out(memory: Memory) -> None:
    units = [Unit("a", " "), Unit("", "가"), Unit("b", "나", status=Status.REJECTED)]
    assert remember(memory, units, AT) == Remembered(skipped=3)


def test_entries_are_searched_counted_and_removed(memory: Memory) -> None:
    remember(memory, [CHIPS, TALKS, Unit("x y", "z", origin=Origin.MACHINE)], AT)
    assert [(number, unit.target) for number, unit in search(memory, "MIDNIGHT")] == [(2, TALKS.target)]
    assert [number for number, _ in search(memory, "자정")] == [2]
    assert [number for number, _ in search(memory, limit=2)] == [1, 2]
    (counted,) = stats(memory)
    assert (counted.entries, counted.human, counted.accepted, counted.machine) == (3, 2, 0, 1)
    count_use(memory, [1, 2, 2])
    assert stats(memory)[0].used == 3
    assert remove(memory, [1, 2, 99]) == 2
    assert targets(memory, CHIPS.source) == targets(memory, TALKS.source.replace("shortly", "just")) == []


def test_a_transaction_that_fails_leaves_nothing_behind(memory: Memory) -> None:
    def units() -> Iterator[Unit]:
        for number in range(6_000):
            yield Unit(f"Sentence {number}", f"문장 {number}")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remember(memory, units(), AT)
    assert stats(memory)[0].entries == 5_000


WRITER = """
import sys, time
from pathlib import Path
from bilingual.memory import open_memory, remember
from bilingual.records import Unit
time.sleep(max(0, float(sys.argv[3]) - time.time()))
for number in range(40):
    with open_memory(Path(sys.argv[1])) as memory:
        remember(memory, [Unit(f"{sys.argv[2]} says {number}", f"{number}")], "2026")
"""


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    path, at = tmp_path / "memory.db", str(time.time() + 1)  # all of them make the file at one moment
    writers = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", WRITER, str(path), name, at]) for name in "abc"
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    with open_memory(path) as memory:
        assert stats(memory)[0].entries == 120


def test_a_memory_that_another_program_holds_is_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    with open_memory(path) as first, open_memory(path, wait=50) as second, first.writing():
        assert targets(second, "x") == []
        with pytest.raises(WorkspaceError, match="is being written by another program"):
            remember(second, [CHIPS], AT)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"plain text that is no database, and long enough to be read as one" * 20, "is no memory"),
        (b"", ""),
    ],
)
def test_a_file_that_is_no_memory_is_left_alone(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "memory.db"
    path.write_bytes(content)
    if not reason:
        with open_memory(path) as memory:
            assert stats(memory) == []
        return
    with pytest.raises(WorkspaceError, match=reason), open_memory(path):
        pass
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("CREATE TABLE theirs (x)", "is a database of another program"),
        ("PRAGMA application_id = 1651076205; PRAGMA user_version = 99", "is a memory of version 99"),
    ],
)
def test_a_database_of_others_or_of_the_future_is_left_alone(
    tmp_path: Path, statement: str, reason: str
) -> None:
    path = tmp_path / "memory.db"
    other = sqlite3.connect(path)
    other.executescript(statement)
    other.close()
    with pytest.raises(WorkspaceError, match=reason), open_memory(path):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="does its folder exist"), open_memory(tmp_path / "no" / "m.db"):
        pass


def test_a_damaged_memory_is_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    with open_memory(path) as memory:
        remember(memory, [Unit(f"Sentence {number} {'x' * 80}", "문장") for number in range(3_000)], AT)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(WorkspaceError, match="damaged"), open_memory(path) as memory:
        remember(memory, [CHIPS, *(Unit(f"Sentence {number}", "문장") for number in range(3_000))], AT)


def test_pairs_become_units_with_the_neighbours_of_their_article() -> None:
    def pair(number: int, article: str) -> Pair:
        return Pair(f"p{number}", "a.txt", article, 0, number, f"s{number}", f"t{number}")

    units = list(pair_units([pair(1, "a"), pair(2, "a"), pair(3, "b")]))
    assert [(unit.unit_id, unit.previous, unit.next) for unit in units] == [
        ("p1", "", "s2"),
        ("p2", "s1", ""),
        ("p3", "", ""),
    ]
    assert list(queries(["s1", "s2"])) == [Query("s1", "", "s2"), Query("s2", "s1", "")]


@given(
    st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=5, unique_by=lambda pair: pair[0])
)
def test_whatever_was_remembered_is_found(rows: list[tuple[str, str]]) -> None:
    kept = [(source, target) for source, target in rows if source.strip() and target.strip()]
    with open_memory(Path(":memory:")) as memory:
        remember(memory, [Unit(source, target) for source, target in rows], AT)
        for source, target in kept:
            matches = recall(memory, Query(source), limit=10)
            assert (Kind.EXACT, target) in [(match.kind, match.target) for match in matches]


def test_the_last_word_wins_also_where_the_clock_was_set_back(memory: Memory) -> None:
    older = replace(CHIPS, previous="Trade grew.")
    remember(memory, [older], LATER)
    newer = replace(older, target="메모리 수출이 31% 증가했다.")
    assert remember(memory, [newer], AT).known == 1  # an import tells when, and older is older
    assert remember(memory, [newer], AT, latest=True).replaced == 1
    assert remember(memory, [newer], AT, latest=True).known == 1
