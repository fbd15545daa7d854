"""What a package says of itself: its metadata.json, or its entry in the index."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bilingual.errors import PackageError

_CODE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
_PLAIN = (str, int, float)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Metadata of a package; links are the addresses it can be fetched from, in the order to try."""

    version: str
    from_code: str
    to_code: str
    from_name: str = ""
    to_name: str = ""
    target_prefix: str = ""
    dependencies: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells packages apart: the languages and the version."""
        return self.from_code, self.to_code, self.version

    @property
    def order(self) -> tuple[int, ...]:
        """Numbers of the version, so that 1.10 comes after 1.9."""
        return tuple(int(number) for number in re.findall(r"\d{1,9}", self.version))


def parse_manifest(text: str | bytes, where: str) -> Manifest | None:
    """Read metadata.json; None where the package does not translate (Argos has other kinds too).

    Raises PackageError.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PackageError(where, f"metadata.json is not JSON ({error})", "take another copy") from error
    return take_manifest(found, where)


def take_manifest(found: object, where: str) -> Manifest | None:
    """Check the fields of one package; None where it does not translate. Raises PackageError."""
    if not isinstance(found, Mapping):
        raise PackageError(where, "the metadata of a package must be a JSON object", "take another copy")
    if found.get("type", "translate") != "translate":
        return None
    return Manifest(
        version=_text(found, "package_version", where),
        from_code=_language(found, "from_code", where),
        to_code=_language(found, "to_code", where),
        from_name=_text(found, "from_name", where),
        to_name=_text(found, "to_name", where),
        target_prefix=_text(found, "target_prefix", where),
        dependencies=_texts(found, "dependencies", where),
        links=_texts(found, "links", where),
    )


def _language(found: Mapping[str, object], key: str, where: str) -> str:
    code = _text(found, key, where)
    if not _CODE.fullmatch(code):
        raise PackageError(where, f"{key} is no language code: {code[:40]!r}", "take another copy")
    return code


def _text(found: Mapping[str, object], key: str, where: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if not isinstance(value, _PLAIN):
        raise PackageError(where, f"{key} in the metadata must be text", "take another copy")
    return _printable(str(value), key, where)


def _texts(found: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    values = found.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise PackageError(where, f"{key} in the metadata must be a list of texts", "take another copy")
    return tuple(_printable(value, key, where) for value in values)


def _printable(value: str, key: str, where: str) -> str:
    """Refuse what could steer a terminal; raises PackageError."""
    if not value.isprintable():
        raise PackageError(where, f"{key} in the metadata has control characters", "take another copy")
    return value
