"""Units of XLIFF 2.0 and 2.1; what the core does not hold stands in its metadata module."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lxml import etree

from bilingual.errors import FormatError
from bilingual.formats._xml import (
    XML_SPACE,
    attribute,
    child,
    children,
    legal,
    line,
    local,
    namespaced,
    text_within,
    unique_name,
)
from bilingual.records import Origin, Status, Unit

_SPACE = "urn:oasis:names:tc:xliff:document:2.0"
_META = "urn:oasis:names:tc:xliff:metadata:2.0"
_NAMES: dict[str | None, str] = {None: _SPACE, "mda": _META}
_OURS = "bilingual"
_METAS = ("unit_id", "previous", "next", "origin", "reviewer", "created_at")
_STATES = {
    Status.DRAFT: "translated",
    Status.ACCEPTED: "reviewed",
    Status.EDITED: "final",
    Status.REJECTED: "initial",
}
_STATUSES = {"reviewed": Status.ACCEPTED, "final": Status.EDITED}
_REJECTED = f"{_OURS}:rejected"
_TOKEN = re.compile(r"[\w.:-]+", re.ASCII)


def write_document(file: "etree._IncrementalFileWriter", first: Unit, units: Iterable[Unit]) -> None:
    """Write the root element with a file for each run of units of one document."""
    values = {"version": "2.1", "srcLang": first.source_lang, "trgLang": first.target_lang}
    with file.element("xliff", values, nsmap=_NAMES):
        for number, (document, group) in enumerate(groupby(units, key=lambda unit: unit.document), start=1):
            names = {"id": f"f{number}", "original": legal(document) or _OURS}
            file.write("\n")
            with file.element("file", names):
                seen: set[str] = set()
                for place, unit in enumerate(group, start=1):
                    file.write("\n", _element(unit, _name(unit.unit_id, place, seen)))


def _name(unit_id: str, number: int, seen: set[str]) -> str:
    return unique_name(unit_id if _TOKEN.fullmatch(unit_id) else "", number, seen)


def _element(unit: Unit, name: str) -> etree._Element:
    element = namespaced(f"{{{_SPACE}}}unit", {"id": name, XML_SPACE: "preserve"}, _NAMES)
    values = {key: getattr(unit, key) for key in _METAS if key != "unit_id" or unit.unit_id != name}
    metadata = etree.SubElement(element, f"{{{_META}}}metadata")
    group = etree.SubElement(metadata, f"{{{_META}}}metaGroup", category=_OURS)
    for key, value in values.items():
        if value:
            etree.SubElement(group, f"{{{_META}}}meta", type=key).text = legal(value)
    if unit.note:
        notes = etree.SubElement(element, f"{{{_SPACE}}}notes")
        etree.SubElement(notes, f"{{{_SPACE}}}note").text = legal(unit.note)
    segment = etree.SubElement(element, f"{{{_SPACE}}}segment", _state(unit))
    etree.SubElement(segment, f"{{{_SPACE}}}source").text = legal(unit.source)
    if unit.target:
        etree.SubElement(segment, f"{{{_SPACE}}}target").text = legal(unit.target)
    return element


def _state(unit: Unit) -> dict[str, str]:
    if unit.status is Status.REJECTED:
        return {"state": "initial", "subState": _REJECTED}
    return {"state": _STATES[unit.status] if unit.target else "initial"}


def read_unit(element: etree._Element, path: Path, languages: tuple[str, str]) -> Iterator[Unit]:
    """Units of a unit, one for each segment; none where it is not to be translated.

    Raises FormatError for a segment without a source.
    """
    if attribute(element, "translate") == "no":
        return
    segments = list(children(element, "segment"))
    for number, segment in enumerate(segments, start=1):
        name = attribute(element, "id")
        if len(segments) > 1:
            name = f"{name}#{attribute(segment, 'id') or number}"
        yield _unit(element, segment, path, languages, name)


def _unit(
    element: etree._Element, segment: etree._Element, path: Path, languages: tuple[str, str], name: str
) -> Unit:
    source, target = child(segment, "source"), child(segment, "target")
    if source is None:
        raise FormatError(str(path), [(line(segment), f"unit {name or '(without id)'} has no source")])
    root, metas = element.getroottree().getroot(), _metas(element)
    file = next((above for above in element.iterancestors() if local(above) == "file"), element)
    document = attribute(file, "original")
    return Unit(
        source=text_within(source, path),
        target="" if target is None else text_within(target, path),
        source_lang=attribute(root, "srcLang") or languages[0],
        target_lang=attribute(root, "trgLang") or languages[1],
        unit_id=metas.get("unit_id", name),
        status=_status(segment),
        origin=Origin(metas["origin"]) if metas.get("origin") in list(Origin) else Origin.HUMAN,
        previous=metas.get("previous", ""),
        next=metas.get("next", ""),
        reviewer=metas.get("reviewer", ""),
        created_at=metas.get("created_at", ""),
        note=_notes(element, path),
        document="" if document == _OURS else document,
        place=f"{path}:{line(segment)}",
    )


def _metas(element: etree._Element) -> dict[str, str]:
    groups = (
        group for metadata in children(element, "metadata") for group in children(metadata, "metaGroup")
    )
    ours = (group for group in groups if attribute(group, "category") == _OURS)
    return {attribute(meta, "type"): meta.text or "" for group in ours for meta in children(group, "meta")}


def _status(segment: etree._Element) -> Status:
    state = attribute(segment, "state")
    if state in ("", "initial") and attribute(segment, "subState") == _REJECTED:
        return Status.REJECTED
    return _STATUSES.get(state, Status.DRAFT)


def _notes(element: etree._Element, path: Path) -> str:
    notes = (note for group in children(element, "notes") for note in children(group, "note"))
    return "\n".join(text_within(note, path) for note in notes)
