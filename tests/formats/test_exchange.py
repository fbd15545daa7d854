from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bilingual.errors import DocumentError, FormatError
from bilingual.formats import exchange
from bilingual.formats.po import read_po, write_po
from bilingual.formats.tmx import read_tmx, write_tmx
from bilingual.formats.unit_tables import read_units, write_units
from bilingual.formats.xliff import read_xliff, write_xliff
from bilingual.records import Origin, Status, Unit

SCHEMAS = Path(__file__).parent / "schemas"
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\r\t"))
WORDS = TEXT.filter(lambda text: "\ufffe" not in text and "\uffff" not in text).filter(str.strip)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_. 가", max_size=8).map(str.strip)
TIMES = st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC).isoformat())
UNITS = st.lists(
    st.builds(
        Unit,
        source=WORDS,
        target=WORDS,
        unit_id=NAMES.filter(bool),
        status=st.sampled_from(Status),
        origin=st.sampled_from(Origin),
        previous=st.just("") | WORDS,
        next=st.just("") | WORDS,
        reviewer=NAMES,
        created_at=st.just("") | TIMES,
        note=NAMES,
        document=NAMES.filter(lambda name: name != "bilingual"),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda unit: unit.unit_id,
)
Write = Callable[[Iterable[Unit], IO[bytes]], None]
Read = Callable[[Path], Iterator[Unit]]
FORMATS = {
    "tmx": (write_tmx, read_tmx),
    "xliff-1.2": (partial(write_xliff, version="1.2"), read_xliff),
    "xliff-2.1": (partial(write_xliff, version="2.1"), read_xliff),
    "po": (write_po, read_po),
    "csv": (write_units, read_units),
    "tsv": (partial(write_units, delimiter="\t"), read_units),
}


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("round") / "file"


@pytest.mark.parametrize(("write", "read"), FORMATS.values(), ids=FORMATS)
@given(units=UNITS)
@settings(max_examples=60)
def test_units_survive_the_way_out_and_back(write: Write, read: Read, place: Path, units: list[Unit]) -> None:
    with place.open("wb") as stream:
        write(units, stream)
    assert list(read(place)) == units


@pytest.mark.parametrize(
    ("name", "schema"), [("tmx", "tmx14.dtd"), ("xliff-1.2", "xliff12.dtd"), ("xliff-2.1", "xliff21.dtd")]
)
@given(units=UNITS)
@settings(max_examples=30)
def test_what_is_written_is_valid(name: str, schema: str, units: list[Unit]) -> None:
    stream = BytesIO()
    FORMATS[name][0]([*units, *units], stream)
    document = etree.fromstring(stream.getvalue())
    rules = etree.DTD(str(SCHEMAS / schema))
    assert rules.validate(document), rules.error_log
    for file in document.iter("{*}file"):
        ids = [unit.get("id") for unit in file.iter("{*}unit", "{*}trans-unit")]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("write", "read"), FORMATS.values(), ids=FORMATS)
def test_what_no_text_should_hold_is_left_out(write: Write, read: Read, place: Path) -> None:
    with place.open("wb") as stream:
        write([Unit("a\ud800b", "가\ud800나", unit_id="p1", status=Status.EDITED)], stream)
    assert [(unit.source, unit.target) for unit in read(place)] == [("ab", "가나")]


def test_ids_that_a_format_cannot_hold_or_tell_apart_are_kept(place: Path) -> None:
    units = [Unit("a", "가", unit_id=name, status=Status.EDITED) for name in ("x y", "p1", "p1", "u1")]
    for version in ("1.2", "2.1"):
        with place.open("wb") as stream:
            write_xliff(units, stream, version)
        assert [unit.unit_id for unit in read_xliff(place)] == ["x y", "p1", "p1", "u1"]
    with place.open("wb") as stream:
        write_po(units, stream)
    assert [unit.unit_id for unit in read_po(place)] == ["x y", "p1", "p1#3", "u1"]


def test_one_xliff_file_has_one_language_pair(place: Path) -> None:
    units = [Unit("a", "가", unit_id="p1"), Unit("b", "c", target_lang="fr", unit_id="p2")]
    with (
        place.open("wb") as stream,
        pytest.raises(FormatError, match="unit p2 is en>fr, where the file is en>ko"),
    ):
        write_xliff(units, stream)


@pytest.mark.parametrize("name", ["a.tmx", "a.XLIFF", "a.xlf", "a.po", "a.csv", "a.tsv"])
def test_the_ending_names_the_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    unit = Unit("Seoul agreed.", "서울이 합의했다.", unit_id="p1", status=Status.EDITED)
    with path.open("wb") as stream:
        exchange.writer(path)([unit], stream)
    assert list(exchange.read_units(path)) == [unit]


def test_an_ending_that_names_no_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        DocumentError, match=r"a\.docx: has an ending that names no exchange format; use \.tmx"
    ):
        exchange.read_units(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seoul agreed.\t서울이 합의했다.\n\nHe said.\t그가 말했다.\n", ["서울이 합의했다.", "그가 말했다."]),
        ("영어,한국어\nYes.,네.\n", ["네."]),
        ("note;target;source\nx;네.;Yes.\ny;;No.\n", ["네."]),
    ],
)
def test_any_table_of_two_columns_gives_units(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "bitext.csv"
    path.write_text(text)
    assert [unit.target for unit in read_units(path)] == expected


def test_rows_that_cannot_be_taken_are_told_after_the_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("source,target,status\na,가,edited\nb,나,done\nc,다,\nd,라,x\n")
    units = read_units(path)
    assert [next(units).source, next(units).source] == ["a", "c"]
    with pytest.raises(FormatError) as caught:
        next(units)
    assert [row for row, _ in caught.value.problems] == [3, 5]


def test_a_table_of_one_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("Seoul agreed.\n")
    with pytest.raises(FormatError, match="has one column"):
        list(read_units(path))


def test_a_status_changed_elsewhere_is_believed(place: Path) -> None:
    unit = Unit("a", "가", unit_id="p1", status=Status.REJECTED)
    with place.open("wb") as stream:
        write_xliff([unit], stream)
    place.write_text(place.read_text().replace('state="initial"', 'state="final"'))
    assert list(read_xliff(place)) == [replace(unit, status=Status.EDITED)]
