"""Korean titles put together from their parts: "acting German foreign minister" → 독일 외무장관 권한대행."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Phrase = Callable[[str], Sequence[str]]
_TAIL = re.compile(r"\s+(?:of|for|to|on|at|in)\s+(?:the\s+)?", re.IGNORECASE)
_LINK = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*")
_RANKS = {"first": "1", "second": "2", "third": "3", "1st": "1", "2nd": "2", "3rd": "3"}
_BEFORE = {
    "former": "전 ",
    "ex": "전 ",
    "late": "고 ",
    "incumbent": "현 ",
    "current": "현 ",
    "then": "당시 ",
    "interim": "임시 ",
    "caretaker": "과도 ",
    "outgoing": "퇴임하는 ",
    "incoming": "차기 ",
    "new": "신임 ",
    "honorary": "명예 ",
}
_AFTER = {
    "acting": " 권한대행",
    "elect": " 당선인",
    "designate": " 후보자",
    "nominee": " 후보자",
    "candidate": " 후보",
}
_NO_FIELDS = frozenset(("deputy", "vice", "chief", "senior", "assistant", "lead", *_RANKS))
_VICE = {"장관": "차관", "대통령": "부통령", "회장": "부회장", "총리": "부총리"}
# A body whose name ends so is led by one whose title ends in 장.
_LED = (
    "회",
    "원",
    "청",
    "처",
    "실",
    "국",
    "소",
    "단",
    "본부",
    "센터",
    "법원",
    "경찰서",
    "병원",
    "은행",
    "대학",
    "대학교",
    "관",
)
_LEADERS = frozenset(
    "president chief head chair chairman chairwoman chairperson director administrator commissioner".split()
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Heads with their alternatives, fields of office (abroad, in Seoul), and nations."""

    heads: Mapping[str, Sequence[str]]
    domains: Mapping[str, tuple[str, str]]
    nations: Mapping[str, str]


def compose(title: str, parts: Parts, phrase: Phrase, country: str = "") -> list[str]:
    """Korean forms of a title, likelier first, none where a part is unknown.

    phrase gives the Korean of what a title is of or for. country is the ISO code of the office, if known.
    """
    words = title.replace("’", "'").removesuffix("'s").split()
    after, words = _suffixes(words)
    before, words = _prefixes(words)
    nation, words = _nation(words, parts)
    home = country == "KR" or nation == "한국"
    abroad = bool(nation or country) and not home
    bodies = _core(" ".join(words), parts, phrase, abroad=abroad)
    lead = f"{nation} " if nation else ""
    return list(dict.fromkeys(f"{before}{lead}{body}{after}".strip() for body in bodies))


def _suffixes(words: Sequence[str]) -> tuple[str, list[str]]:
    if words and (match := re.fullmatch(r"(.+)-(elect|designate)", words[-1])):
        return _AFTER[match[2]], [*words[:-1], match[1]]
    if len(words) > 1 and words[-1].lower() in ("nominee", "candidate", "designate"):
        return _AFTER[words[-1].lower()], list(words[:-1])
    if len(words) > 1 and words[0].lower() == "acting":
        return _AFTER["acting"], list(words[1:])
    return "", list(words)


def _prefixes(words: Sequence[str]) -> tuple[str, list[str]]:
    rest, found = list(words), ""
    while len(rest) > 1 and rest[0].lower() in _BEFORE:
        found += _BEFORE[rest.pop(0).lower()]
    return found, rest


def _nation(words: Sequence[str], parts: Parts) -> tuple[str, list[str]]:
    for length in (2, 1):
        name = " ".join(words[:length]).removesuffix("'s")
        if len(words) > length and name in parts.nations:
            return parts.nations[name], list(words[length:])
    return "", list(words)


def _core(title: str, parts: Parts, phrase: Phrase, *, abroad: bool) -> Iterator[str]:
    lower = title.lower()
    if lower in parts.heads:
        yield from parts.heads[lower]
        return
    yield from _ranked(title, parts, phrase, abroad=abroad)
    found = _TAIL.search(title)
    if found:
        yield from _with_tail(title[: found.start()], title[found.end() :], parts, phrase, abroad=abroad)
    else:
        yield from _with_domain(title, parts, phrase, abroad=abroad)


