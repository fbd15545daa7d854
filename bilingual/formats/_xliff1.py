"""Units of XLIFF 1.2, and of SDLXLIFF and MQXLIFF, which are XLIFF 1.2 with more."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lxml import etree

from bilingual.errors import FormatError
from bilingual.formats._xml import (
    XML_SPACE,
    attribute,
    bare,
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

_SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NAMES: dict[str | None, str] = {None: _SPACE}
_CODES = ("bpt", "ept", "it", "ph", "sub")
_OURS = "bilingual"
_CONTEXT = f"x-{_OURS}-"
_CONTEXTS = ("unit_id", "previous", "next", "origin", "reviewer", "created_at")
_STATES = {
    Status.DRAFT: "needs-review-translation",
    Status.ACCEPTED: "signed-off",
    Status.EDITED: "final",
    Status.REJECTED: "needs-translation",
}
_FOREIGN = {
    "approvedtranslation": Status.ACCEPTED,
    "approvedsignoff": Status.ACCEPTED,
    "translated": Status.ACCEPTED,
    "manuallyconfirmed": Status.ACCEPTED,
    "reviewer1confirmed": Status.ACCEPTED,
    "proofread": Status.ACCEPTED,
    "rejectedtranslation": Status.REJECTED,
    "rejectedsignoff": Status.REJECTED,
    "rejected": Status.REJECTED,
}
_MACHINE = ("mt", "nmt", "mt-suggestion", "leveraged-mt", "machinetranslated", "machine")


def write_document(file: "etree._IncrementalFileWriter", first: Unit, units: Iterable[Unit]) -> None:
    """Write the root element with a file for each run of units of one document."""
    languages = {"source-language": first.source_lang, "target-language": first.target_lang}
    with file.element("xliff", {"version": "1.2"}, nsmap=_NAMES):
        for document, group in groupby(units, key=lambda unit: unit.document):
            names = {"original": legal(document) or _OURS, "datatype": "plaintext"}
            file.write("\n")
            with file.element("file", {**languages, **names}), file.element("body"):
                seen: set[str] = set()
                for number, unit in enumerate(group, start=1):
                    file.write("\n", _element(unit, unique_name(legal(unit.unit_id), number, seen)))


def _element(unit: Unit, name: str) -> etree._Element:
    done = unit.status in (Status.ACCEPTED, Status.EDITED)
    values = {"id": name, "approved": "yes" if done else "no"}
    element = namespaced(f"{{{_SPACE}}}trans-unit", {**values, XML_SPACE: "preserve"}, _NAMES)
    etree.SubElement(element, f"{{{_SPACE}}}source").text = legal(unit.source)
    target = etree.SubElement(element, f"{{{_SPACE}}}target", state=_state(unit))
    target.text = legal(unit.target)
    if unit.status is Status.REJECTED:
        target.set("state-qualifier", "rejected-inaccurate")
    group = etree.SubElement(element, f"{{{_SPACE}}}context-group", purpose="information")
    contexts = {key: getattr(unit, key) for key in _CONTEXTS if key != "unit_id" or unit.unit_id != name}
    for key, value in contexts.items():
        if value:
            context = etree.SubElement(group, f"{{{_SPACE}}}context", {"context-type": f"{_CONTEXT}{key}"})
            context.text = legal(value)
    if unit.note:
        etree.SubElement(element, f"{{{_SPACE}}}note").text = legal(unit.note)
    return element


def _state(unit: Unit) -> str:
    return _STATES[unit.status] if unit.target or unit.status is not Status.DRAFT else "new"


def read_unit(element: etree._Element, path: Path, languages: tuple[str, str]) -> Iterator[Unit]:
    """Units of a trans-unit, one for each segment that it marks; none where it is not to be translated.

    Raises FormatError for one without a source.
    """
    name, source = attribute(element, "id"), child(element, "source")
    if attribute(element, "translate") == "no":
        return
    if source is None:
        raise FormatError(str(path), [(line(element), f"unit {name or '(without id)'} has no source")])
    segments = _marks(child(element, "seg-source"))
    if not segments:
        yield _unit(element, path, languages, (name, source, child(element, "target")))
        return
    targets = _marks(child(element, "target"))
    for number, segment in segments.items():
        yield _unit(element, path, languages, (f"{name}#{number}", segment, targets.get(number)), number)


def _marks(element: etree._Element | None) -> dict[str, etree._Element]:
    """Segments that are marked in a source or target, by their number."""
    inner = element.iter() if element is not None else ()
    marks = (mark for mark in inner if local(mark) == "mrk" and attribute(mark, "mtype") == "seg")
    return {attribute(mark, "mid"): mark for mark in marks}


def _unit(
    element: etree._Element,
    path: Path,
    languages: tuple[str, str],
    segment: tuple[str, etree._Element, etree._Element | None],
    number: str = "",
) -> Unit:
    name, source, target = segment
    file = next(
        above for above in (*element.iterancestors(), element) if local(above) in ("file", "trans-unit")
    )
    contexts = _contexts(element)
    document = attribute(file, "original")
    return Unit(
        source=text_within(source, path, _CODES),
        target="" if target is None else text_within(target, path, _CODES),
        source_lang=attribute(file, "source-language") or languages[0],
        target_lang=attribute(file, "target-language") or languages[1],
        unit_id=contexts.get("unit_id", name),
        status=_status(element, number),
        origin=_origin(element, number, contexts.get("origin", "")),
        previous=contexts.get("previous", ""),
        next=contexts.get("next", ""),
        reviewer=contexts.get("reviewer", ""),
        created_at=contexts.get("created_at", ""),
        note="\n".join(text_within(note, path) for note in children(element, "note")),
        document="" if document == _OURS else document,
        place=f"{path}:{line(element)}",
    )


def _contexts(element: etree._Element) -> dict[str, str]:
    groups = children(element, "context-group")
    contexts = (context for group in groups for context in children(group, "context"))
    return {attribute(one, "context-type").removeprefix(_CONTEXT): one.text or "" for one in contexts}


def _status(element: etree._Element, number: str) -> Status:
    """What the target's state says, then approved, then what Trados or memoQ say in their own attributes."""
    target = child(element, "target")
    state, qualifier = (
        attribute(target, name) if target is not None else "" for name in ("state", "state-qualifier")
    )
    if qualifier.startswith("rejected-"):
        return Status.REJECTED
    if state in ("final", "signed-off"):
        return Status.EDITED if state == "final" else Status.ACCEPTED
    if attribute(element, "approved") == "yes":
        return Status.ACCEPTED
    foreign = _foreign(element, "status") or _foreign(_definition(element, number), "conf")
    return _FOREIGN.get(foreign.casefold(), Status.DRAFT)


def _origin(element: etree._Element, number: str, ours: str) -> Origin:
    target = child(element, "target")
    said = ours or (attribute(target, "state-qualifier") if target is not None else "")
    said = said or _foreign(element, "status") or _foreign(_definition(element, number), "origin")
    if said.casefold() in _MACHINE:
        return Origin.MACHINE
    return Origin.MEMORY if said == Origin.MEMORY.value else Origin.HUMAN


def _definition(element: etree._Element, number: str) -> etree._Element | None:
    """What Trados says of a segment."""
    segments = (inner for inner in element.iter() if local(inner) == "seg")
    return next((segment for segment in segments if attribute(segment, "id") == number), None)


def _foreign(element: etree._Element | None, name: str) -> str:
    """An attribute of any namespace."""
    values = element.items() if element is not None else ()
    return next((str(value) for key, value in values if bare(str(key)) == name), "")
