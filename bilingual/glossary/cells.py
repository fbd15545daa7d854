"""Cells of the proposed rows of a run's terms: the Korean, the reason for it, and what else it could be."""

import re
from collections.abc import Callable, Mapping

from bilingual.glossary.propose import Sources, propose
from bilingual.records import TermType
from bilingual.text import romanization
from bilingual.text.east import japanese

_TOLD = 0.01
_HOME = re.compile(r"^(?:Seoul|(?:South )?Korea)(?:n|['’]s) ")  # not said of one's own ministers


def suggester(
    sources: Sources,
) -> Callable[[str, TermType, Mapping[str, int], tuple[str, str]], dict[str, str]]:
    """What extract.terms_frame asks for the cells of a proposed row."""
    return lambda source, kind, seen, whole: cells(source, kind, sources, seen, whole)


def cells(
    source: str, kind: TermType, sources: Sources, seen: Mapping[str, int], whole: tuple[str, str] = ("", "")
) -> dict[str, str]:
    """Cells target, origin and note of a proposed row: the best, its reason, the others with their chances.

    whole: what the source is a variant of, and its Korean, which the variant follows.
    """
    target = follow(source, *whole, sources) if kind is TermType.PERSON and all(whole) else ""
    if target:
        return {"target": target, "origin": f"as {whole[0]}", "note": ""}
    found = propose(source, kind, sources, seen=seen)
    if not found:
        return {"target": "", "origin": "extracted", "note": ""}
    others = "; ".join(f"{one.target} {one.probability:.2f}" for one in found[1:] if one.probability >= _TOLD)
    return {"target": found[0].target, "origin": found[0].reason, "note": others}


def follow(source: str, whole: str, target: str, sources: Sources) -> str:
    """Korean of a variant of a person's name: a part of it, or the name with its title; or nothing."""
    if source.endswith(" " + whole):
        country = "" if " " in target else "KR"  # only the foreigners' names come in two words
        office = source.removesuffix(whole).strip()
        office = _HOME.sub("", office) if country else office
        title = propose(office, TermType.TITLE, sources, country=country, limit=1)
        return f"{target} {title[0].target}" if title else ""
    words, korean = whole.split(), target.split()
    if source not in words:
        return ""
    if len(words) == len(korean):
        spoken = japanese(source)
        return spoken if spoken in korean else korean[words.index(source)]
    if len(korean) == 1:
        readings = romanization.surname(words[0], sources.sounds.syllables)
        family = next((len(one.hangul) for one in readings if target.startswith(one.hangul)), 1)
        return target[:family] if words.index(source) == 0 else target[family:]
    return ""
