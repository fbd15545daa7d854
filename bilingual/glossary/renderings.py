"""What the model wrote for unknown names: the Korean that comes where the source comes and hardly elsewhere.

The measure is Dice's: twice the sentences with both, over those with the source and those with the Korean
(Smadja, McKeown and Hatzivassiloglou, "Translating collocations for bilingual lexicons", 1996). A name must
also sound like one of the forms proposed for it, for what stands beside a name comes as often as the name.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bilingual.glossary.extract import Tally, kind_of
from bilingual.glossary.stretches import bare, candidates, together
from bilingual.records import TermType
from bilingual.text.foreign import decompose

Pairs = Callable[[], Iterable[tuple[str, str]]]  # source and target of each pair; called twice
_MOST, _TWICE = 5_000, 2
_ALIKE, _ALONE = 0.75, 0.8  # least likeness in sound, and Dice of what is alike in nothing
_OWN, _SOME = 0.5, 0.3  # share of a form's sentences that have the source, and Dice, of what is alike
_NO_NOUN = re.compile(r"^.$|[다까요죠은는을를의]$|(?:에서|하고|했고|하며|면서|지만|위해|대한|통해)$")


def asked(tally: Tally) -> dict[str, TermType]:
    """Sources without a known term that were seen twice or more, with their types; the 5,000 commonest."""
    unknown = [item for item in tally.entries.items() if item[1].term is None and item[1].count >= _TWICE]
    unknown.sort(key=lambda item: (-item[1].count, item[0]))
    return {source: kind_of(entry) for source, entry in unknown[:_MOST]}


def known_words(tally: Tally) -> set[str]:
    """Korean words of the known terms that were seen: they stand for those, and for nothing else alone."""
    targets = (entry.term.target for entry in tally.entries.values() if entry.term)
    return {word for target in targets for word in target.split()}


def renderings(
    asked: Mapping[str, TermType],
    pairs: Pairs,
    forms: Callable[[str, TermType], Sequence[str]],
    known: AbstractSet[str] = frozenset(),
) -> dict[str, dict[str, int]]:
    """For each source that has any, in how many sentences which Korean stands for it.

    forms: Korean forms of a source by its sound. known: words that stand for other terms.

    >>> pairs = [("Rutte spoke.", "루터는 말했다."), ("We met Rutte.", "우리는 루터를 만났다.")]
    >>> renderings({"Rutte": TermType.PERSON}, lambda: pairs, lambda source, kind: ["뤼터"])
    {'Rutte': {'루터': 2}}
    """
    sentences, joint = together(asked, pairs())
    wanted = {one for found in joint.values() for one, count in found.items() if count >= _TWICE}
    totals = Counter(one for _, target in pairs() for one in candidates(target) & wanted)
    made = dict[str, dict[str, int]]()
    for source, found in sorted(joint.items()):
        own = forms(source, asked[source])
        scores = dict(_scores(found, sentences[source], totals))
        sound = {one: score for one, score in scores.items() if _whole(one, own)}
        chosen = _chosen(source, sound, asked[source], own, known)
        made |= {source: {one: found[one] for one in chosen}} if chosen else {}
    return made


def _scores(found: Mapping[str, int], number: int, totals: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """Dice of each candidate that came twice with the source, and mostly with it."""
    for one, count in found.items():
        score = 2 * count / (number + totals[one])
        if count >= _TWICE and count >= _OWN * totals[one] and score >= _SOME:
            yield one, score


def _whole(one: str, forms: Collection[str]) -> bool:
    """Whether it has no particle, nor lost what a form only seems to have for one (한반도).

    >>> [_whole(one, ["한반도"]) for one in ("한반도", "한반", "서울", "서울은")]
    [True, False, True, False]
    """
    return one in forms or (bare(one) == one and all(bare(form) != one for form in forms))


def _chosen(
    source: str, scores: Mapping[str, float], kind: TermType, forms: Sequence[str], known: AbstractSet[str]
) -> list[str]:
    """Candidates that stand for a source: all that sound like it, else the one that comes with it alone."""
    person = kind is TermType.PERSON
    likes = {one: _likeness(one, (*forms, source)) for one in scores if person or _nominal(one, source)}
    ranked = sorted((-like * scores[one], one) for one, like in likes.items() if like >= _ALIKE)
    kept = list[str]()
    for _, one in ranked:
        if not any(one in other or other in one for other in kept):
            kept.append(one)
    if kept or person:
        return kept
    alone = [one for one in likes if scores[one] >= _ALONE and not set(one.split()) <= known]
    return _undisputed(alone, source)


def _likeness(one: str, forms: Iterable[str]) -> float:
    """Likeness in sound (letters and jamo, spaces aside) to the likest of the forms: 1 where it is that."""
    from rapidfuzz.distance import Indel

    sound, *others = (decompose(name.replace(" ", "").lower()) for name in (one, *forms))
    return max(Indel.normalized_similarity(sound, other) for other in others)


def _nominal(one: str, source: str) -> bool:
    """Whether it may be a noun, and is not a part of the source left as it was."""
    left = one.isascii() and one.lower() in source.lower() and one.lower() != source.lower()
    *inner, last = one.split()
    whole = all(bare(word) == word for word in inner) and not last.endswith("적")
    return whole and not left and not any(map(_NO_NOUN.search, (*inner, last)))


def _undisputed(alone: Sequence[str], source: str) -> list[str]:
    """The longest for several words, the shortest for one; none where there is what is no part of it."""
    sign = -1 if " " in source else 1
    best = sorted(alone, key=lambda one: (sign * len(one), one))[:1]
    return [one for one in best if all(one in other or other in one for other in alone)]
