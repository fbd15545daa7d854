import gc
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bilingual.errors import BilingualError, DocumentError, FormatError
from bilingual.formats import xlsx
from bilingual.formats.pairs_xlsx import read_pairs_xlsx, write_pairs_xlsx
from bilingual.formats.xlsx import Column, read_xlsx, write_xlsx
from bilingual.records import Issue, Pair, Status

PAIR = Pair("p1", "a.txt", "a.ko", 0, 0, "=SUM(1) rose.", "합계가 올랐다.", issues=(Issue("numbers", "1"),))
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"))


@given(
    st.lists(
        st.tuples(CELLS, CELLS | st.sampled_from(["=1+1", "TRUE", "1.50", "2026-03-12", "#NAME?", "1E5"])),
        max_size=4,
    )
)
@settings(max_examples=25, deadline=None)
def test_cells_survive_the_way_out_and_back(rows: list[tuple[str, str]]) -> None:
    stream = BytesIO()
    write_xlsx(stream, [Column("source"), Column("target")], rows)
    back = [(row.cells["source"], row.cells["target"]) for row in read_xlsx(as_path(stream))]
    assert back == [row for row in rows if any(cell.strip() for cell in row)]


def as_path(stream: BytesIO) -> Path:
    path = Path(TEMPORARY) / "table.xlsx"
    path.write_bytes(stream.getvalue())
    return path


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    global TEMPORARY  # noqa: PLW0603 - hypothesis takes no fixture of a function
    TEMPORARY = str(tmp_path_factory.mktemp("xlsx"))


TEMPORARY = ""


def test_the_workbook_helps_the_reviewer(tmp_path: Path) -> None:
    path = tmp_path / "pairs.xlsx"
    with path.open("wb") as stream:
        write_pairs_xlsx([PAIR, PAIR], stream)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J3"
    assert sheet["D2"].alignment.wrap_text
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=SUM(1) rose.", "s")
    assert sheet.column_dimensions["E"].number_format == "@"
    assert 60 <= sheet.column_dimensions["D"].width < 61
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("G2:G3", '"draft,accepted,edited,rejected"')
    spans = {str(span.sqref): span.rules for span in sheet.conditional_formatting}
    assert [rule.type for rule in spans["H2:H3"]] == ["notContainsBlanks"]
    assert [rule.formula for rule in spans["G2:G3"]] == [['"accepted"'], ['"edited"'], ['"rejected"']]
    assert [(row.number, row.cells["id"], row.cells["status"]) for row in read_pairs_xlsx(path)] == [
        (2, "p1", Status.DRAFT),
        (3, "p1", Status.DRAFT),
    ]


def test_a_workbook_that_a_spreadsheet_made_of_the_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.xlsx"
    with path.open("wb") as stream:
        write_xlsx(stream, [Column("id"), Column("source")], [["p1", "'=SUM(1) rose."]])
    assert [row.cells["source"] for row in read_pairs_xlsx(path)] == ["=SUM(1) rose."]


def test_what_a_spreadsheet_made_of_text_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "pairs.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        [],
        ["Source", " EDIT ", None, "id"],
        ["a", 12.0, None, True],
        [],
        ["b", datetime(2026, 3, 12, tzinfo=UTC).replace(tzinfo=None), None, 1.5],
        [None, "=1/0", None, None, "left over"],
    ):
        sheet.append(row)
    book.save(path)
    assert [(row.number, dict(row.cells)) for row in read_xlsx(path)] == [
        (3, {"source": "a", "edit": "12", "id": "True"}),
        (5, {"source": "b", "edit": "2026-03-12", "id": "1.5"}),
        (6, {"source": "", "edit": "", "id": "", "": "left over"}),
    ]


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (None, DocumentError, "No such file"),
        (b"", DocumentError, "is no workbook, or was cut off"),
        (b"id,source\n", DocumentError, "is no workbook"),
        (b"PK\x03\x04" + b"\0" * 90, DocumentError, "is no workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(
    tmp_path: Path, data: bytes | None, error: type[BilingualError], reason: str
) -> None:
    path = tmp_path / "pairs.xlsx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(error, match=reason):
        list(read_xlsx(path))


def test_a_workbook_cut_off_or_with_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.xlsx"
    with path.open("wb") as stream:
        write_pairs_xlsx([PAIR] * 50, stream)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DocumentError, match="cut off"):
        list(read_pairs_xlsx(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(FormatError, match="is a damaged workbook"):
        list(read_pairs_xlsx(path))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_UNPACKED", 1 << 20)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (4 << 20))
    with pytest.raises(FormatError, match="would unpack to 4 MiB"):
        list(read_xlsx(path))


def test_what_a_workbook_cannot_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FormatError, match="XLSX:2: has a cell of more than 32,767"):
        write_xlsx(BytesIO(), [Column("source")], [["x" * 40_000]])
    monkeypatch.setattr(xlsx, "_ROWS", 3)
    with pytest.raises(FormatError, match="XLSX:4: is one row more"):
        write_xlsx(BytesIO(), [Column("source")], [["x"]] * 3)


def test_a_workbook_that_is_interrupted_says_nothing_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    unraisable: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", unraisable.append)
    monkeypatch.setattr("zipfile.ZipFile.write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_xlsx(BytesIO(), [Column("source")], [["a"]])
    gc.collect()
    assert unraisable == []
