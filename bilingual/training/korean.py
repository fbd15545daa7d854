"""The table of Korean name syllables, counted from names whose licence lets the counts ship.

python -m bilingual.training.korean NAMES SURNAMES GLOSSARY BITEXT OUT
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from bilingual.text.romanization import parts

ATTRIBUTION = """\
# Syllables of Korean names by their letters, with joint weights, for reading romanised names.
# Counted from names written for this project; members of the 19th National Assembly (teampopong, popong.com)
# and EveryPolitician, CC BY 3.0; kpopnet, CC0 1.0; the surnames of java-korean-romanizer (MIT), after
# Wikipedia, "List of Korean surnames", CC BY-SA 3.0, with the census of 2015. Changed: counted, smoothed.
# This file is shared under CC BY-SA 3.0.
"""
LICENSED = frozenset({"assembly19", "everypolitician", "kpopnet"})
_HANGUL = re.compile(r"[가-힣]{2,4}")
_MARK = re.compile(r"\{P:([^{}|]*)\|([^{}|]*)\}")
_DOUBLE = frozenset("남궁 독고 제갈 선우 황보 사공 서문 동방".split())
_CHANNEL, _KEPT, _PAIR, _COMMON, _RARE, _BEST, _UNSEEN, _WH, _OTHER = (
    3.0,
    1e-5,
    4.0,
    3,
    0.05,
    4,
    0.05,
    0.2,
    0.02,
)
_FAMILIES = (
    "kgc",
    "kg",
    "n",
    "td",
    "td",
    "rln",
    "m",
    "pb",
    "pb",
    "s",
    "s",
    "",
    "jcz",
    "jc",
    "c",
    "kc",
    "t",
    "p",
    "h",
)
# How each jamo may be written, beside what is counted: two systems and the habits of passports.
_HABITS = (
    "g k gh c,kk gg,n,d t,tt dd,r l n,m,b p,pp bb,s sh,ss,,j ch z,jj,ch,k kh,t th,p ph f,h wh",
    (
        "a ah,ae ai ay e ea,ya yah,yae,eo u o uh ou,e ay eh,yeo yu you yo yeu ieu iu yuh,ye yea hea,o oh,"
        "wa,wae,oe oi woe,yo,u oo woo ou,wo weo,we,wi ui,yu yoo you,eu u oo,ui eui ee i,i ee y ie ih"
    ),
    ",k g c ck,,,n hn,,,t d,l ll r hl,,,,,,,,m hm,p b,,t,,ng,,,,,,",
)
# Spellings that families chose and no table of syllables tells; written for this project.
SURNAMES = (
    "chey 최, rhee 이, rhie 이, ri 리, yi 이, lie 이, noh 노, roh 노, ro 로, rho 노, ohm 엄, um 엄, "
    "uhm 엄, jhun 전, paik 백, paek 백, baik 백, pak 박, bahk 박, geum 금, keum 금, tak 탁, boo 부, "
    "ku 구, koo 구, goo 구, goh 고, koh 고, gwak 곽, kwak 곽, ryoo 류, ryu 류, yoo 유, you 유, wee 위, "
    "we 위, yeo 여, yuh 여, lyu 류, ryang 량, rim 림, rhim 임, lim 임, yim 임, im 임, suh 서, "
    "jegal 제갈, dokgo 독고, namgoong 남궁, namkung 남궁, hwangbo 황보, seonu 선우, sunwoo 선우, "
    "sakong 사공, huh 허, hur 허, hahm 함, hahn 한, whang 황, ahn 안, an 안, ann 안, chon 전, chun 전, "
    "jun 전, chung 정, jung 정, cheong 정, chong 정, joung 정, jeung 정, shim 심, sim 심, choe 최, "
    "choi 최, tchoi 최, cho 조, jo 조, joe 조, zo 조, gill 길, pyun 편, byeon 변, byun 변, pyon 변, "
    "pyo 표, seok 석, suk 석, sok 석, soh 소, so 소, mo 모, do 도, doh 도, yang 양, ryom 렴, yeom 염, "
    "youm 염, kuk 국, guk 국, kook 국, oh 오, wu 우, woo 우"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A romanised name with its Hangul, cut into surname and the syllables of the given name."""

    roman: str
    hangul: str
    surname: tuple[str, str]
    syllables: tuple[tuple[str, str], ...]


