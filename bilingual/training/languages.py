"""Names counted by the language whose rules give the Korean that stands beside them.

python -m bilingual.training.languages BITEXT PERSONS OUT
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bilingual.text.east import chinese, japanese
from bilingual.text.languages import count
from bilingual.training.korean import cut, read_glossary, read_marks

ATTRIBUTION = (
    "# Three letters of names by language; from names written for this project.\nlanguage\tletters\tcount\n"
)
_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)+")


def language(name: str, hangul: str) -> str:
    """Language of a name by the rules that give its Korean.

    >>> language("Wi Sung-lac", "위성락"), language("Hiroshi Kanda", "간다 히로시")
    ('ko', 'ja')
    """
    if cut(name, hangul):
        return "ko"
    if "".join(map(chinese, name.split())) == hangul:
        return "zh"
    read = list(map(japanese, name.split()))
    return "ja" if hangul in (" ".join(read), " ".join(reversed(read))) else "other"


def labelled(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Language and letters of names of two words or more."""
    for name, hangul in dict.fromkeys(rows):
        if _NAME.fullmatch(name):
            yield language(name, hangul), name


def main(arguments: Sequence[str]) -> None:
    """Read names, label them and write their counts."""
    bitext, persons, out = map(Path, arguments)
    rows = count(labelled([*read_marks(bitext), *read_glossary(persons)]))
    lines = (f"{language}\t{letters}\t{number:g}\n" for language, letters, number in rows)
    out.write_text(ATTRIBUTION + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
