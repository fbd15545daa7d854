"""What other tools write, in small imitations."""

from pathlib import Path

import pytest

from bilingual.errors import BilingualError, DocumentError, FormatError
from bilingual.formats.exchange import read_units
from bilingual.records import Origin, Status, Unit

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> str:
    return (SAMPLES / name).read_text("utf-8-sig")


KIM = {"created_at": "2026-03-12T01:02:03+00:00"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "trados.tmx",
            [
                Unit(
                    "Trade Minister spoke.",
                    "통상교섭본부장이 말했다.",
                    "en-US",
                    "ko-KR",
                    "",
                    Status.ACCEPTED,
                    reviewer="SEOUL\\lee",
                    created_at="2026-03-13T01:02:03+00:00",
                ),
            ],
        ),
        (
            "memoq.tmx",
            [
                Unit(
                    "He agreed.",
                    "그는 동의했다.",
                    previous="It rained.",
                    next="He left.",
                    reviewer="kim",
                    **KIM,
                )
            ],
        ),
        (
            "omegat.tmx",
            [
                Unit("Good morning.", "안녕하십니까.", "EN-US", "KO-KR", reviewer="kim", **KIM),
                Unit(
                    "He agreed.",
                    "그는 동의했다.",
                    "EN-US",
                    "KO-KR",
                    previous="It rained.",
                    next="He left.",
                    reviewer="lee",
                    note="casual",
                    document="a.txt",
                    **KIM,
                ),
            ],
        ),
        ("weblate.tmx", [Unit("Yes.", "네.")]),
        (
            "trados.sdlxliff",
            [
                Unit(
                    "He agreed.",
                    "그는 동의했다.",
                    "en-US",
                    "ko-KR",
                    "t1#1",
                    Status.ACCEPTED,
                    document="a.docx",
                ),
                Unit(
                    "He left.", "그 떠남.", "en-US", "ko-KR", "t1#2", origin=Origin.MACHINE, document="a.docx"
                ),
            ],
        ),
        (
            "memoq.mqxliff",
            [
                Unit(
                    "He agreed.",
                    "그는 동의했다.",
                    "en-us",
                    "ko",
                    "1",
                    Status.ACCEPTED,
                    note="ok",
                    document="a.docx",
                ),
                Unit("He left.", "", "en-us", "ko", "2", document="a.docx"),
            ],
        ),
        (
            "weblate.xliff",
            [
                Unit("Yes.", "네.", unit_id="a", status=Status.ACCEPTED, document="app"),
                Unit("No.", "아니오.", unit_id="b", origin=Origin.MACHINE, document="app"),
            ],
        ),
        (
            "two.xlf",
            [
                Unit(
                    "He agreed.", "그는 동의했다.", "en", "ko-KR", "u1#s1", Status.ACCEPTED, note="one\ntwo"
                ),
                Unit("He left.", "", "en", "ko-KR", "u1#2", note="one\ntwo"),
            ],
        ),
        (
            "weblate.po",
            [
                Unit("He agreed.", "그는 동의했다.", unit_id="menu", status=Status.ACCEPTED),
                Unit("He left.", "그는 떠났다."),
                Unit("%d tank", "전차 %d대", status=Status.ACCEPTED),
                Unit("%d tanks", "전차 %d대", status=Status.ACCEPTED),
            ],
        ),
    ],
)
def test_what_other_tools_write_is_read(name: str, expected: list[Unit]) -> None:
    assert list(read_units(SAMPLES / name)) == expected


NO_SOURCE = '<trans-unit id="b"><target>x</target></trans-unit></body>'


@pytest.mark.parametrize(
    ("name", "text", "error", "reason"),
    [
        (
            "a.tmx",
            sample("weblate.tmx").replace('"ko"', '"fr"'),
            FormatError,
            "no unit in en and ko; its languages: en, de",
        ),
        (
            "a.tmx",
            sample("weblate.tmx").replace("<seg>네.</seg>", ""),
            FormatError,
            r"a.tmx:6: unit \(without id\) has no segment in ko",
        ),
        ("a.tmx", sample("weblate.tmx")[:-30], FormatError, "a.tmx:6: is not well-formed XML"),
        (
            "a.tmx",
            sample("weblate.tmx").replace("Yes.", "&nbsp;"),
            FormatError,
            "a.tmx:6: uses &nbsp;, and entities",
        ),
        (
            "a.xlf",
            sample("weblate.xliff").replace("</body>", NO_SOURCE),
            FormatError,
            "a.xlf:6: unit b has no source",
        ),
        (
            "a.xlf",
            sample("weblate.xliff").replace('"ko"', '"fr"'),
            FormatError,
            "is in en and fr, not en and ko",
        ),
        (
            "a.xlf",
            sample("two.xlf").replace("source>", "s>"),
            FormatError,
            "a.xlf:3: unit u1#s1 has no source",
        ),
        ("a.xlf", "<xliff/>", FormatError, "has no unit with text"),
        ("a.xlf", sample("weblate.tmx"), FormatError, "is <tmx>, where <xliff> was expected"),
        (
            "a.po",
            sample("weblate.po").replace('떠났다."', "떠났다."),
            FormatError,
            "a.po:24: is no line of a PO file",
        ),
        (
            "a.po",
            sample("weblate.po").replace("Language: ko", "Language: fr"),
            FormatError,
            "is in fr, not ko",
        ),
        ("a.po", sample("weblate.po").replace('msgstr[0] "전차 %d대"', ""), FormatError, "missing msgstr"),
        ("a.po", "", FormatError, "has no unit"),
        ("a.po", None, DocumentError, "No such file"),
        ("a.tmx", None, DocumentError, "No such file"),
        ("a.csv", None, DocumentError, "No such file"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_unit(
    tmp_path: Path, name: str, text: str | None, error: type[BilingualError], reason: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(error, match=reason):
        list(read_units(path))


def test_good_units_come_before_the_report_of_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(
        sample("weblate.tmx").replace(
            "<body>", '<body><tu tuid="bad"><tuv xml:lang="en"/><tuv xml:lang="ko"/></tu>'
        )
    )
    units = read_units(path)
    assert next(units).target == "네."
    with pytest.raises(FormatError, match="unit bad has no segment"):
        next(units)
