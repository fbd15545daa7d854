"""Glossaries as TBX: TBX-Basic v3 (ISO 30042:2019, DCA style) out; v3 of both styles and v2 in."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from lxml import etree

from bilingual.errors import DocumentError
from bilingual.formats._xml import XML_LANG, attribute, legal, line, local, read_elements, text_within
from bilingual.formats.term_rows import make_terms
from bilingual.records import Row, Term, TermStatus, TermType

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_SPACES: dict[str, str] = {None: _NAMESPACE}  # type: ignore[dict-item]  # the stubs know no default namespace
_XML = XML_LANG[1:].partition("}")[0]  # named, since lxml would make up another prefix for it
_STATUS = {
    TermStatus.APPROVED: "preferredTerm-admn-sts",
    TermStatus.PROPOSED: "admittedTerm-admn-sts",
    TermStatus.REJECTED: "supersededTerm-admn-sts",
    TermStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_MEANING = {name: status for status, name in _STATUS.items()}
_NOTED = ("variant_of", "valid_from", "valid_until", "note")  # what TBX-Basic has no category for
_TYPES = frozenset(TermType)


def write_tbx(terms: Iterable[Term], stream: IO[bytes]) -> None:
    """Write each term as one concept with an English and a Korean term."""
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    with etree.xmlfile(stream, encoding="utf-8") as file:
        root = {"type": "TBX-Basic", "style": "dca", XML_LANG: "en"}
        with file.element(f"{{{_NAMESPACE}}}tbx", root, nsmap={**_SPACES, "xml": _XML}):
            file.write(_header())
            with file.element(f"{{{_NAMESPACE}}}text"), file.element(f"{{{_NAMESPACE}}}body"):
                for number, term in enumerate(terms, start=1):
                    file.write(_entry(number, term))


def _header() -> etree._Element:
    header = etree.Element(f"{{{_NAMESPACE}}}tbxHeader", nsmap=_SPACES)
    described = _add(_add(header, "fileDesc"), "sourceDesc")
    _add(described, "p", "A glossary of bilingual, English and Korean")
    return header


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    child.text = legal(text) or None
    return child


def _entry(number: int, term: Term) -> etree._Element:
    entry = etree.Element(f"{{{_NAMESPACE}}}conceptEntry", {"id": f"c{number}"}, nsmap=_SPACES)
    _add(entry, "descrip", term.type, type="subjectField")
    for name in _NOTED:
        if value := str(getattr(term, name)):
            _add(entry, "note", f"{name}: {value}")
    for language, text in (("en", term.source), ("ko", term.target)):
        section = _add(_language(entry, language), "termSec")
        _add(section, "term", text)
        if language == "en" and term.country:
            _add(section, "termNote", term.country, type="geographicalUsage")
        if language == "ko":
            _add(section, "termNote", _STATUS[term.status], type="administrativeStatus")
    return entry


def _language(entry: etree._Element, language: str) -> etree._Element:
    section = _add(entry, "langSec")
    section.set(XML_LANG, language)
    return section


def read_tbx(path: Path) -> list[Term]:
    """Terms of a TBX file, one for each English and Korean term of a concept, origin "file:line".

    Raises DocumentError for a file that cannot be read, FormatError for one that is no well-formed TBX,
    declares entities or is nested beyond reason, GlossaryError for concepts that make no term.
    """
    entries = read_elements(path, {"conceptEntry", "termEntry"}, _root(path))
    return make_terms(row for entry in entries for row in _rows(entry, path))


def _root(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            head = stream.read(4096).replace(b"\0", b"")
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None
    return "martif" if b"<martif" in head else "tbx"


def _rows(entry: etree._Element, path: Path) -> Iterator[Row]:
    """Rows of a concept: its first Korean term is approved, further ones are as their status says."""
    shared = _shared(entry, path)
    english, korean = list(_terms(entry, "en", path)), list(_terms(entry, "ko", path))
    for place, source in enumerate(english):
        for number, target in enumerate(korean):
            default = TermStatus.APPROVED if not number else TermStatus.PROPOSED
            cells = {
                **shared,
                "source": source["term"],
                "target": target["term"],
                "status": _MEANING.get(target.get("administrativeStatus", ""), default),
                "country": source.get("geographicalUsage", ""),
            }
            if place and not cells.get("variant_of"):
                cells["variant_of"] = english[0]["term"]
            yield Row(str(path), line(entry), cells)


def _shared(entry: etree._Element, path: Path) -> dict[str, str]:
    """What a concept says of all its terms; notes of other programs are joined."""
    kind, notes = "", dict[str, str]()
    for element in entry:
        text = " ".join(text_within(element, path).split()) if _is_leaf(element) else ""
        if _category(element) == "subjectField" and text.lower() in _TYPES:
            kind = text.lower()
        elif local(element) == "note":
            name, mark, value = text.partition(": ")
            own = bool(mark) and name in _NOTED
            key, said = (name, value) if own else ("note", text)
            notes[key] = f"{notes[key]}; {said}" if key in notes else said
    return {"type": kind, **notes}


def _is_leaf(element: etree._Element) -> bool:
    return local(element) not in {"", "langSec", "langSet", "transacGrp"}


def _category(element: etree._Element) -> str:
    """Data category: the attribute type in DCA style, the element's own name in DCT style."""
    return attribute(element, "type") or local(element)


def _terms(entry: etree._Element, language: str, path: Path) -> Iterator[Mapping[str, str]]:
    """Term and data categories of each term of a language (en is also en-US)."""
    for section in entry:
        code = attribute(section, XML_LANG).replace("_", "-").lower()
        if local(section) in {"langSec", "langSet"} and code.split("-")[0] == language:
            for term in section.iter():
                if local(term) in {"termSec", "tig", "ntig"}:
                    yield _categories(term, path)


def _categories(section: etree._Element, path: Path) -> dict[str, str]:
    found = {"term": ""}
    for element in section.iter():
        if local(element) == "term":
            found["term"] = " ".join(text_within(element, path).split())
        elif _category(element) in {"administrativeStatus", "geographicalUsage"}:
            found[_category(element)] = " ".join(text_within(element, path).split())
    return found
