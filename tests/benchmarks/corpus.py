"""News to measure with: the project's own sentences, with other names and numbers where more are wanted."""

import re
from collections.abc import Sequence
from pathlib import Path

from bilingual.text.segment import split_sentences

SEEDS = Path(__file__).parent.parent.parent / "seeds"
PARAGRAPH = 3  # sentences


def news(count: int) -> list[str]:
    """Sentences of the project's own news, each once; short of count they come again with other numbers."""
    texts = [
        line.split("\t")[0]
        for path in sorted((SEEDS / "bitext").glob("*.tsv"))
        for line in path.open(encoding="utf-8")
    ]
    plain = [unmarked(text) for text in texts]
    sentences = list(
        dict.fromkeys(s for text in plain for s, _ in split_sentences(text) if len(s.split()) > 4)
    )
    step = max(len(sentences) // count, 1)
    return sentences[::step][:count]


def unmarked(text: str) -> str:
    """Text without the {TYPE:english|korean} marks of the bitext."""
    return re.sub(r"\{[A-Z]:([^{}|]*)\|[^{}|]*\}", r"\1", text)


def write_files(folder: Path, sentences: Sequence[str]) -> list[str]:
    names = []
    for start in range(0, len(sentences), 30):
        part = sentences[start : start + 30]
        paragraphs = [" ".join(part[i : i + PARAGRAPH]) for i in range(0, len(part), PARAGRAPH)]
        path = folder / f"{start:05}.txt"
        path.write_text("\n\n".join(paragraphs), encoding="utf-8")
        names.append(str(path))
    return names
