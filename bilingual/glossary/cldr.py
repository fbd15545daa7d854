"""Countries, currencies and languages as CLDR names them in Korean, through Babel.

They lie under every glossary: where the Korean press writes otherwise, a row of a glossary says so.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from bilingual.records import Term, TermStatus, TermType

if TYPE_CHECKING:
    from babel import Locale

_JOINED = re.compile(r" (?=(?:제도|군도|달러)$)")  # the press writes 쿡제도, 호주달러
_REMARK = re.compile(r"\s*[(（].*[)）]$")


@cache
def cldr_terms() -> tuple[Term, ...]:
    """Approved terms of countries (country: their ISO code) and of money in use, and the names of languages.

    A language's name alone is only proposed, since English mostly means the country by it ("Korean firms").
    """
    from babel import Locale

    english, korean = Locale("en"), Locale("ko")
    return (*_countries(english, korean), *_currencies(english, korean), *_languages(english, korean))


def _countries(english: "Locale", korean: "Locale") -> Iterator[Term]:
    for code, source in sorted(english.territories.items()):
        target = korean.territories.get(code)
        if target and _is_place(code):
            country = code if code.isalpha() else ""
            for name in _names(source):
                yield Term(
                    name, _plain(target), TermType.PLACE, country=country, origin=f"CLDR territory {code}"
                )


def _is_place(code: str) -> bool:
    """Countries, continents and their parts; not the world, not CLDR's own codes for none or for a union."""
    return code not in {"001", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def _names(source: str) -> Iterator[str]:
    """A name, and the one that CLDR gives in brackets after it: Myanmar (Burma)."""
    yield _plain(source)
    if remark := re.search(r"\((.+)\)$", source):
        yield remark[1]


def _plain(name: str) -> str:
    return _JOINED.sub("", _REMARK.sub("", name))


def _currencies(english: "Locale", korean: "Locale") -> Iterator[Term]:
    """Money that some country uses today, as running text writes it: "Swiss franc"."""
    from babel.numbers import get_currency_name, get_territory_currencies

    countries = (str(code) for code in english.territories if len(str(code)) == 2)  # noqa: PLR2004
    for code in sorted({money for country in countries for money in get_territory_currencies(country)}):
        if target := korean.currencies.get(code):
            source = get_currency_name(code, 1, locale=english)
            yield Term(_plain(source), _plain(target), TermType.TERM, origin=f"CLDR currency {code}")


def _languages(english: "Locale", korean: "Locale") -> Iterator[Term]:
    for code, source in sorted(english.languages.items()):
        if (target := korean.languages.get(code)) and "_" not in code and not _REMARK.search(source):
            origin = f"CLDR language {code}"
            yield Term(source, target, TermType.TERM, TermStatus.PROPOSED, origin=origin)
            yield Term(f"{source} language", target, TermType.TERM, origin=origin)
