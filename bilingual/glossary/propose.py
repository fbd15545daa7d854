"""Korean forms for a name or title, best first, each with its probability and its reason."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.glossary import names
from bilingual.glossary.gazetteer import table
from bilingual.glossary.titles import Parts, compose
from bilingual.records import Term, TermStatus, TermType

_ARTICLE = re.compile(r"^(?:the|The|THE) ")
_ADDRESS = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady)\.? ")
_JOINTS = frozenset(("and", "&", "the"))
_SHARES = (0.6, 0.2, 0.1, 0.06, 0.04)
_MODEL, _SURE = 0.35, 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A Korean form with its probability and the reason for it."""

    target: str
    probability: float
    reason: str


@dataclass(frozen=True)
class Sources:
    """What proposals are made from: terms by source, sounds of names, and parts of titles and bodies."""

    terms: Mapping[str, Sequence[Term]]
    sounds: names.Sounds
    parts: Parts
    kinds: Mapping[str, Sequence[str]]
    leads: Mapping[str, str]
    cache: dict[tuple[str, TermType, str], list[Proposal]] = field(
        default_factory=dict, compare=False, repr=False
    )


def load_sources(folder: Path, terms: Iterable[Term]) -> Sources:
    """Sources of a folder of name tables and of known terms; of one source the earlier term comes first."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        if term.status is TermStatus.APPROVED and term.target:
            found.setdefault(term.source.lower(), []).append(term)
    for source, target, kind in table(folder / "words.tsv"):
        row = Term(source, target, TermType(kind), TermStatus.PROPOSED, origin="sentences of this project")
        found.setdefault(source.lower(), []).append(row)
    kinds: dict[str, dict[str, str]] = {}
    for source, target, kind in table(folder / "parts.tsv"):
        kinds.setdefault(kind, {})[source] = target
    heads = {source: target.split("|") for source, target in kinds["head"].items()}
    domains = {source: _pair(target) for source, target in kinds["domain"].items()}
    bodies = {source: target.split("|") for source, target in kinds["kind"].items()}
    return Sources(found, names.load(folder), Parts(heads, domains, kinds["nation"]), bodies, kinds["lead"])


def _pair(target: str) -> tuple[str, str]:
    abroad, _, home = target.partition("/")
    return abroad, home


def propose(
    source: str,
    kind: TermType,
    sources: Sources,
    *,
    country: str = "",
    seen: Mapping[str, int] | None = None,
    limit: int = 5,
) -> list[Proposal]:
    """Proposals for a source of a type, best first; none where nothing is known of it.

    country: ISO code of an office. seen: how often a model wrote which Korean for it across a corpus.
    """
    key = source, kind, country
    if key not in sources.cache:
        if len(sources.cache) > 50_000:  # noqa: PLR2004 - a bound on memory
            sources.cache.clear()
        sources.cache[key] = _proposed(source, kind, sources, country)
    return _with_seen(sources.cache[key], seen or {})[:limit]


def guess(source: str, sources: Sources) -> TermType:
    """Type of a source by the terms, heads of titles and kinds of bodies that are known; else a person."""
    known = sources.terms.get(source.lower(), ())
    words = source.split() or [""]
    if known:
        return known[0].type
    if _title(source, sources, ""):
        return TermType.TITLE
    if words[-1] in sources.kinds or source.isupper():
        return TermType.ORGANIZATION
    return TermType.PERSON if source[:1].isupper() else TermType.TERM


def _proposed(source: str, kind: TermType, sources: Sources, country: str) -> list[Proposal]:
    plain = _ARTICLE.sub("", source.strip())
    if not any(map(str.isalnum, plain)):
        return []
    known = _known(plain, kind, country, sources)
    if known and not (kind is TermType.TITLE and plain.lower() in sources.parts.heads):
        return known
    return (
        known
        if known and known[0].probability > _SURE
        else _MAKERS.get(kind, _whole)(plain, sources, country)
    )


def _known(source: str, kind: TermType, country: str, sources: Sources) -> list[Proposal]:
    rows = [term for term in sources.terms.get(source.lower(), ()) if _same_case(term.source, source)]
    rows.sort(
        key=lambda term: (
            term.status is not TermStatus.APPROVED,
            term.type is not kind,
            term.country != country,
            term.source != source,
        )
    )
    targets: dict[str, Term] = {}
    for row in rows:
        targets.setdefault(row.target, row)
    approved = [row for row in rows if row.status is TermStatus.APPROVED]
    whole = 0.98 if approved else 0.85
    chances = _shared(len(targets), whole)
    return [
        Proposal(target, chance, _reason(row))
        for chance, (target, row) in zip(chances, targets.items(), strict=False)
    ]


def _reason(row: Term) -> str:
    if row.origin.startswith("CLDR") or row.status is not TermStatus.APPROVED:
        return row.origin
    return f"glossary ({row.origin})" if row.origin else "glossary"


def _same_case(term: str, source: str) -> bool:
    """Whether a source may be a term written in another case: an acronym may not."""
    return term == source or not (term.isupper() and len(term) < 6) or source.isupper()  # noqa: PLR2004


def _shared(number: int, whole: float) -> list[float]:
    parts = _SHARES[:number]
    return [whole * part / sum(parts) for part in parts]


def _person(source: str, sources: Sources, _country: str) -> list[Proposal]:
    name = _ADDRESS.sub("", source).removesuffix("'s").strip() or source
    if name.isupper() and len(name) > 3:  # noqa: PLR2004
        name = name.title()
    return [Proposal(*row) for row in names.person(name, sources.sounds)]


def _title(source: str, sources: Sources, country: str) -> list[Proposal]:
    found = compose(source, sources.parts, lambda text: _phrases(text, sources), country)
    return _ranked(found, 0.8, "title put together from its parts")


def _ranked(targets: Sequence[str], whole: float, reason: str) -> list[Proposal]:
    chances = _shared(len(targets), whole)
    return [Proposal(target, chance, reason) for target, chance in zip(targets, chances, strict=False)]


def _body(source: str, sources: Sources, _country: str) -> list[Proposal]:
    """Organizations and places: parts that are known, the rest by its sound; an acronym stays."""
    if re.fullmatch(r"[A-Z][A-Z0-9&.]{1,5}|[A-Z][a-z]?[A-Z][A-Za-z]{0,3}", source):
        return [Proposal(source, 0.6, "acronym kept")]
    kinds = sources.kinds.get(source[:1].upper() + source[1:], ())
    found = list(kinds) or _led(source, sources) or _phrases(source, sources)
    return _ranked(found, 0.7, "put together from its parts") or _sounded(source, sources)


def _led(source: str, sources: Sources) -> list[str]:
    """Forms of what its kind leads: Lake Turkana, University of Padua."""
    for lead, ending in sources.leads.items():
        if source.startswith(lead + " "):
            name = source.removeprefix(lead + " ").removeprefix("the ")
            known = [term.target for term in sources.terms.get(name.lower(), ())]
            return [one.replace(" ", "") + ending for one in (known or _spoken(name, sources))[:3]]
    return []


def _sounded(source: str, sources: Sources) -> list[Proposal]:
    words = source.split()
    for size in (2, 1):
        ending = " ".join(words[-size:])
        if len(words) > size and ending in sources.kinds and words[0].lower() not in sources.sounds.common:
            forms = _spoken(" ".join(words[:-size]), sources)
            made = [one.replace(" ", "") + two for two in sources.kinds[ending] for one in forms[:2]]
            return _ranked(list(dict.fromkeys(made)), 0.6, f"by sound, with {ending}")
    name = source.title() if source.isupper() else source
    common = [word for word in words if word.lower() in sources.sounds.common or word in _JOINTS]
    if not name[0].isupper() or len(common) > 1:
        return []
    return [Proposal(*row, "foreign name by sound") for row in names.spoken(name, sources.sounds)]


def _spoken(name: str, sources: Sources) -> list[str]:
    return [hangul for hangul, _ in names.spoken(name, sources.sounds)]


def _phrases(text: str, sources: Sources) -> list[str]:
    """Korean of a phrase whose words are all known or, with a capital, can be sounded; at most two forms."""
    known = sources.terms.get(text.lower())
    if known:
        return list(dict.fromkeys(term.target for term in known))[:2]
    words, made, place = [word for word in text.split() if word not in _JOINTS], list[str](), 0
    covered = False
    while place < len(words):
        size, target, from_terms = _next(words[place:], sources)
        if not target:
            return []
        covered = covered or from_terms
        made.append(target)
        place += size
    return list(dict.fromkeys(("".join(made), " ".join(made)))) if covered else []


def _next(words: Sequence[str], sources: Sources) -> tuple[int, str, bool]:
    """Words taken, their Korean, and whether a glossary or a table had it."""
    for size in range(min(6, len(words)), 0, -1):
        text = " ".join(words[:size]).removesuffix("'s")
        rows = sources.terms.get(text.lower())
        target = (
            rows[0].target
            if rows
            else sources.parts.nations.get(text) or (sources.kinds.get(text) or [""])[0]
        )
        if target:
            return size, target, True
    if words[0][0].isupper() and words[0].isalpha() and words[0].lower() not in sources.sounds.common:
        forms = _spoken(words[0], sources)
        return 1, forms[0] if forms else "", False
    return 1, "", False


def _whole(source: str, sources: Sources, _country: str) -> list[Proposal]:
    return _ranked(_phrases(source, sources), 0.5, "put together from its parts")


_MAKERS: Mapping[TermType, Callable[[str, Sources, str], list[Proposal]]] = {
    TermType.PERSON: _person,
    TermType.TITLE: _title,
    TermType.ORGANIZATION: _body,
    TermType.PLACE: _body,
}


def _with_seen(found: Sequence[Proposal], seen: Mapping[str, int]) -> list[Proposal]:
    """Proposals mixed with what a model wrote; agreement of both counts for both."""
    total = sum(seen.values())
    if not total:
        return list(found)
    share = _share(found)
    mixed = {one.target: Proposal(one.target, one.probability * (1 - share), one.reason) for one in found}
    for target, number in seen.items():
        old = mixed.get(target, Proposal(target, 0.0, "as the model wrote it"))
        mixed[target] = Proposal(target, old.probability + share * number / total, old.reason)
    return sorted(mixed.values(), key=lambda one: (-one.probability, one.target))


def _share(found: Sequence[Proposal]) -> float:
    """What a model's word weighs: it may not overtake the glossary or a sure reading of a Korean name."""
    if not found:
        return 0.9
    best, second = found[0], found[1].probability if found[1:] else 0.0
    sure = best.reason.startswith(("glossary", "CLDR")) or (
        best.reason == names.KOREAN and best.probability >= _SURE
    )
    lead = best.probability - second
    return min(_MODEL, lead / (2 + 2 * lead)) if sure else _MODEL
