"""How a term may be written in a text: plurals, dots, capitals, and what may stand beside it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilingual.glossary.tokens import words
from bilingual.records import Term, TermType

_HYPHEN = "[\u2010\u2011\u2012\u2013\u2212-]"
_PREFIXED = re.compile(rf"\b(?:ex|then|former|acting|anti|pro|post|pre|non){_HYPHEN}$", re.IGNORECASE)
_JOINED_BEFORE = re.compile(rf"\w{_HYPHEN}$")
_SUFFIXED = re.compile(
    rf"{_HYPHEN}(?:level|led|based|related|backed|linked|driven|owned|run|elect|designate)\b", re.IGNORECASE
)
_JOINED_AFTER = re.compile(rf"{_HYPHEN}\w")
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][a-z]+ $")
_SYLLABLE_AFTER = re.compile(  # the second half of a Korean given name
    rf"{_HYPHEN}(?:[cgkp]h|[kptsj]{{2}}|[bcdghjklmnprst])?[wy]?[aeiou]{{1,3}}(?:ng|[nmlkptbgh])?\b"
)
_HEAD_ENDS = re.compile(r" (?=(?:of|for|to|in|at|on|general|designate|elect)\b)", re.IGNORECASE)
_LOOSE = {TermType.TITLE, TermType.ORGANIZATION}
# English words that are capitals-only or function words in a headline of capitals.
_WORDS = frozenset(
    "ALL AM AN ARE AS AT BE BY DO GO HE IF IN IS IT ME MY NO OF ON OR PM SO TO UP WE WHO".split()
)
# Words that begin a sentence as a surname at least as often as they begin it as themselves.
_SURNAMES = frozenset(
    "ban bond brown bush cook gang green ha ham judge king ko lee ma mark may min moon page park price rice "
    "sin so son song stone sun white wolf wood woods yang young".split()
)


class Form(NamedTuple):
    """One way to write a term: words as tokenize gives them, a space between; made if no row has it."""

    words: str
    term: Term
    made: bool = False


class Setting(NamedTuple):
    """What the text around a span says of its capitals."""

    opening: bool = False
    headline: bool = False
    capitals: bool = False


def forms(term: Term) -> Iterator[Form]:
    """Ways to write a term: as its row has it, without abbreviation dots, in the plural.

    >>> [form.words for form in forms(Term("secretary of state", "국무장관", TermType.TITLE))]
    ['secretary of state', 'secretaries of state']
    """
    written = words(term.source)
    yield Form(" ".join(written), term)
    if "." in written:
        yield Form(" ".join(word for word in written if word != "."), term, made=True)
    if plural := pluralize(term):
        yield Form(" ".join(words(plural)), term, made=True)


def pluralize(term: Term) -> str:
    """Plural of a title, or of a term that ends in a common noun, else nothing.

    >>> pluralize(Term("attorney general", "검찰총장", TermType.TITLE))
    'attorneys general'
    """
    title = term.type is TermType.TITLE
    head = _HEAD_ENDS.split(term.source, maxsplit=1)[0] if title else term.source
    word = head.rpartition(" ")[2]
    if not (word.islower() or (title and word.istitle())) or not word.isalpha() or word[-1] == "s":
        return ""
    return head[: len(head) - len(word)] + _plural(word) + term.source[len(head) :]


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:x|z|ch|sh)$", word) else "s")


def fits(form: Form, written: str, setting: Setting) -> bool:
    """Whether words that differ from a form at most by case may be it.

    Capitals of a row are needed in the text; what a row has in lower case may be raised where English
    raises it: at the start of a sentence, in a headline, in titles and institutions everywhere.

    >>> fits(Form("US", Term("US", "미국")), "us", Setting())
    False
    >>> fits(Form("prime minister", Term("prime minister", "총리")), "Prime Minister", Setting())
    True
    """
    row = form.words
    if written == row:
        return not (setting.capitals and written in _WORDS)
    capitals = written == row.upper()
    raised = (
        _same_but_first(written, row)
        if " " not in row
        else all(map(_same_but_first, written.split(), row.split()))
    )
    if not row.islower():
        return raised or (capitals and (setting.capitals or len(written) > 3))  # noqa: PLR2004
    if " " in row:
        return raised or capitals
    return (capitals and setting.capitals) or (raised and _raised(form, setting))


def _same_but_first(written: str, row: str) -> bool:
    return written[1:] == row[1:] and (written[0].isupper() or written[0] == row[0])


def _raised(form: Form, setting: Setting) -> bool:
    if form.term.type in _LOOSE or setting.headline:
        return True
    return setting.opening and form.words not in _SURNAMES


def stands_alone(form: Form, before: str, after: str) -> bool:
    """Whether what touches a span lets it be this form: "vice-minister" is no "minister".

    >>> stands_alone(Form("minister", Term("minister", "장관")), "the vice-", " said")
    False
    >>> stands_alone(Form("minister", Term("minister", "장관")), "the ex-", " said")
    True
    """
    if " " in form.words:
        return True
    if not form.words.islower():
        return not (_CAPITAL_BEFORE.search(before) and _SYLLABLE_AFTER.match(after))
    joined_before = _JOINED_BEFORE.search(before) and not _PREFIXED.search(before)
    return not joined_before and not (_JOINED_AFTER.match(after) and not _SUFFIXED.match(after))
