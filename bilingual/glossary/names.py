"""Names into Korean: each language by its own way, weighed by how likely the name is of that language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.glossary.gazetteer import table
from bilingual.text import foreign, romanization
from bilingual.text.east import CHINESE_SURNAMES, chinese, japanese
from bilingual.text.languages import Letters, languages, learn

_SOUNDS = {
    "ko": "Korean name by its syllables",
    "zh": "Chinese name by pinyin",
    "ja": "Japanese name by romaji",
    "other": "foreign name by sound",
    "row": "common name",
}
_WIDTH = 4
_SURNAME = 30.0  # how much likelier a name that begins like one of China is Chinese
Scored = tuple[str, float, str]


@dataclass(frozen=True)
class Sounds:
    """What names are read with; words keeps what was transcribed."""

    syllables: romanization.Syllables
    chains: foreign.Chains
    letters: Letters
    rows: Mapping[str, str]
    common: frozenset[str]
    words: dict[str, list[romanization.Reading]] = field(default_factory=dict, compare=False, repr=False)


def load(folder: Path) -> Sounds:
    """Tables of a folder of names (korean.tsv, foreign.txt, languages.tsv, english.tsv, common.txt)."""
    rows = {line[0].lower(): line[1] for line in table(folder / "english.tsv")}
    letters = learn((one, two, float(number)) for one, two, number in table(folder / "languages.tsv"))
    common = frozenset((folder / "common.txt").read_text(encoding="utf-8").split())
    return Sounds(
        romanization.load(folder / "korean.tsv"), foreign.load(folder / "foreign.txt"), letters, rows, common
    )


def person(name: str, sounds: Sounds, limit: int = 5) -> list[Scored]:
    """Korean forms of a person's name, best first, with probability and reason."""
    shares = _shares(name, sounds)
    found: dict[str, tuple[float, str]] = {}
    for language, share in shares.items():
        for hangul, chance in _readings(name, language, sounds):
            known, reason = found.get(hangul, (0.0, _SOUNDS[language]))
            found[hangul] = known + share * chance, reason
    total = sum(chance for chance, _ in found.values()) or 1.0
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [(hangul, chance / total, reason) for hangul, (chance, reason) in ranked]


def _shares(name: str, sounds: Sounds) -> dict[str, float]:
    """Probability of each language; a given name that is common in English decides."""
    if any(word.lower() in sounds.rows and len(word) > 3 for word in name.split()[:-1]):  # noqa: PLR2004
        return {"other": 1.0}
    shares = languages(name, sounds.letters)
    first = name.split(maxsplit=1)[0].lower()
    if first in CHINESE_SURNAMES and all(map(chinese, name.split())):
        shares["zh"] *= _SURNAME
    if not name.isascii():
        shares = {**dict.fromkeys(shares, 0.0), "other": 1.0}
    return shares if " " in name else {language: share**0.5 for language, share in shares.items()}


def _readings(name: str, language: str, sounds: Sounds) -> Iterator[tuple[str, float]]:
    if language == "ko":
        read = romanization.korean if " " in name else romanization.surname
        yield from ((one.hangul, one.probability) for one in read(name, sounds.syllables))
    elif language == "zh":
        yield from _chinese(name)
    elif language == "ja":
        words = [japanese(word) for word in name.split()]
        if all(words):
            yield " ".join(reversed(words)), 0.9
            if len(words) > 1:
                yield " ".join(words), 0.1
    else:
        yield from spoken(name, sounds)


def _chinese(name: str) -> Iterator[tuple[str, float]]:
    words = [chinese(word) for word in name.split()]
    if all(words):
        yield "".join(words), 1.0


def spoken(name: str, sounds: Sounds) -> list[tuple[str, float]]:
    """Forms of a foreign name with probabilities, word by word; none where a word cannot be read."""
    whole = [("", 1.0)]
    for parts in foreign.name_parts(name):
        options = _written_together(parts, sounds)
        joined = [(f"{one} {two}".strip(), p * q) for one, p in whole for two, q in options]
        whole = sorted(joined, key=lambda item: (-item[1], item[0]))[: 2 * _WIDTH]
    return whole


def _written_together(parts: Iterable[str], sounds: Sounds) -> list[tuple[str, float]]:
    whole = [("", 1.0)]
    for part in parts:
        joined = [(one + two, p * q) for one, p in whole for two, q in word(part, sounds)]
        whole = sorted(joined, key=lambda item: (-item[1], item[0]))[:_WIDTH]
    return whole


def word(letters: str, sounds: Sounds) -> Sequence[tuple[str, float]]:
    """Forms of one word: as the press writes it where known, an initial as it is, else by its sound."""
    if len(letters.strip(".")) == 1 or (letters.isupper() and len(letters) <= 3):  # noqa: PLR2004
        return [(letters, 1.0)]
    known = sounds.rows.get(letters.lower())
    readings = _transcribed(letters, sounds)
    if known is None:
        return readings
    weights: dict[str, float] = defaultdict(float, {known: 0.8})
    for hangul, chance in readings:
        weights[hangul] += 0.2 * chance
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))


def _transcribed(letters: str, sounds: Sounds) -> list[tuple[str, float]]:
    if letters not in sounds.words:
        if len(sounds.words) > 50_000:  # noqa: PLR2004 - a bound on memory
            sounds.words.clear()
        sounds.words[letters] = foreign.transcribe(letters, sounds.chains)
    return [(one.hangul, one.probability) for one in sounds.words[letters]]
