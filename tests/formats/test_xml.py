import resource
from pathlib import Path

import pytest

from bilingual.errors import DocumentError, FormatError
from bilingual.formats import _xml

BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def read(tmp_path: Path, text: str | bytes) -> list[tuple[int, str]]:
    path = tmp_path / "file.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [
        (_xml.line(unit), _xml.text_within(unit, path, {"ph"}))
        for unit in _xml.read_elements(path, {"unit"}, "root")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<root><unit>a</unit>\n<unit>b</unit></root>", [(1, "a"), (2, "b")]),
        (
            '<root xmlns="urn:x"><g><unit>a<ph>{0}</ph> b<i>c</i> d<!-- e --></unit></g></root>',
            [(1, "a bc d")],
        ),
        ('<!DOCTYPE root SYSTEM "http://example.org/x.dtd"><root><unit>가</unit></root>', [(1, "가")]),
        ("<root>" + "\n" * 70_000 + "<unit/></root>", [(70_001, "")]),
        ('<?xml version="1.0"?><root><unit>가</unit></root>'.encode("utf-16"), [(1, "가")]),
    ],
)
def test_units_are_read_with_their_lines(
    tmp_path: Path, text: str | bytes, expected: list[tuple[int, str]]
) -> None:
    assert read(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not well-formed"),
        ("<root><unit>a</unit>", "not well-formed"),
        (b"PK\x03\x04 a zip", "not well-formed"),
        ("<html/>", "where <root> was expected"),
        ("<root>" + "<deep>" * 400, "not well-formed"),
        ('<!DOCTYPE root [<!ENTITY x "y">]><root><unit>&x;</unit></root>', "declares entities"),
        ('<!DOCTYPE root [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><root/>', "declares entities"),
        (f'<!DOCTYPE root [<!ENTITY l0 "lol">{BOMB}]><root a="&l11;"/>', "not well-formed"),
        (f'<!DOCTYPE root [<!ENTITY l0 "lol">{BOMB}]><root><unit>&l11;</unit></root>', "declares entities"),
        ('<!DOCTYPE root SYSTEM "file:///etc/passwd"><root><unit>&x;</unit></root>', "uses &x;"),
    ],
)
def test_hostile_and_broken_files_are_refused(tmp_path: Path, text: str | bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read(tmp_path, text)


def test_a_file_that_cannot_be_opened_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"missing\.tmx: No such file"):
        list(_xml.read_elements(tmp_path / "missing.tmx", {"unit"}, "root"))


def test_memory_stays_bounded_on_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    path.write_text("<root>" + f"<other>{'x' * 200}</other><unit>{'y' * 200}</unit>" * 60_000 + "</root>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in _xml.read_elements(path, {"unit"}, "root")) == 60_000
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 20


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert _xml.legal("가\x00\x0b나\ud800\t다\n") == "가나\t다\n"
