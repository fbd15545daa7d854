"""A pair whose target has changed: what holds of its terms, and what may be wrong with it now."""

from dataclasses import replace

from bilingual.checks import Known, check_pair
from bilingual.glossary.inject import unmet
from bilingual.records import Pair


def recheck(pair: Pair, known: Known | None = None) -> Pair:
    """Judge terms and issues of a pair anew, as its target has them now."""
    missing = set(unmet(pair.target, [term.target for term in pair.terms]))
    terms = tuple(
        term
        if term.honoured == (number not in missing)
        else replace(term, honoured=number not in missing, rung="" if number in missing else "review")
        for number, term in enumerate(pair.terms)
    )
    judged, held = replace(pair, terms=terms), known or Known()
    words = held.words | {term.target for term in terms}
    return replace(judged, issues=check_pair(judged, replace(held, words=words)))
