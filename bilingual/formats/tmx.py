"""Translation memories as TMX 1.4b, and as Trados, memoQ, OmegaT and Weblate write it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import IO

from lxml import etree

from bilingual.errors import FormatError
from bilingual.formats._xml import (
    XML_LANG,
    attribute,
    child,
    children,
    legal,
    line,
    read_elements,
    same_language,
    text_within,
)
from bilingual.records import Origin, Status, Unit

_CODES = ("bpt", "ept", "it", "ph", "ut")
_TIME = "%Y%m%dT%H%M%SZ"
_PROPS = {
    "previous": ("x-context-pre", "prev"),
    "next": ("x-context-post", "next"),
    "document": ("x-document", "file", "x-originalfile"),
    "status": ("x-status", "x-confirmationlevel"),
    "origin": ("x-origin", "origin"),
    "unit_id": ("id",),
}
_STATUSES = {
    "approvedsignoff": Status.ACCEPTED,
    "approvedtranslation": Status.ACCEPTED,
    "translated": Status.ACCEPTED,
    "rejectedsignoff": Status.REJECTED,
    "rejectedtranslation": Status.REJECTED,
    **{status.value: status for status in Status},
}
_MACHINE = ("machine", "mt", "automatictranslation", "nmt")


def write_tmx(units: Iterable[Unit], stream: IO[bytes]) -> None:
    """Write units as they come; characters that XML cannot hold are left out."""
    source = iter(units)
    first = next(source, None)
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with file.element("tmx", version="1.4"):
            file.write(_header(first.source_lang if first else "en"), "\n")
            with file.element("body"):
                for unit in chain((first,) if first else (), source):
                    file.write("\n", _element(unit))


def _header(source_lang: str) -> etree._Element:
    return etree.Element(
        "header",
        {
            "creationtool": "bilingual",
            "creationtoolversion": version("bilingual"),
            "segtype": "sentence",
            "o-tmf": "bilingual",
            "adminlang": "en",
            "srclang": source_lang,
            "datatype": "plaintext",
        },
    )


def _element(unit: Unit) -> etree._Element:
    values = {"tuid": unit.unit_id, "creationdate": _stamp(unit.created_at), "creationid": unit.reviewer}
    element = etree.Element("tu", {name: legal(value) for name, value in values.items() if value})
    if unit.note:
        etree.SubElement(element, "note").text = legal(unit.note)
    for name in ("status", "origin", "previous", "next", "document"):
        if value := getattr(unit, name):
            etree.SubElement(element, "prop", type=_PROPS[name][0]).text = legal(value)
    for language, text in ((unit.source_lang, unit.source), (unit.target_lang, unit.target)):
        variant = etree.SubElement(element, "tuv", {XML_LANG: language})
        etree.SubElement(variant, "seg").text = legal(text)
    return element


def _stamp(time: str) -> str:
    """A time as TMX writes it, or nothing where it is none."""
    try:
        return datetime.fromisoformat(time).astimezone(UTC).strftime(_TIME)
    except (ValueError, OverflowError):
        return ""


def read_tmx(path: Path, source_lang: str = "en", target_lang: str = "ko") -> Iterator[Unit]:
    """Stream the units that have both languages, regions aside; other languages are passed over.

    Raises DocumentError, FormatError (after the good units where single ones are wrong), and FormatError for
    a memory without a single unit of the two languages.
    """
    problems: list[tuple[int, str]] = []
    seen: dict[str, None] = {}
    count = 0
    for element in read_elements(path, {"tu"}, "tmx"):
        variants = list(children(element, "tuv"))
        seen.update(dict.fromkeys(_language(variant) for variant in variants))
        try:
            unit = _unit(element, variants, path, (source_lang, target_lang))
        except FormatError as error:
            problems += error.problems
        else:
            count += unit is not None
            yield from () if unit is None else (unit,)
    if not count and not problems:
        what = f"has no unit in {source_lang} and {target_lang}; its languages: {', '.join(seen) or 'none'}"
        problems.append((1, what))
    if problems:
        raise FormatError(str(path), problems)


def _unit(
    element: etree._Element, variants: list[etree._Element], path: Path, languages: tuple[str, str]
) -> Unit | None:
    both = [_variant(variants, language) for language in languages]
    if None in both:
        return None
    name = attribute(element, "tuid")
    source, target = (_segment(variant, name, path) for variant in both if variant is not None)
    props = _props([element, *variants])
    return Unit(
        source=source,
        target=target,
        source_lang=_language(both[0]),
        target_lang=_language(both[1]),
        unit_id=name or props["unit_id"],
        status=_STATUSES.get(_plain(props["status"]), Status.DRAFT),
        origin=_origin(props["origin"]),
        previous=props["previous"],
        next=props["next"],
        reviewer=_first([both[1], element], "changeid", "creationid"),
        created_at=_time(_first([both[1], element], "changedate", "creationdate")),
        note="\n".join(note.text or "" for note in children(element, "note")),
        document=props["document"],
        place=f"{path}:{line(element)}",
    )


def _variant(variants: list[etree._Element], language: str) -> etree._Element | None:
    """The variant in a language: the very tag before others of the same main language."""
    fitting = [variant for variant in variants if same_language(_language(variant), language)]
    return min(
        fitting, key=lambda variant: _language(variant).casefold() != language.casefold(), default=None
    )


def _language(variant: etree._Element | None) -> str:
    return "" if variant is None else attribute(variant, XML_LANG) or attribute(variant, "lang")


def _segment(variant: etree._Element, name: str, path: Path) -> str:
    segment = child(variant, "seg")
    if segment is None:
        what = f"unit {name or '(without id)'} has no segment in {_language(variant)}"
        raise FormatError(str(path), [(line(variant), what)])
    return text_within(segment, path, _CODES)


def _props(elements: list[etree._Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        for prop in children(element, "prop"):
            found.setdefault(attribute(prop, "type").casefold(), re.sub("</?seg>", "", prop.text or ""))
    return {
        name: next((found[kind] for kind in kinds if kind in found), "") for name, kinds in _PROPS.items()
    }


def _plain(value: str) -> str:
    return value.strip().replace(" ", "").casefold()


def _origin(value: str) -> Origin:
    if _plain(value) in _MACHINE:
        return Origin.MACHINE
    return Origin.MEMORY if _plain(value) == Origin.MEMORY.value else Origin.HUMAN


def _first(elements: list[etree._Element | None], *names: str) -> str:
    values = (attribute(element, name) for element in elements if element is not None for name in names)
    return next(filter(None, values), "")


def _time(stamp: str) -> str:
    try:
        return datetime.strptime(stamp, _TIME).replace(tzinfo=UTC).isoformat()
    except ValueError:
        return ""
