import csv
import tracemalloc
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bilingual.errors import FormatError
from bilingual.formats.pairs_csv import COLUMNS, read_pairs_csv, write_pairs_csv
from bilingual.records import Honoured, Issue, Pair, Status, TermType

PAIR = Pair(
    pair_id="pabc",
    document="a.txt",
    article="a-1",
    paragraph=2,
    position=0,
    source="- NATO Secretary General\nMark Rutte spoke.\x07",
    target="마르크 뤼터 나토 사무총장이 말했다.",
    status=Status.DRAFT,
    issues=(Issue("numbers", "25"), Issue("empty")),
    terms=(
        Honoured("NATO", "나토", TermType.ORGANIZATION, honoured=True),
        Honoured("Rutte", "뤼터", TermType.PERSON, honoured=False),
    ),
    note="=note",
)


def many(count: int) -> Iterator[Pair]:
    for number in range(count):
        yield Pair(f"p{number}", "a.txt", "a-2", number, 0, f"Source {number}.", f"원문 {number}.")


def test_a_pair_is_one_readable_line() -> None:
    stream = StringIO(newline="")
    write_pairs_csv([PAIR, PAIR], stream)
    text = stream.getvalue()
    assert text.startswith("\ufeffid,")
    assert text.count("\r\n") == 3
    assert next(csv.DictReader(text.splitlines()[1:], fieldnames=COLUMNS)) == {
        "id": "pabc",
        "article": "a-1",
        "n": "1",
        "source": "'- NATO Secretary General Mark Rutte spoke.",
        "target": "마르크 뤼터 나토 사무총장이 말했다.",
        "edit": "",
        "status": "draft",
        "issues": "numbers: 25; empty",
        "terms": "NATO→나토 ✓; Rutte→뤼터 ✗",
        "note": "'=note",
    }


def test_the_table_is_read_back_with_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_pairs_csv([PAIR, *many(2)], stream)
    rows = list(read_pairs_csv(path))
    assert [(row.number, row.cells["id"], row.cells["n"]) for row in rows] == [
        (2, "pabc", "1"),
        (3, "p0", "1"),
        (4, "p1", "2"),
    ]
    assert rows[0].cells["source"] == "- NATO Secretary General Mark Rutte spoke."
    assert rows[0].cells["note"] == "=note"


def test_a_table_that_names_no_pair_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("edit,status\n가,accepted\n")
    with pytest.raises(FormatError, match="neither a column 'id' nor a column 'source'"):
        list(read_pairs_csv(path))


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    tracemalloc.start()
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_pairs_csv(many(15_000), stream)
    assert sum(1 for _ in read_pairs_csv(path)) == 15_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 600_000
    assert peak < 1_500_000
