"""Exchange with Poedit, Weblate and other tools as PO files of gettext."""

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError
from babel.messages.pofile import read_po as parse
from babel.messages.pofile import write_po as render

from bilingual.errors import DocumentError, FormatError
from bilingual.formats._xml import legal, same_language
from bilingual.records import Origin, Status, Unit

_KEPT = ("status", "origin", "previous", "next", "reviewer", "created_at", "document")
_LINE = re.compile(rb'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s*)?"(\\.|[^"\\])*"\s*)?')
_SOURCE = re.compile(r"Source language: (\S+)")
_PLURALS = re.compile(rb"nplurals\s*=\s*(\d+)")
_UNBROKEN = 1 << 30


def write_po(units: Iterable[Unit], stream: IO[bytes]) -> None:
    """Write units of one language pair: ids are contexts, drafts are fuzzy, the rest stands in comments.

    Left out are control characters and units without a source. A unit that has id and source of another gets
    a number in its context.
    """
    source = iter(units)
    first = next(source, Unit("", ""))
    catalog = Catalog(
        locale=first.target_lang.replace("-", "_"),
        header_comment=f"# Source language: {first.source_lang}",
        project="bilingual",
    )
    for number, unit in enumerate(chain((first,), source), start=1):
        if unit.source:
            _add(catalog, unit, number)
    render(stream, catalog, width=_UNBROKEN)


def _add(catalog: Catalog, unit: Unit, number: int) -> None:
    source, context = legal(unit.source), legal(unit.unit_id) or None
    if catalog.get(source, context) is not None:
        context = f"{unit.unit_id}#{number}"
    kept = {name: getattr(unit, name) for name in _KEPT}
    catalog.add(
        source,
        legal(unit.target),
        context=context,
        flags=["fuzzy"] if _fuzzy(unit) else [],
        user_comments=[line.strip() for line in legal(unit.note).splitlines() if line.strip()],
        auto_comments=[f"{name}: {json.dumps(value)}" for name, value in kept.items() if value],
    )


def _fuzzy(unit: Unit) -> bool:
    return unit.status is Status.REJECTED or (unit.status is Status.DRAFT and bool(unit.target))


def read_po(path: Path, source_lang: str = "en", target_lang: str = "ko") -> Iterator[Unit]:
    """Units of a PO file, both forms of a plural; what is not fuzzy counts as accepted.

    The languages stand for those that the file does not name. Raises DocumentError, and FormatError for lines
    that are not PO, a file in another language and one without a unit.
    """
    catalog = _catalog(path)
    language = catalog.locale_identifier or target_lang
    if not same_language(language, target_lang):
        raise FormatError(str(path), [(1, f"is in {language}, not {target_lang}")])
    named = _SOURCE.search(catalog.header_comment)
    languages = (named[1] if named else source_lang, language.replace("_", "-"))
    units = [unit for message in catalog if message.id for unit in _units(message, path, languages)]
    if not units:
        raise FormatError(str(path), [(1, "has no unit")])
    yield from units


def _catalog(path: Path) -> Catalog:
    try:
        content = path.read_bytes()
        _check(path, content)
        return parse(BytesIO(content), abort_invalid=True)
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None
    except PoFileError as error:
        raise FormatError(str(path), [(error.lineno + 1, str(error).rpartition(" on ")[0])]) from None
    except (UnicodeDecodeError, LookupError) as error:
        raise FormatError(str(path), [(1, f"does not hold the encoding it names ({error})")]) from None
    except ValueError as error:
        raise FormatError(str(path), [(1, f"has a header that cannot be read ({error})")]) from None


def _check(path: Path, content: bytes) -> None:
    """Refuse what the parser would pass over in silence, such as a quotation mark that does not close."""
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    problems = [
        (number, "is no line of a PO file; does a quotation mark not close?")
        for number, line in enumerate(lines, start=1)
        if not _LINE.fullmatch(line)
    ]
    if any(len(forms) > 1 for forms in _PLURALS.findall(content)):  # a place would be made for each
        problems.append((1, "names more plural forms than any language has"))
    if problems:
        raise FormatError(str(path), problems)


def _units(message: Message, path: Path, languages: tuple[str, str]) -> Iterator[Unit]:
    sources = (message.id,) if isinstance(message.id, str) else message.id
    targets = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    kept = _kept(message.auto_comments)
    for number, source in enumerate(sources):
        target = targets[min(number, len(targets) - 1)] or targets[0]
        yield Unit(
            source=source,
            target=target,
            source_lang=languages[0],
            target_lang=languages[1],
            unit_id=message.context or "",
            status=_status(target, kept.get("status", ""), fuzzy=message.fuzzy),
            origin=Origin(kept["origin"]) if kept.get("origin") in list(Origin) else Origin.HUMAN,
            previous=kept.get("previous", ""),
            next=kept.get("next", ""),
            reviewer=kept.get("reviewer", ""),
            created_at=kept.get("created_at", ""),
            note="\n".join(line for line in message.user_comments if not line.startswith("| ")),
            document=kept.get("document", ""),
            place=f"{path}:{message.lineno}",
        )


def _kept(comments: Iterable[str]) -> dict[str, str]:
    """What write_po put into comments; the comments of others are passed over."""
    fields = (comment.partition(": ") for comment in comments)
    return {
        name: legal(json.loads(value))
        for name, _, value in fields
        if name in _KEPT and _JSON.fullmatch(value)
    }


_JSON = re.compile(r'"(?:\\["\\/bfnrt]|\\u[0-9a-f]{4}|[^"\\\x00-\x1f])*"')


def _status(target: str, said: str, *, fuzzy: bool) -> Status:
    if fuzzy:
        return Status.REJECTED if said == Status.REJECTED.value else Status.DRAFT
    if not target:
        return Status.DRAFT
    return Status.EDITED if said == Status.EDITED.value else Status.ACCEPTED
