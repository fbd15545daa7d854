"""What the fuzzer found, kept: files that once ended a reader with something else than a sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from bilingual.engines.archives import read_manifest
from bilingual.errors import DocumentError, FormatError, PackageError, TrainingError
from bilingual.formats import xlsx
from bilingual.formats.exchange import read_units
from bilingual.formats.html import visible_lines
from bilingual.formats.xlsx import read_xlsx
from bilingual.memory import open_memory, remember
from bilingual.pairs import Prepared, block_texts
from bilingual.records import Article, Block, Sentence
from bilingual.training.recipe import read_recipe

XLIFF1 = (
    '<xliff version="1.2"><file source-language="en" target-language="ko"><body><trans-unit id="1" {}>'
    "<source>a</source><target>나</target>{}</trans-unit></body></file></xliff>"
)
XLIFF2 = (
    '<xliff version="2.0" srcLang="en" trgLang="ko"><file id="f"><unit id="1">{}<segment><source>a</source>'
    "<target>나</target></segment></unit></file></xliff>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xlf", XLIFF1.format("", "<sdl:seg-defs><sdl:seg/></sdl:seg-defs>")),
        ("a.xlf", XLIFF1.format('mq:status="Proofread"', "")),
        ("a.xliff", XLIFF2.format('<mda:metadata><mda:metaGroup category="bilingual"/></mda:metadata>')),
        ("a.xliff", XLIFF2.format('<x xmlns="t:1.2}xliff"/>')),
    ],
)
def test_names_without_a_declared_namespace_are_told(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="is not well-formed XML"):
        list(read_units(path))


@pytest.mark.parametrize(
    "line",
    [
        "Plural-Forms: nplurals=x; plural=n;",
        "Plural-Forms: nplurals=99999999999999999999; plural=0;",
        "Language: ../../etc",
        "Language: -",
    ],
)
def test_a_header_of_a_po_file_that_cannot_be_read_is_told(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(f'msgid ""\nmsgstr ""\n"{line}\\n"\n\nmsgid "a"\nmsgstr "나"\n', encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.po:1: "):
        list(read_units(path))


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "version = " + "9" * 100_000])
def test_a_recipe_that_is_too_deep_or_long_to_read_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrainingError, match="cannot be read as TOML"):
        read_recipe(path)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"p/metadata.json": b" " * (2 << 20)}, "metadata.json has 2,097,152 bytes"),
        ({"p/metadata.json/a": b""}, "is inside as a file and as a folder"),
    ],
)
def test_a_package_with_metadata_that_no_package_needs_is_refused(
    more: dict[str, bytes], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "p.argosmodel"
    whole = {"p/metadata.json": b"{}", "p/model/model.bin": b"", "p/bpe.model": b"", **more}
    with zipfile.ZipFile(path, "w") as file:
        for name, data in whole.items():
            file.writestr(name, data)
    with pytest.raises(PackageError, match=told):
        read_manifest(path)


def test_half_characters_in_the_comments_of_a_po_file_do_not_reach_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text('#. reviewer: "\\ud800kim"\nmsgid "a"\nmsgstr "나"\n', encoding="utf-8")
    with open_memory(tmp_path / "memory.db") as memory:
        assert remember(memory, read_units(path), "2026").added == 1
    assert [unit.reviewer for unit in read_units(path)] == ["kim"]


def test_a_package_whose_parts_lie_before_its_beginning_is_damaged(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("p/metadata.json", "{}")
    data = bytearray(stream.getvalue())
    at = data.rindex(b"PK\x05\x06") + 12  # how long the list of parts is: longer than the file
    data[at : at + 4] = (len(data) * 4).to_bytes(4, "little")
    path = tmp_path / "p.argosmodel"
    path.write_bytes(data)
    with pytest.raises(PackageError, match="not a whole zip file"):
        read_manifest(path)


def test_a_block_of_very_many_sentences_is_joined_in_linear_time() -> None:
    sentences = tuple(Sentence("a", 0, number, " ") for number in range(200_000))
    prepared = Prepared(Article("a", 1, (Block("a"),)), "a.txt", sentences)
    assert block_texts(prepared, ["나"] * len(sentences)) == [" ".join("나" * len(sentences))]


def test_a_workbook_with_a_name_in_no_encoding_is_told(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("가.xml", "")
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue().replace("가".encode(), b"\xd7\xd7\xd7"))
    with pytest.raises(DocumentError, match="is no workbook"):
        list(read_xlsx(path))


def test_a_row_beyond_the_last_of_a_sheet_is_refused_in_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 2000)
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        xlsx.write_xlsx(stream, [xlsx.Column("source")], [["a"]])
    parts = {entry: zipfile.ZipFile(path).read(entry) for entry in zipfile.ZipFile(path).namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data.replace(b'row r="2"', b'row r="99999999999999999999"'))
    with pytest.raises(FormatError, match="one row more than a workbook can hold"):
        list(read_xlsx(path))


def test_an_element_of_very_many_attributes_is_no_page() -> None:
    crowded = " ".join(f"a{number}" for number in range(60_000))
    assert visible_lines(f"<html><body><p {crowded}>Ships sail.</p></body></html>") == ""
    assert "Ships" in visible_lines(
        f'<html><body><p class="{crowded[:20_000]}">Ships sail.</p></body></html>'
    )
