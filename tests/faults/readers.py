# ruff: noqa: E501 - hostile text and tables of it read best as they are
"""Every reader of the program, driven as its command drives it, with whole files to begin from."""

import hashlib
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path

from bilingual.engines.archives import read_manifest, unpack
from bilingual.engines.index import parse_index
from bilingual.engines.manifest import parse_manifest
from bilingual.formats import exchange, pairs_csv, pairs_xlsx, term_files
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.delimited import read_cells
from bilingual.formats.documents import read_document
from bilingual.memory import open_memory, remember
from bilingual.pairs import block_texts
from bilingual.pipeline import prepare
from bilingual.records import Origin, Pair, Status, Term, TermType, Unit
from bilingual.review import apply
from bilingual.tables import pairs_frame
from bilingual.training.recipe import read_recipe
from bilingual.web.requests import read_decisions, read_filter, read_json, read_swap

REPOSITORY = Path(__file__).parents[2]
AT = "2026-11-23T12:00:00+00:00"
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


@dataclass(frozen=True)
class Reader:
    """How a file of an ending is read, into a folder of its own; what it gives is told as text."""

    name: str
    ending: str
    read: Callable[[Path, Path], str]
    seeds: tuple[bytes, ...]
    zipped: bool = False


def document(path: Path, out: Path) -> str:
    """Read, find the articles, split them, write one as it would be written."""
    prepared = prepare(read_document(str(path)), article_name)
    for one in prepared:
        name = one.file
        assert name == Path(name).name, f"an article would be written to {name!r}"
        render_article(one.article, list(block_texts(one, [s.text for s in one.sentences])))
    return "\n".join(sentence.text for one in prepared for sentence in one.sentences)


def reviewed(read: Callable[[Path], Iterable], path: Path, out: Path) -> str:
    """Read a reviewer's table and apply it."""
    done = apply(pairs_frame(PAIRS), read(path), reviewer="kim", at=AT)
    text = io.StringIO(newline="")
    from bilingual.tables import frame_pairs

    pairs_csv.write_pairs_csv(frame_pairs(done.pairs), text)
    (out / "pairs.csv").write_bytes(text.getvalue().encode())
    refuse_formulas(out / "pairs.csv")
    assert len(done.pairs) == len(PAIRS), "a pair is lost or doubled"
    return str(done.pairs.to_dicts())


def refuse_formulas(path: Path) -> None:
    """No cell of a table that we wrote is taken for a formula."""
    import csv

    limit = csv.field_size_limit(1 << 30)  # for our look alone, not for the readers that are tried
    with path.open(encoding="utf-8-sig", newline="") as file:
        bad = [cell for row in csv.reader(file) for cell in row if FORMULA.match(cell)]
    csv.field_size_limit(limit)
    assert not bad, f"a cell begins as a formula does: {bad[0][:40]!r}"


def units(path: Path, out: Path) -> str:
    """Read units, take them into a memory, and write them in every format."""
    found = list(exchange.read_units(path))
    with open_memory(out / "memory.db") as memory:
        remember(memory, found[:200], AT)
    for ending in (".tmx", ".xlf", ".po", ".csv"):
        alike = [replace(unit, source_lang="en", target_lang="ko") for unit in found[:200]]
        with (out / f"units{ending}").open("wb") as stream:
            exchange.writer(Path(f"units{ending}"))(alike, stream)
    refuse_formulas(out / "units.csv")
    return "\n".join(str(astuple(unit)[:2]) for unit in found)


def terms(path: Path, out: Path) -> str:
    """Read a glossary and write it in every format."""
    found = term_files.read_terms(path)
    for ending in (".csv", ".tbx", ".xlsx"):
        term_files.write_terms(out / f"terms{ending}", found)
    if found:
        refuse_formulas(out / "terms.csv")
    return "\n".join(f"{term.source}\t{term.target}" for term in found)


def package(path: Path, out: Path) -> str:
    """Look into a package file and unpack it."""
    name, manifest = read_manifest(path)
    folder = unpack(path, out / "unpacked")
    assert folder.name == name
    assert folder.resolve().parent == (out / "unpacked").resolve()
    return str(manifest)


def index(path: Path, out: Path) -> str:
    """The list of packages that a server gives, and the metadata of one."""
    data = path.read_bytes()
    return str(parse_index(data, str(path)) if data.lstrip()[:1] == b"[" else parse_manifest(data, str(path)))


def request(path: Path, out: Path) -> str:
    """What a browser sends to the review page."""
    said = read_json(path.read_bytes())
    return str((read_filter(said), read_decisions(said) if "decisions" in said else read_swap(said)))


def recipe(path: Path, out: Path) -> str:
    """The recipe of a training run."""
    return str(read_recipe(path))


PAIRS = [
    Pair(f"p{n}", "01.txt", "01-ships.ko.txt", n, 0, source, target, status=status, origin=Origin.MACHINE)
    for n, (source, target, status) in enumerate(
        [
            ("Ships sail again", "배가 다시 떠난다", Status.DRAFT),
            ("The ships sailed on Monday.", "배가 월요일에 떠났다.", Status.DRAFT),
            ('=He said "go".', "-그는 가라고 했다.", Status.ACCEPTED),
            ("Nobody was hurt.", "@다친 사람은 없었다.", Status.EDITED),
        ]
    )
]
UNITS = [
    Unit(pair.source, pair.target, unit_id=pair.pair_id, status=pair.status, previous="a", next="b", reviewer="kim",
         created_at=AT, note="a note", document="01.txt")
    for pair in PAIRS
]  # fmt: skip
TERMS = [
    Term("Wi Sung-lac", "위성락", TermType.PERSON, country="KR", note="=1+1"),
    Term("trade minister", "통상교섭본부장", TermType.TITLE, variant_of="minister", valid_from="2025-01-01"),
]