def _ranked(title: str, parts: Parts, phrase: Phrase, *, abroad: bool) -> Iterator[str]:
    """Vice, deputy, assistant, senior, chief and numbered offices."""
    first, _, rest = title.partition(" ")
    rank = first.lower()
    if rank in _RANKS and rest:
        for body in _core(rest, parts, phrase, abroad=abroad):
            yield re.sub(r"(\S+)$", rf"{_RANKS[rank]}\1", body)
    elif rank in ("vice", "deputy") and rest:
        yield from (_second(body, rank) for body in _core(rest, parts, phrase, abroad=abroad))
    elif rank == "assistant" and rest:
        yield from (
            body.removesuffix("장관") + "차관보" for body in _core(rest, parts, phrase, abroad=abroad)
        )
    elif rank in ("senior", "chief", "lead") and rest:
        word = "선임" if rank == "senior" else "수석"
        yield from (f"{word} {body}" for body in _core(rest, parts, phrase, abroad=abroad))


def _second(body: str, rank: str) -> str:
    """The office below: 차관 under a minister, 부 before other heads.

    >>> _second("통일부 장관", "vice"), _second("독일 총리", "deputy"), _second("국방장관", "deputy")
    ('통일부 차관', '독일 부총리', '국방차관')
    """
    lead, space, head = body.rpartition(" ")
    for ending, below in _VICE.items():
        if head.endswith(ending):
            alone = body == "장관" and rank == "deputy"
            return f"{lead}{space}{head.removesuffix(ending)}{'부장관' if alone else below}"
    return f"{lead}{space}부{head}"


def _with_tail(head: str, tail: str, parts: Parts, phrase: Phrase, *, abroad: bool) -> Iterator[str]:
    fields = _fields(tail, parts)
    if head.lower() in ("minister", "secretary") and fields:
        yield _office(fields, "장관", abroad=abroad)
    heads = list(_core(head, parts, phrase, abroad=abroad))
    for body in ["·".join(field[0] for field in fields)] if fields else phrase(tail):
        if head.lower() in _LEADERS and body.endswith(_LED):
            yield body + "장"
        yield from (f"{body} 담당 {one}" if fields else f"{body} {one}" for one in heads)


def _with_domain(title: str, parts: Parts, phrase: Phrase, *, abroad: bool) -> Iterator[str]:
    words = title.split()
    for size in (3, 2, 1):
        head = " ".join(words[-size:]).lower()
        if len(words) > size and head in parts.heads:
            lead = " ".join(words[:-size])
            if lead.lower() in _NO_FIELDS:
                return
            fields = _fields(lead, parts)
            if head in ("minister", "secretary", "ministers") and fields:
                yield _office(fields, "장관", abroad=abroad)
                yield _office(fields, "장관", abroad=not abroad)
            for body, one in product(phrase(lead.removesuffix("'s")), parts.heads[head]):
                yield body + "장" if head in _LEADERS and body.endswith(_LED) else f"{body} {one}"
            return


def _fields(text: str, parts: Parts) -> list[tuple[str, str]]:
    """Fields of office of a list ("trade and economic security"); none where one is unknown."""
    found: list[tuple[str, str]] = []
    for item in _LINK.split(text):
        fields = [parts.domains.get(word.lower()) for word in item.split()]
        if not fields or None in fields:
            return []
        known = [field for field in fields if field]
        found.append(("".join(field[0] for field in known), known[-1][1]))
    return [field for field in found if field[0]]


def _office(fields: Sequence[tuple[str, str]], head: str, *, abroad: bool) -> str:
    if abroad or len(fields) > 1 or not fields[0][1]:
        return "·".join(field[0] for field in fields) + head
    ministry = fields[0][1]
    return f"{ministry} {head}" if ministry.endswith(("부", "처")) else f"{ministry}{head}"
