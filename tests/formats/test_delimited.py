from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bilingual.errors import DocumentError, FormatError
from bilingual.formats.delimited import guard, read_rows, unguard, write_rows

CELLS = st.text(st.characters(codec="utf-8")) | st.from_regex(r"'*\s*[=+@＝-].*")
TABLE = "id,source,edit\np1,Seoul agreed.,서울이 합의했다.\n"
ROW = {"id": "p1", "source": "Seoul agreed.", "edit": "서울이 합의했다."}


def read(tmp_path: Path, data: bytes) -> list[tuple[int, dict[str, str]]]:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    return [(row.number, dict(row.cells)) for row in read_rows(path, known={"id", "source", "edit"})]


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("  +82", "'  +82"),
        ("-5도", "'-5도"),
        ("\u3000＝1", "'\u3000＝1"),
        ("\tx", "'\tx"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("서울", "서울"),
        ("3-1", "3-1"),
        ("", ""),
    ],
)
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(cell: str, guarded: str) -> None:
    assert guard(cell) == guarded
    assert unguard(guarded) == cell


@given(CELLS)
@example("''=")
def test_guarding_is_undone_exactly(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1), delimiter=st.sampled_from(",\t;"))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("round") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_rows(stream, ("source", "target"), rows, delimiter)
    back = [(row.cells["source"], row.cells["target"]) for row in read_rows(path, known={"source", "target"})]
    assert back == [row for row in rows if any(cell.strip() for cell in map(guard, row))]


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp949"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + TABLE.replace(",", ";").encode(),
        TABLE.replace("id,source,edit", ' ID ,"Source",EDIT').encode(),
    ],
)
def test_encodings_delimiters_and_line_ends_make_no_difference(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == [(2, ROW)]


def test_syllables_with_a_zero_byte_do_not_make_a_text_binary(tmp_path: Path) -> None:
    data = TABLE.replace("서울이", "가가").encode("utf-16-le")
    assert read(tmp_path, data)[0][1]["edit"] == "가가 합의했다."


def test_western_text_is_not_taken_for_korean(tmp_path: Path) -> None:
    data = "id,source,edit\np1,“Résumé” said the café’s owner,x\n".encode("cp1252")
    assert read(tmp_path, data)[0][1]["source"] == "“Résumé” said the café’s owner"


def test_blank_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    data = b"\n,,\nid,source,edit\n\np1,a,b\n , ,\np2,c\np3,d,e,f\n"
    assert read(tmp_path, data) == [
        (5, {"id": "p1", "source": "a", "edit": "b"}),
        (7, {"id": "p2", "source": "c", "edit": ""}),
        (8, {"id": "p3", "source": "d", "edit": "e", "": "f"}),
    ]


def test_a_cell_may_hold_line_breaks(tmp_path: Path) -> None:
    assert read(tmp_path, b'id,source,edit\np1,"a\r\nb","""c"""\np2,d,e\n') == [
        (2, {"id": "p1", "source": "a\r\nb", "edit": '"c"'}),
        (3, {"id": "p2", "source": "d", "edit": "e"}),
    ]


def test_a_tab_separated_bitext_keeps_its_quotation_marks(tmp_path: Path) -> None:
    data = 'source\ttarget\n"Yes," he said.\t"네"라고 말했다.\n"No."\t아니다\n'.encode()
    assert [row["source"] for _, row in read(tmp_path, data)] == ['"Yes," he said.', '"No."']


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"", DocumentError, "is empty"),
        (b"\n\n", DocumentError, "is empty"),
        (b"PK\x03\x04rest", DocumentError, "archive or workbook"),
        (b"a,\x81\x8d\x8f\n", DocumentError, "encoding that is not known; save it as UTF-8"),
        (b"\x89PNG\0\x01\0\0\x02\x03", DocumentError, "binary"),
        (TABLE.encode() + b"p2,\xec\x84\n", FormatError, "table.csv:3: holds bytes that are not utf-8"),
        (b'id,source\np1,"open', FormatError, "does a quotation mark not close"),
        ("ï»¿id,source\np1,a\n".encode(), FormatError, "open the original again as UTF-8"),
        (b"id,id\n1,2\n", FormatError, "'id' twice"),
        (b"id,source\n" + b"x" * 200_000, FormatError, "field larger"),
    ],
)
def test_what_is_no_table_is_refused_by_name(
    tmp_path: Path, data: bytes, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        read(tmp_path, data)