def _written(ending: str) -> bytes:
    stream = io.BytesIO()
    exchange.writer(Path(f"a{ending}"))(UNITS, stream)
    return stream.getvalue()


def _pairs_csv() -> bytes:
    text = io.StringIO(newline="")
    pairs_csv.write_pairs_csv(PAIRS, text)
    edited = text.getvalue().replace(",,draft,", ",고친 문장.,draft,", 1)
    return edited.encode()


def _pairs_xlsx() -> bytes:
    stream = io.BytesIO()
    pairs_xlsx.write_pairs_xlsx(PAIRS, stream)
    return stream.getvalue()


def _terms(ending: str, place: Path) -> bytes:
    path = place / f"seed{ending}"
    term_files.write_terms(path, TERMS)
    return path.read_bytes()


def _package() -> bytes:
    stream = io.BytesIO()
    manifest = {
        "package_version": "1.0",
        "from_code": "en",
        "to_code": "ko",
        "type": "translate",
        "dependencies": [],
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("translate-en_ko/metadata.json", json.dumps(manifest))
        file.writestr("translate-en_ko/model/model.bin", bytes(range(256)) * 8)
        file.writestr("translate-en_ko/model/config.json", "{}")
        file.writestr("translate-en_ko/sentencepiece.model", b"\0pieces")
    return stream.getvalue()


def _xliff1() -> bytes:
    from bilingual.formats.xliff import write_xliff

    stream = io.BytesIO()
    write_xliff(UNITS, stream, version="1.2")
    return stream.getvalue()


def _files(*patterns: str, most: int = 60_000) -> tuple[bytes, ...]:
    paths = [path for pattern in patterns for path in sorted(REPOSITORY.glob(pattern))]
    return tuple(_head(path.read_bytes(), most) for path in paths)


def _head(data: bytes, most: int) -> bytes:
    """Whole lines from the beginning of a file."""
    return data if len(data) <= most else data[: data.rindex(b"\n", 0, most) + 1]


_SAMPLES = "tests/formats/samples/*"
_INDEX = [{"package_version": "1.0", "from_code": "en", "to_code": "ko", "links": ["https://example.com/a"]}]
_SAID = {
    "decisions": [{"id": "p1", "version": "00", "status": "edited", "target": "말", "note": ""}],
    "search": "a",
}


def make_readers(place: Path) -> list[Reader]:
    """All readers; place: a folder for what is written on the way."""
    table = _written(".csv")
    return [
        Reader("text", ".txt", document, (*_files("seeds/articles/0*.txt", "seeds/pages/*.txt"), "Ships sail\n\n배.\n".encode("utf-16"))),
        Reader("markdown", ".md", document, _files("seeds/pages/*.md")),
        Reader("page", ".html", document, _files("seeds/pages/*.html")),
        Reader("reviewed csv", ".csv", partial(reviewed, pairs_csv.read_pairs_csv), (_pairs_csv(), _pairs_csv().replace(b",", b"\t"))),
        Reader("reviewed xlsx", ".xlsx", partial(reviewed, pairs_xlsx.read_pairs_xlsx), (_pairs_xlsx(),), zipped=True),
        Reader("tmx", ".tmx", units, (_written(".tmx"), *_files(f"{_SAMPLES}.tmx"))),
        Reader("xliff 1.2", ".xlf", units, (_xliff1(), *_files(f"{_SAMPLES}.sdlxliff", f"{_SAMPLES}.mqxliff"))),
        Reader("xliff 2", ".xliff", units, (_written(".xlf"), *_files(f"{_SAMPLES}.xlf", f"{_SAMPLES}.xliff"))),
        Reader("po", ".po", units, (_written(".po"), *_files(f"{_SAMPLES}.po"))),
        Reader("units csv", ".csv", units, (table, "Ships sail,배가 떠난다\n".encode("cp949"))),
        Reader("glossary csv", ".csv", terms, (_terms(".csv", place), *_files("glossaries/countries.csv", most=4000))),
        Reader("glossary tbx", ".tbx", terms, (_terms(".tbx", place),)),
        Reader("glossary xlsx", ".xlsx", terms, (_terms(".xlsx", place),), zipped=True),
        Reader("argosmodel", ".argosmodel", package, (_package(),), zipped=True),
        Reader("index json", ".json", index, (json.dumps(_INDEX).encode(), json.dumps(_INDEX[0]).encode())),
        Reader("page request", ".json", request, (json.dumps(_SAID).encode(), b'{"find": "a", "put": "b"}')),
        Reader("recipe toml", ".toml", recipe, _files("bilingual/training/configs/*.toml")),
    ]  # fmt: skip


def digest(data: bytes) -> str:
    """Short name of a case's bytes."""
    return hashlib.sha256(data).hexdigest()[:12]


__all__ = ["Reader", "Sequence", "digest", "make_readers", "read_cells", "tomllib"]
