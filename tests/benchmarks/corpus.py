"""News to measure with: the project's own sentences, with other names and numbers where more are wanted."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bilingual.text.segment import split_sentences

SEEDS = Path(__file__).parent.parent.parent / "seeds"
PARAGRAPH = 3  # sentences


def news(count: int) -> list[str]:
    """Sentences of the project's own news, each once, evenly taken; there are about 15,000."""
    found = dict.fromkeys(unmarked(text) for text in marked())
    sentences = list(found)
    step = max(len(sentences) // count, 1)
    return sentences[::step][:count]


def marked() -> list[str]:
    """Every sentence of five words or more of the bitext, its names and terms marked."""
    texts = [
        line.split("\t")[0]
        for path in sorted((SEEDS / "bitext").glob("*.tsv"))
        for line in path.open(encoding="utf-8")
    ]
    pieces = (piece for text in texts for piece, _ in split_sentences(text))
    return [
        piece for piece in pieces if len(unmarked(piece).split()) > 4 and piece.count("{") == piece.count("}")
    ]


def unmarked(text: str) -> str:
    """Text without the {TYPE:english|korean} marks of the bitext."""
    return re.sub(r"\{[A-Z]:([^{}|]*)\|[^{}|]*\}", r"\1", text)


def write_files(folder: Path, sentences: Sequence[str]) -> list[str]:
    """Write articles of thirty sentences; gives their names."""
    names = []
    for start in range(0, len(sentences), 30):
        path = folder / f"{start:05}.txt"
        path.write_text(paragraphs(sentences[start : start + 30]), encoding="utf-8")
        names.append(str(path))
    return names


SURNAMES = (
    "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu Hong".split()
)
GIVEN = (
    "Min-su Ji-won Seo-yeon Do-hyun Tae-yang Eun-ji Sang-woo Hye-jin Jae-min Yu-na Dong-hyuk Su-bin".split()
)


def varied(count: int, seed: int = 7) -> Iterator[str]:
    """As many sentences as wanted, no two alike: our own with other names of people and other numbers.

    However many they are, they are of one kind, so that times for few and for many can be compared.
    """
    dice, seen, own = random.Random(seed), set[str](), marked()
    while len(seen) < count:
        text = vary(dice.choice(own), dice)
        if text not in seen:
            seen.add(text)
            yield text


def vary(text: str, dice: random.Random) -> str:
    named = re.sub(r"\{P:[^{}|]*\|[^{}|]*\}", lambda _: f"{dice.choice(SURNAMES)} {dice.choice(GIVEN)}", text)
    other = re.sub(r"\d", lambda _: dice.choice("123456789"), unmarked(named))
    who = f"{dice.choice(SURNAMES)} {dice.choice(GIVEN)}"
    return other if other != unmarked(text) else f"{other.rstrip('.')}, {who}, {dice.randint(20, 90)}, said."


def write_articles(folder: Path, sentences: Iterable[str], length: int = 20) -> int:
    """Write articles of so many sentences each, a hundred to a folder; gives their number."""
    rest, number = iter(sentences), 0
    while part := list(islice(rest, length)):
        place = folder / f"{number // 100:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(paragraphs(part), encoding="utf-8")
        number += 1
    return number


def paragraphs(sentences: Sequence[str]) -> str:
    starts = range(0, len(sentences), PARAGRAPH)
    return "\n\n".join(" ".join(sentences[start : start + PARAGRAPH]) for start in starts)
