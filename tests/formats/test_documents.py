"""Inputs of every kind are found in order and read, or refused by name in one line."""

import gzip
import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.errors import DocumentError
from bilingual.formats import documents, web
from bilingual.formats.documents import find_documents, read_document
from bilingual.records import Markup

ENGLISH = "The ministry said the café would reopen — “soon,” it said. Prices fell by 3 percent to £2.\n"
KOREAN = "정부는 목요일 방산 협의체를 신설하기로 합의했다고 대통령실이 밝혔다.\n"


def put(path: Path, data: bytes | str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def test_folders_files_and_patterns_give_each_document_once_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.md", "a/1.html", ".hidden.txt", ".git/x.txt", "c.pdf", "out/run.json"):
        put(tmp_path / name, "text")
    put(tmp_path / "out/articles/k.txt", "한국어")
    found = list(find_documents([str(tmp_path), str(tmp_path / "b.txt"), str(tmp_path / "a" / "*.md"), "-"]))
    assert found == [str(tmp_path / "b.txt"), *(str(tmp_path / "a" / n) for n in ("1.html", "2.md")), "-"]


def test_an_input_that_gives_nothing_says_so_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    given_names = [str(tmp_path / "empty"), str(tmp_path / "no.txt"), str(tmp_path / "*.txt"), ""]
    errors = list(find_documents(given_names))
    assert [error.what for error in errors if isinstance(error, DocumentError)] == [
        "holds no document",
        "there is no such file or folder",
        "matches no document",
        "there is no such file or folder",
    ]


def test_a_link_that_leads_back_up_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "text")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert list(find_documents([str(tmp_path)])) == [str(tmp_path / "a.txt")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ENGLISH.encode(), "utf-8"),
        (ENGLISH.encode("utf-8-sig"), "utf-8-sig"),
        (ENGLISH.encode("utf-16"), "utf-16"),
        (ENGLISH.encode("utf-16-le"), "utf-16-le"),
        (ENGLISH.encode("utf-16-be"), "utf-16-be"),
        (ENGLISH.encode("utf-32"), "utf-32"),
        (ENGLISH.encode("cp1252"), "cp1252"),
        (ENGLISH.encode("mac_roman"), "mac_roman"),
        (b"A caf\xe9.", "cp1252"),
        (b"Don\x92t go.", "cp1252"),
        (b"Hi", "utf-8"),
        ("Ü".encode(), "utf-8"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(tmp_path: Path, data: bytes, encoding: str) -> None:
    document = read_document(put(tmp_path / "a.txt", data))
    assert (document.encoding, document.text) == (encoding, data.decode(encoding))
    assert document.checksum == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("encoding", ["cp949", "euc_kr", "utf-8", "utf-16", "utf-16-le"])
def test_korean_is_read_in_every_encoding_it_comes_in(tmp_path: Path, encoding: str) -> None:
    assert read_document(put(tmp_path / "k.txt", KOREAN.encode(encoding))).text == KOREAN


@pytest.mark.parametrize("text", ["가격이 올랐다.", "한국", "Wi (위성락) met Rutte."])
def test_a_few_korean_words_are_enough(tmp_path: Path, text: str) -> None:
    assert read_document(put(tmp_path / "k.txt", text.encode("cp949"))).text == text


def test_another_encoding_is_left_to_the_detector(tmp_path: Path) -> None:
    russian = "Правительство объявило о новых переговорах с Европейским союзом по квотам на сталь. " * 4
    assert read_document(put(tmp_path / "r.txt", russian.encode("cp1251"))).text == russian


def test_a_bad_byte_in_utf8_is_replaced_and_told(tmp_path: Path) -> None:
    document = read_document(put(tmp_path / "a.txt", "“Yes,” — he ".encode() + b"\xff said."))
    assert "\ufffd said." in document.text
    assert document.notes == ("1 place could not be read as utf-8 and became \ufffd",)


def test_line_ends_of_every_system_become_one(tmp_path: Path) -> None:
    assert read_document(put(tmp_path / "a.txt", b"a\r\nb\rc\nd")).text == "a\nb\nc\nd"


def zipped(inner: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(inner, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n\t \r\n", "holds only white space"),
        (b"\xef\xbb\xbf\n", "holds only white space"),
        (b"ab\0cd\0\0\x01", "is a binary file"),
        (b"%PDF-1.7\n", "is a PDF, not text"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"\xff\xd8\xff\xe0", "is a JPEG picture"),
        (zipped("word/document.xml"), "is a Word document (.docx)"),
        (zipped("a.txt"), "is a zip archive"),
        (zipped("en_ko/metadata.json"), "is an Argos model package"),
        (gzip.compress(b"text", mtime=0), "is a gzip archive"),
        (bytes(range(1, 32)) * 20, "is a binary file"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, what: str) -> None:
    name = put(tmp_path / "a.txt", data)
    with pytest.raises(DocumentError) as caught:
        read_document(name)
    assert str(caught.value).startswith(f"{name}: {what}")
    assert "\n" not in str(caught.value)


def test_a_missing_a_long_and_a_strange_file_are_refused(tmp_path: Path) -> None:
    for name, what in (
        (str(tmp_path / "no.txt"), "there is no such file"),
        (put(tmp_path / "long.txt", "x" * 2000), "is longer than"),
        (str(tmp_path), "is no file but a folder or device"),
        (os.devnull, "is no file but a folder or device"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(DocumentError, match=what):
            read_document(name, limit=1000)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    name = put(tmp_path / "a.txt", "text")
    monkeypatch.setattr(documents.Path, "open", refuse)  # root may read everything, so the system is played
    with pytest.raises(DocumentError, match="Permission denied"):
        read_document(name)


def test_standard_input_is_read_once_within_its_limit() -> None:
    assert read_document("-", stdin=io.BytesIO(b"Hello there.")).text == "Hello there."
    with pytest.raises(DocumentError, match="longer"):
        read_document("-", stdin=io.BytesIO(b"x" * 11), limit=10)


def test_the_markup_is_told_by_name_and_by_content(tmp_path: Path) -> None:
    kinds = {"a.md": "# T\n\nx", "b.htm": "<p>x</p>", "c.txt": "<!DOCTYPE html><p>x</p>", "d": "x < y"}
    read = [read_document(put(tmp_path / name, text)).markup for name, text in kinds.items()]
    assert read == [Markup.MARKDOWN, Markup.HTML, Markup.HTML, Markup.TEXT]


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)
)
def test_any_text_in_utf8_is_read_as_it_is(text: str) -> None:
    if text.strip("\u200b\u2060\ufeff \xa0") and not text.startswith("\ufeff") and len(text.strip()) > 0:
        data = text.encode()
        if not documents.decode.__globals__["kind_of"](data) and not data.startswith(
            (b"\xff\xfe", b"\xfe\xff")
        ):
            assert documents.decode(data, "x")[0] == text


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pages: dict[str, tuple[int, str, str, bytes]] = {
            "/ok": (
                200,
                "Content-Type",
                "text/html; charset=euc-kr",
                f"<html><p>{KOREAN}</p></html>".encode("cp949"),
            ),
            "/text": (200, "Content-Type", "text/plain", b"Plain words."),
            "/image": (200, "Content-Type", "image/png", b"\x89PNG"),
            "/gone": (404, "Content-Type", "text/html", b"gone"),
            "/move": (302, "Location", "/text", b""),
            "/file": (302, "Location", "file:///etc/passwd", b""),
            "/ftp": (302, "Location", "ftp://127.0.0.1/x", b""),
            "/loop": (302, "Location", "/loop", b""),
            "/long": (200, "Content-Type", "text/plain", b"x" * 5000),
            "/empty": (200, "Content-Type", "text/html", b""),
        }
        status, key, value, body = pages[self.path]
        self.send_response(status)
        self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 as the library calls it
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_of_the_web_is_read_in_its_charset(site: str) -> None:
    document = read_document(f"{site}/ok")
    assert (document.markup, document.encoding) == (Markup.HTML, "cp949")
    assert KOREAN.strip() in document.text
    assert read_document(f"{site}/move").text == "Plain words."


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/image", "is image/png, not a page of text"),
        ("/gone", "the server answered 404"),
        ("/file", "'file:///etc/passwd' is not allowed"),
        ("/ftp", "redirects to ftp://127.0.0.1/x, which is no page"),
        ("/loop", "the server answered 302"),
        ("/long", "is longer than"),
        ("/empty", "is empty"),
    ],
)
def test_a_page_that_cannot_be_had_is_told_in_one_line(site: str, path: str, what: str) -> None:
    with pytest.raises(DocumentError, match=what) as caught:
        read_document(site + path, limit=1000)
    assert "\n" not in str(caught.value)


def test_without_a_network_the_address_and_the_way_out_are_named(site: str) -> None:
    with pytest.raises(DocumentError, match="save the page and give the file"):
        read_document("http://127.0.0.1:9/x")
    with pytest.raises(DocumentError, match="cannot be fetched"):
        read_document("http://[bad/")
    with pytest.raises(DocumentError, match="did not answer in time"):
        web.fetch(f"{site}/text", limit=100, seconds=1e-9)
