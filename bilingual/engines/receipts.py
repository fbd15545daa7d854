"""What is kept beside an installed package: where it came from and its checksum at that time."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bilingual.errors import PackageError

NAME = ".bilingual.json"
_PAPERS = ("LICEN", "README", "COPYING")
_LINES = 12


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a package came from (a link or a path) and its checksum when it was installed."""

    came_from: str
    checksum: str


def write_receipt(folder: Path, receipt: Receipt) -> None:
    """Keep a receipt in a package's folder, where Argos does not mind it; raises OSError."""
    (folder / NAME).write_text(json.dumps(asdict(receipt), ensure_ascii=False), encoding="utf-8")


def read_receipt(folder: Path) -> Receipt | None:
    """The receipt of a package, None where another program installed it; raises PackageError."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_bytes())
        return Receipt(str(kept["came_from"]), str(kept["checksum"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError(str(path), f"cannot be read ({error})", "install the package again") from error


def read_papers(folder: Path) -> list[tuple[str, str]]:
    """Name and first lines of each licence and README in a package; control characters become spaces."""
    papers = sorted(
        path for path in folder.glob("*") if path.name.upper().startswith(_PAPERS) and path.is_file()
    )
    return [(path.name, _head(path)) for path in papers]


def _head(path: Path) -> str:
    with path.open("rb") as file:
        lines = file.read(4096).decode("utf-8", "replace").splitlines()[:_LINES]
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)
