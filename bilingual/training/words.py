"""Terms, titles, bodies and places with the Korean that annotated sentences give them, the commonest first.

python -m bilingual.training.words BITEXT OUT
"""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ATTRIBUTION = "# Terms and names of sentences written for this project.\nsource\ttarget\ttype\n"
_MARK = re.compile(r"\{([TOLMW]):(?:[Tt]he )?([^{}|]*)\|([^{}|]*)\}")
_TYPES = {"T": "title", "O": "organization", "L": "place", "M": "term", "W": "event"}


def words(text: str) -> list[tuple[str, str, str]]:
    """Rows (source, target, type) of marked text; where the Korean differs, what stands in half of them."""
    counts: Counter[tuple[str, str, str]] = Counter((b, c, _TYPES[a]) for a, b, c in _MARK.findall(text))
    totals: Counter[str] = Counter()
    for (source, _, _), count in counts.items():
        totals[source] += count
    return sorted(row for row, count in counts.items() if 2 * count >= totals[row[0]] and len(row[0]) > 1)


def main(arguments: Sequence[str]) -> None:
    """Read the sentences and write the table."""
    bitext, out = map(Path, arguments)
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(bitext.glob("*.tsv")))
    out.write_text(ATTRIBUTION + "".join("\t".join(row) + "\n" for row in words(text)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
