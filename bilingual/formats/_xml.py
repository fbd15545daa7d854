"""XML in and out for every format: no entity is resolved, no DTD loaded, no network asked, bombs refused."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from lxml import etree

from bilingual.errors import DocumentError, FormatError

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Text without the characters that XML cannot hold (control characters, lone surrogates)."""
    return _ILLEGAL.sub("", text)


def local(element: etree._Element) -> str:
    """Tag without its namespace; comments and processing instructions have none and give ""."""
    return bare(element.tag) if isinstance(element.tag, str) else ""


def bare(name: str) -> str:
    """Name of an element or attribute without its namespace, which a damaged file may not even declare."""
    return name.rpartition("}")[2]


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Child elements of a local name, in any namespace."""
    return (child for child in element if local(child) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """First child element of a local name."""
    return next(children(element, name), None)


def attribute(element: etree._Element, name: str) -> str:
    """Value of an attribute, or nothing."""
    value = element.get(name)
    return value if isinstance(value, str) else ""


def read_elements(path: Path, tags: Collection[str], root: str) -> Iterator[etree._Element]:
    """Stream the outermost elements of the given local names, each with its ancestors, in bounded memory.

    An element is emptied when the next is asked for. root is the local name that the document must have.
    Raises DocumentError for a file that cannot be read and FormatError for one that breaks XML's rules.
    """
    try:
        with path.open("rb") as stream:
            yield from _outermost(etree.iterparse(stream, ("start", "end"), **_SAFE), tags, path, root)
    except etree.XMLSyntaxError as error:
        raise FormatError(str(path), [(error.lineno or 1, _reason(error))]) from None
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None


_SAFE = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


def _outermost(
    events: "etree.iterparse[tuple[str, etree._Element]]", tags: Collection[str], path: Path, root: str
) -> Iterator[etree._Element]:
    inside, seen = 0, False
    for event, element in events:
        if not seen:
            _check_start(element, path, root)
            seen = True
        wanted = local(element) in tags
        if event == "start":
            inside += wanted
            continue
        inside -= wanted
        if not inside:
            if wanted:
                yield element
            _drop(element)


def _check_start(element: etree._Element, path: Path, root: str) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[attr-defined]  # stubs
        raise FormatError(str(path), [(1, "declares entities of its own, which are never resolved")])
    if local(element) != root:
        raise FormatError(str(path), [(line(element), f"is <{local(element)}>, where <{root}> was expected")])


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    while parent is not None and len(parent) > 1:
        del parent[0]


def namespaced(tag: str, attributes: Mapping[str, str], names: Mapping[str | None, str]) -> etree._Element:
    """A new element with its namespaces, the default one under None."""
    return etree.Element(tag, dict(attributes), names)  # type: ignore[arg-type]  # the stubs forget None


def unique_name(wanted: str, number: int, seen: set[str]) -> str:
    """The name itself where it is new, else one of a number; what was given is kept in seen."""
    name = wanted if wanted and wanted not in seen else f"u{number}"
    while name in seen:
        name += "-"
    seen.add(name)
    return name


def text_within(element: etree._Element, path: Path, without: Collection[str] = ()) -> str:
    """Text of an element and of the elements in it, save those of the given local names (native codes).

    Raises FormatError for an entity, which is never resolved.
    """
    return "".join(_texts(element, path, without))


def _texts(element: etree._Element, path: Path, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if inner.tag is etree.Entity:
            raise FormatError(
                str(path), [(line(element), f"uses {inner.text}, and entities are not resolved")]
            )
        if local(inner) and local(inner) not in without:
            yield from _texts(inner, path, without)
        yield inner.tail or ""


def line(element: etree._Element) -> int:
    """Line of the file on which an element begins, from 1."""
    return element.sourceline if isinstance(element.sourceline, int) else 1


def _reason(error: etree.XMLSyntaxError) -> str:
    text = re.sub(r", line \d+, column \d+.*", "", error.msg or "")
    return f"is not well-formed XML ({text or 'the file is empty'})"


def same_language(one: str, other: str) -> bool:
    """Whether two language tags name one language, regions and scripts aside (en, en-US, EN_gb)."""
    return _main(one) == _main(other)


def _main(tag: str) -> str:
    return re.split("[-_]", tag, maxsplit=1)[0].casefold()