def cut(roman: str, hangul: str) -> Name | None:
    """A name cut where every syllable reads as one; nothing where letters and Hangul do not go together.

    >>> cut("Wi Sung-lac", "위성락").syllables
    (('sung', '성'), ('lac', '락'))
    """
    words = roman.lower().split()
    if not _HANGUL.fullmatch(hangul) or not 2 <= len(words) <= 3:  # noqa: PLR2004 - family and one or two given
        return None
    length = 2 if hangul[:2] in _DOUBLE else 1
    family, given = (words[0].replace("-", ""), hangul[:length]), hangul[length:]
    pieces = _aligned([part for part in re.split(r"[\s'’-]", " ".join(words[1:])) if part], given)
    return Name(roman, hangul, family, tuple(zip(pieces, given, strict=True))) if pieces else None


def _aligned(letters: Sequence[str], hangul: str) -> Sequence[str] | None:
    if len(letters) == len(hangul):
        return letters if all(map(_like, letters, hangul)) else None
    if len(letters) == 1 and len(hangul) == 2:  # noqa: PLR2004 - two syllables written together
        cuts = [(letters[0][:at], letters[0][at:]) for at in range(1, len(letters[0]))]
        return next((pieces for pieces in cuts if all(map(_like, pieces, hangul))), None)
    return None


