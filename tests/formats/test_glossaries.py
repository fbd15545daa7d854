"""Glossary files read, written, kept, and taken across formats."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.errors import BilingualError, DocumentError, FormatError, GlossaryError, WorkspaceError
from bilingual.formats.glossaries import edit_glossary, read_glossary, read_sheet, write_sheet
from bilingual.formats.term_files import read_terms, write_terms
from bilingual.records import Term, TermStatus, TermType

HEADER = "source,target,type,status,variant_of,country,valid_from,valid_until,note"
PLAIN = f"{HEADER}\nSeoul,서울,place,approved,,KR,,,수도\nWi Sung-lac,위성락,person,proposed,,,,,\n"


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_glossary_is_read_whatever_a_spreadsheet_made_of_it(
    tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    path = written(tmp_path, PLAIN.replace(",", delimiter).replace("\n", newline), encoding)
    assert read_glossary(path) == [
        Term("Seoul", "서울", TermType.PLACE, country="KR", note="수도", origin=f"{path}:2"),
        Term("Wi Sung-lac", "위성락", TermType.PERSON, TermStatus.PROPOSED, origin=f"{path}:3"),
    ]


def test_two_columns_are_enough(tmp_path: Path) -> None:
    (term,) = read_glossary(written(tmp_path, "target,source\n서울,Seoul\n"))
    assert (term.source, term.target, term.type, term.status) == ("Seoul", "서울", "term", "approved")


def test_all_broken_rows_are_told_at_once(tmp_path: Path) -> None:
    rows = [
        ",서울,place,approved,,,,,",
        "Busan,,place,approved,,,,,",
        "Busan,부산,town,done,,,,,",
        "Busan,부산,place,approved,,Korea,2026-1-2,,",
        "Busan,부산,place,approved,,KR,2026-02-01,2026-01-01,",
        "Busan,부산,place,approved,,KR,,,note,more",
        f"{'x' * 501},부산,place,approved,,,,,",
        "fine,좋음,,rejected,,GB|US,,,",
    ]
    path = written(tmp_path, "\n".join([HEADER, *rows]))
    with pytest.raises(GlossaryError) as caught:
        read_glossary(path)
    assert [line for line, _ in caught.value.problems] == [2, 3, 4, 4, 5, 5, 6, 7, 8]
    assert "valid_from '2026-1-2', where a day as YYYY-MM-DD" in str(caught.value)


def test_a_change_is_a_change_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    edit_glossary(path, lambda _: [Term(name, "가나다") for name in ("b", "C", "a")])
    before = path.read_text(encoding="utf-8").splitlines()
    edit_glossary(path, lambda terms: [*terms, Term("bb", "라")])
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in after] == ["source", "a", "b", "bb", "C"]
    assert set(before) < set(after)


def test_further_columns_and_the_shape_of_the_file_survive(tmp_path: Path) -> None:
    text = "\ufeffsource;owner;target\r\nSeoul;Kim;서울\r\nBusan;Lee;부산\r\n"
    path = written(tmp_path, text)
    edit_glossary(path, lambda terms: [*terms, Term("Ulsan", "울산")])
    lines = path.read_bytes().decode().split("\r\n")
    assert lines[0].startswith("\ufeffsource;owner;target;type;status")
    assert [line[:13] for line in lines[1:4]] == ["Busan;Lee;부산;", "Seoul;Kim;서울;", "Ulsan;;울산;ter"]


def test_an_edit_by_hand_in_between_is_not_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    sheet = read_sheet(path)
    path.write_text(PLAIN + "Busan,부산,place,approved,,,,,\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="changed by another hand"):
        write_sheet(sheet, [])
    assert "Busan" in path.read_text(encoding="utf-8")


def test_a_failed_change_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN + ",,,\n,x,y\n")
    with pytest.raises(GlossaryError):
        edit_glossary(path, lambda terms: terms)
    assert path.read_text(encoding="utf-8").startswith(PLAIN)
    assert [other.name for other in tmp_path.iterdir()] == ["a.csv"]


def test_two_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    def put(name: str) -> None:
        edit_glossary(path, lambda terms: [*terms, Term(name, "가")])

    names = [f"term {number:02}" for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, names))
    assert [term.source for term in read_glossary(path)] == names


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "glossaries").write_text("a file", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="glossaries"):
        edit_glossary(tmp_path / "glossaries" / "a.csv", lambda terms: terms)


def test_cells_that_look_like_formulas_are_guarded_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    edit_glossary(path, lambda _: [Term("=1+1", "@합", note="-note")])
    assert "'=1+1,'@합" in path.read_text(encoding="utf-8")
    assert [(t.source, t.target, t.note) for t in read_glossary(path)] == [("=1+1", "@합", "-note")]


WORDS = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
TERMS = st.builds(
    Term,
    source=WORDS.filter(bool),
    target=WORDS.filter(bool),
    type=st.sampled_from(TermType),
    status=st.sampled_from(TermStatus),
    variant_of=WORDS,
    country=st.sampled_from(["", "KR", "GB|US"]),
    valid_from=st.sampled_from(["", "2025-10-01"]),
    valid_until=st.sampled_from(["", "2026-01-01"]),
    note=WORDS,
)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".tbx"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=st.lists(TERMS, min_size=1, max_size=6))
def test_what_is_written_in_any_format_is_read_again(tmp_path: Path, suffix: str, terms: list[Term]) -> None:
    path = tmp_path / f"t{suffix}"
    write_terms(path, terms)
    back = [Term(**{**_fields(term), "origin": ""}) for term in read_terms(path)]
    assert sorted(back, key=repr) == sorted(terms, key=repr)


def _fields(term: Term) -> dict[str, object]:
    return {name: getattr(term, name) for name in Term.__dataclass_fields__}


V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="1"><descrip type="subjectField">organization</descrip>
<langSet xml:lang="en-US"><tig><term>Bank of Korea</term></tig><tig><term>BOK</term></tig></langSet>
<langSet xml:lang="ko"><ntig><termGrp><term>한국은행</term></termGrp></ntig>
<tig><term>조선은행</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""
DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body><conceptEntry id="1">
<basic:subjectField>place</basic:subjectField><note>from the agency</note>
<langSec xml:lang="en"><termSec><term>Kyiv</term></termSec></langSec>
<langSec xml:lang="ko-KR"><termSec><term>키이우</term>
<basic:administrativeStatus>preferredTerm-admn-sts</basic:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_tbx_version_2_is_read_with_its_variants_and_deprecated_terms(tmp_path: Path) -> None:
    terms = read_terms(written(tmp_path, V2, name="a.tbx"))
    assert [(t.source, t.target, t.status, t.variant_of) for t in terms] == [
        ("Bank of Korea", "한국은행", "approved", ""),
        ("Bank of Korea", "조선은행", "forbidden", ""),
        ("BOK", "한국은행", "approved", "Bank of Korea"),
        ("BOK", "조선은행", "forbidden", "Bank of Korea"),
    ]
    assert {t.type for t in terms} == {TermType.ORGANIZATION}


def test_tbx_in_dct_style_is_read(tmp_path: Path) -> None:
    (term,) = read_terms(written(tmp_path, DCT, name="a.tbx"))
    assert (term.source, term.target, term.type, term.note) == ("Kyiv", "키이우", "place", "from the agency")


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x"}">' for n in range(12))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tbx", f"<!DOCTYPE tbx [{BOMB}]><tbx><text>&a11;</text></tbx>".encode()),
        ("a.tbx", b'<!DOCTYPE tbx [<!ENTITY f SYSTEM "file:///etc/passwd">]><tbx>&f;</tbx>'),
        ("a.tbx", b"<tbx><text>"),
        ("a.tbx", b"<html/>"),
        ("a.tbx", b""),
        ("a.xlsx", b"PK\x03\x04nothing"),
        ("a.xlsx", b""),
        ("a.csv", b""),
        ("a.csv", bytes(range(256))),
        ("a.csv", "원문,번역\nSeoul,서울\n".encode()),
        ("a.csv", 'source,target\n"Seoul,서울\n'.encode()),
        ("a.docx", b"x"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BilingualError, match=name):
        read_terms(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("x", "w", force_zip64=True) as part,
    ):
        for _ in range(301):
            part.write(bytes(1_000_000))
    with pytest.raises(FormatError, match="would unpack to"):
        read_terms(path)


def test_a_missing_file_is_a_document_error(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.tbx"):
        with pytest.raises(DocumentError):
            read_terms(tmp_path / name)
