"""Which package translates between two languages: the one asked for, else the shortest way there is.

What a user has installed counts as better than what ships with this program: a package in Argos's folders
is taken before the bundled one for the same two languages, and the higher version of two. Fewer steps come
first: a direct package, bundled or not, is taken before a chain over a third language.
"""

from collections.abc import Sequence
from pathlib import Path

from bilingual.engines.packages import (
    Candidate,
    InstalledPackage,
    PackageOrigin,
    bundled_candidates,
    candidate_at,
    installed_candidates,
    open_package,
)
from bilingual.errors import PackageError

BUNDLED = "bundled"


def choose_package(source: str, target: str, *, name: str | None = None) -> tuple[InstalledPackage, ...]:
    """Packages to run one after the other, ready to load; one unless a chain is needed.

    name: an installed package, "bundled", or the path of a package's folder or file; then only that one is
    taken. Raises PackageError where there is none, or it is damaged.
    """
    chain = _shortest(source, target, _all_candidates()) if name is None else (_named(name, source, target),)
    return tuple(open_package(candidate) for candidate in chain)


def find_candidate(name: str) -> Candidate:
    """Find a package by name, "bundled", or path; raises PackageError that lists the names there are."""
    if name == BUNDLED:
        return max(bundled_candidates(), key=_rank)
    if name.endswith(".argosmodel") or "/" in name or "\\" in name:
        return candidate_at(Path(name).expanduser())
    found = [candidate for candidate in _all_candidates() if candidate.name == name]
    if not found:
        names = ", ".join(sorted({candidate.name for candidate in _all_candidates()}))
        raise PackageError(name, "no such package", f"there are: {names}; or give the path of a file")
    return max(found, key=_rank)


def _all_candidates() -> list[Candidate]:
    return installed_candidates()[0] + bundled_candidates()


def _named(name: str, source: str, target: str) -> Candidate:
    candidate = find_candidate(name)
    codes = candidate.manifest.from_code, candidate.manifest.to_code
    if codes != (source, target):
        what = f"translates {codes[0]} → {codes[1]}, not {source} → {target}"
        raise PackageError(candidate.name, what, "choose another model or other languages")
    return candidate


def _shortest(source: str, target: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Search breadth first from source; of several ways of one length the better packages first."""
    ranked = sorted(candidates, key=_rank, reverse=True)
    seen = {source}
    ways: list[tuple[Candidate, ...]] = [()]
    while ways:
        longer = []
        for way in ways:
            here = way[-1].manifest.to_code if way else source
            for step in (each for each in ranked if each.manifest.from_code == here):
                if step.manifest.to_code == target:
                    return (*way, step)
                if step.manifest.to_code not in seen:
                    seen.add(step.manifest.to_code)
                    longer.append((*way, step))
        ways = longer
    what = f"no package translates {source} → {target}"
    remedy = (
        f"bilingual models install {source} {target}, or install an .argosmodel file from another machine"
    )
    raise PackageError("models", what, remedy)


def _rank(candidate: Candidate) -> tuple[bool, tuple[int, ...], str]:
    return candidate.origin is not PackageOrigin.BUNDLED, candidate.manifest.order, candidate.name
