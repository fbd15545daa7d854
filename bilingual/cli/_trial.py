"""A test set from files: sentences, references, and the terms that a translation must keep."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bilingual.errors import EvaluationError
from bilingual.glossary.inject import Requirement
from bilingual.glossary.match import Matcher
from bilingual.records import Term
from bilingual.scores import Trial
from bilingual.training.marks import requirements


def read_trial(source: Path, reference: Path | None, terms: Iterable[Term] = ()) -> Trial:
    """The test set; its terms are the marks of the English and what is found of the terms given."""
    lines = read_lines(source)
    if reference is None:
        rows = [line.split("\t")[-2:] for line in lines]
        if wrong := [number for number, row in enumerate(rows, 1) if len(row) != 2]:  # noqa: PLR2004
            raise EvaluationError(
                str(source), f"line {wrong[0]} has no tab", "give a TSV or a reference file"
            )
        lines, references = [row[0] for row in rows], [row[1] for row in rows]
    else:
        references = read_lines(reference)
    if len(lines) != len(references) or not lines:
        what = f"has {len(lines)} sentences for {len(references)} references"
        raise EvaluationError(str(source), what, "give one reference a sentence")
    read = [requirements(line) for line in lines]
    known = Matcher(terms)
    wanted = tuple((*marked, *_found(known, text, marked)) for text, marked in read)
    return Trial(source.stem, tuple(text for text, _ in read), tuple(references), wanted)


def _found(known: Matcher, text: str, marked: Sequence[Requirement]) -> list[Requirement]:
    """Terms of a glossary in a sentence, where no mark is."""
    return [
        Requirement(match.start, match.end, match.text, match.term.target, match.term.type)
        for match in known.find(text)
        if not any(match.start < mark.end and mark.start < match.end for mark in marked)
    ]


def read_lines(path: Path) -> list[str]:
    """Lines of a UTF-8 file, with or without a BOM; raises EvaluationError."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(str(path), f"cannot be read as UTF-8 ({error})", "give a text file") from error