def _like(letters: str, hangul: str) -> bool:
    """Whether letters can stand for a Hangul syllable, judged by its onset and by having a final or none."""
    found = parts(letters)
    if not found:
        return False
    code = ord(hangul) - 0xAC00
    wanted = _FAMILIES[code // 588]
    onset = found[0][0] in wanted if found[0] and wanted else not found[0] and wanted in ("", "rln")
    return onset and bool(found[2]) == bool(code % 28)


def names(rows: Iterable[tuple[str, str]]) -> list[Name]:
    """Names of (roman, Hangul) rows that can be cut, each once, in order."""
    found = (cut(*row) for row in dict.fromkeys(rows))
    return [name for name in found if name]


def read_names(path: Path, sources: frozenset[str] = LICENSED) -> Iterator[tuple[str, str]]:
    """Rows of a file (en, ko, source, ...) of the given sources."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["source"] in sources:
                yield row["en"], row["ko"]


def read_glossary(path: Path) -> Iterator[tuple[str, str]]:
    """Source and target of each row of a glossary."""
    with path.open(encoding="utf-8") as file:
        yield from ((row["source"], row["target"]) for row in csv.DictReader(file))


def read_marks(folder: Path) -> Iterator[tuple[str, str]]:
    """Names marked as persons in annotated sentences."""
    for path in sorted(folder.glob("*.tsv")):
        yield from _MARK.findall(path.read_text(encoding="utf-8"))


def read_surnames(path: Path) -> dict[tuple[str, str], float]:
    """Weights of (letters, Hangul) of surnames: the census, shared by the spellings a table lists."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            others = [word.strip() for word in row["other_romanizations"].split(",")]
            forms = dict.fromkeys(
                form.lower() for form in (row["rr"], *others, row["mr"]) if form.isascii() and form
            )
            for place, form in enumerate(forms):
                weights[form, row["hangul"]] += int(row["population"] or 0) / 5e4 * (_OTHER if place else 1.0)
    return dict(weights)


Row = tuple[str, str, str, float]


def inventory(texts: Iterable[str]) -> list[str]:
    """Syllables of Korean texts that a given name could have: no tense onset, a simple vowel and final."""
    counts = Counter(char for text in texts for char in text if "가" <= char <= "힣")
    return sorted(char for char, count in counts.items() if count >= _COMMON and _nameable(char))


def _nameable(hangul: str) -> bool:
    onset, vowel, final = (int(part[1:]) for part in _jamo(hangul))
    return onset not in (1, 4, 8, 10, 13) and vowel not in (3, 10, 15) and final in (0, 1, 4, 8, 16, 17, 21)


def table(
    found: Sequence[Name], surnames: Mapping[tuple[str, str], float], others: Sequence[str] = ()
) -> list[Row]:
    """Rows (kind, roman, Hangul, weight); weights of surnames and of each place are joint probabilities."""
    rows: list[Row] = [("surname", *row) for row in _families(found, surnames)]
    channel = _channel(found)
    for place, kind in enumerate(("first", "second")):
        rows += [(kind, *row) for row in _best(_syllables(found, place, channel, others))]
    rows += [("pair", "", *row) for row in _pairs(found)]
    return sorted(
        (kind, roman, hangul, float(f"{weight:.4g}")) for kind, roman, hangul, weight in rows if weight > 0
    )


def _pairs(found: Iterable[Name]) -> Iterator[tuple[str, float]]:
    """How much likelier two syllables are together than apart, less one; pulled to none where seldom seen."""
    given = Counter("".join(hangul for _, hangul in name.syllables) for name in found)
    total = sum(given.values())
    single = Counter((place, hangul) for pair in given.elements() for place, hangul in enumerate(pair))
    for pair, count in given.items():
        if len(pair) > 1:
            yield pair, _PAIR * count / (single[0, pair[0]] * single[1, pair[1]] / total + 1.0)


def _families(
    found: Iterable[Name], surnames: Mapping[tuple[str, str], float]
) -> list[tuple[str, str, float]]:
    weights = defaultdict(float, surnames)
    for name in found:
        weights[name.surname] += 5.0
    for row in SURNAMES.split(", "):
        roman, hangul = row.split()
        weights[roman, hangul] += 5.0
    total = sum(weights.values())
    return [(*row, weight / total) for row, weight in sorted(weights.items())]


def _channel(found: Iterable[Name]) -> dict[str, dict[str, float]]:
    """P(letters | jamo) of onsets, vowels and finals, counted apart, a half added for each known habit."""
    counts = _habits()
    for letters, hangul in (syllable for name in found for syllable in name.syllables):
        for jamo, part in zip(_jamo(hangul), parts(letters) or (), strict=False):
            counts.setdefault(jamo, defaultdict(float))[part] += 1
    return {jamo: {part: n / sum(seen.values()) for part, n in seen.items()} for jamo, seen in counts.items()}


def _habits() -> dict[str, dict[str, float]]:
    counts: dict[str, dict[str, float]] = {}
    for place, habits in zip("ovc", _HABITS, strict=True):
        for number, spellings in enumerate(habits.split(",")):
            counts[f"{place}{number}"] = defaultdict(float, dict.fromkeys(spellings.split() or [""], 1.0))
    return counts


def _jamo(hangul: str) -> tuple[str, str, str]:
    code = ord(hangul) - 0xAC00
    return f"o{code // 588}", f"v{code // 28 % 21}", f"c{code % 28}"


def _syllables(
    found: Sequence[Name], place: int, channel: Mapping[str, Mapping[str, float]], others: Sequence[str]
) -> Iterator[tuple[str, str, float]]:
    """Joint probabilities (letters, Hangul): how common the syllable is here, and how it is written."""
    written = Counter(pair for name in found for pair in name.syllables)
    totals: Counter[str] = Counter()
    for (_, hangul), count in written.items():
        totals[hangul] += count
    here = Counter(name.syllables[place][1] for name in found if len(name.syllables) > place)
    size = sum(here.values()) + 0.5 * len(totals)
    for hangul in dict.fromkeys((*totals, *others)):
        prior, total = here[hangul] + (0.5 if hangul in totals else _RARE), totals[hangul]
        for letters, chance in _spellings(hangul, channel).items():
            share = (written[letters, hangul] + _CHANNEL * chance) / (total + _CHANNEL)
            if share >= (_KEPT if total else _UNSEEN):
                yield letters, hangul, share * prior / size


def _best(rows: Iterable[tuple[str, str, float]]) -> Iterator[tuple[str, str, float]]:
    """The likeliest Hangul of each spelling."""
    for _, same in groupby(sorted(rows, key=lambda row: (row[0], -row[2], row[1])), key=lambda row: row[0]):
        yield from islice(same, _BEST)


def _spellings(hangul: str, channel: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    one, two, three = (channel[jamo] for jamo in _jamo(hangul))
    found = {a + b + c: one[a] * two[b] * three[c] for a in one for b in two for c in three}
    return found | {f"wh{word[2:]}": chance * _WH for word, chance in found.items() if word.startswith("hw")}


def write(rows: Iterable[Row], path: Path) -> None:
    """Rows as a file with its attribution."""
    lines = [f"{kind}\t{roman}\t{hangul}\t{weight:g}\n" for kind, roman, hangul, weight in rows]
    path.write_text(ATTRIBUTION + "kind\troman\thangul\tweight\n" + "".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Read names, surnames, glossary and bitext, and write the table."""
    people, surnames, glossary, bitext, out = map(Path, arguments)
    rows = [*read_names(people), *read_glossary(glossary), *read_marks(bitext)]
    texts = (path.read_text(encoding="utf-8") for path in sorted(bitext.glob("*.tsv")))
    write(table(names(rows), read_surnames(surnames), inventory(texts)), out)


if __name__ == "__main__":
    main(sys.argv[1:])
