from collections.abc import Mapping, Sequence

from bilingual.glossary.extract import Tally, add, extract, frame, terms_frame
from bilingual.glossary.features import lexicon, shape, tokens
from bilingual.glossary.match import Matcher
from bilingual.glossary.tag import Tagger
from bilingual.records import Term, TermStatus, TermType
from bilingual.tables import TERMS

NAMES = {
    "P": ("Mark Rutte", "Rutte", "Wi Sung-lac", "Wi", "Park Min-ho", "Park Ji-won", "Park"),
    "T": ("Secretary General", "adviser"),
    "O": ("European Union", "EU", "NATO"),
    "L": ("Seoul", "SEOUL", "U.S.", "US"),
    "M": ("tariff quota", "steel duty"),
}


class ByHeart:
    """A model that knows a list of names: it reads the words back from their features."""

    def tag(self, rows: Sequence[Sequence[str]]) -> list[str]:
        words = [row[0].removeprefix("w=") + row[1].removeprefix("s=") for row in rows]
        labels = ["O"] * len(words)
        for name, kind in sorted(KNOWN.items(), key=lambda item: -len(item[0])):
            for start in range(len(words) - len(name) + 1):
                end = start + len(name)
                if tuple(words[start:end]) == name and set(labels[start:end]) == {"O"}:
                    labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (len(name) - 1)]
        return labels


KNOWN = {
    tuple(token.text.lower() + shape(token.text) for token in tokens(name)): kind
    for kind, names in NAMES.items()
    for name in names
}


def tagger() -> Tagger:
    return Tagger(ByHeart(), lexicon([], [], {}))


def rows(articles: Sequence[Sequence[str]], terms: Sequence[Term] = ()) -> dict[str, Mapping[str, object]]:
    return {row["source"]: row for row in extract(articles, tagger(), Matcher(terms)).to_dicts()}


def test_variants_of_a_person_are_joined_within_their_article() -> None:
    found = rows(
        [["NATO Secretary General Mark Rutte spoke.", "Rutte left."], ["Wi Sung-lac met Rutte.", "Wi left."]]
    )
    assert found["Rutte"]["variant_of"] == "Mark Rutte"
    assert found["Wi"]["variant_of"] == "Wi Sung-lac"
    assert found["NATO Secretary General Mark Rutte"]["variant_of"] == "Mark Rutte"
    assert (found["Rutte"]["count"], found["Rutte"]["articles"]) == (2, 2)


def test_a_surname_of_two_people_stays_open() -> None:
    found = rows([["Park Min-ho met Park Ji-won.", "Park left."]])
    assert found["Park"]["variant_of"] == ""


def test_acronyms_dots_and_capitals_are_joined() -> None:
    found = rows(
        [["The European Union (EU) and the U.S. spoke in Seoul.", "The U.S. and US left.", "SEOUL spoke."]]
    )
    assert found["EU"]["variant_of"] == "European Union"
    assert found["US"]["variant_of"] == "U.S."


def test_a_headline_alone_makes_no_term_where_there_is_a_text() -> None:
    assert "Park" not in rows([["PARK SPEAKS LOUDLY TODAY", "Rain fell in Seoul today."]])


def test_known_terms_come_with_their_korean_and_status() -> None:
    terms = [Term("European Union", "유럽연합", TermType.ORGANIZATION, origin="own.csv:3")]
    row = rows([["The European Union (EU) spoke."]], terms)["European Union"]
    assert (row["target"], row["status"], row["origin"], row["count"]) == (
        "유럽연합",
        "approved",
        "own.csv:3",
        1,
    )


def test_terms_of_many_words_count_from_the_second_time_on() -> None:
    found = rows([["The tariff quota and the steel duty rose.", "The tariff quota fell."]])
    assert "tariff quota" in found
    assert "steel duty" not in found


def test_the_frame_has_the_schema_and_one_order_whatever_the_windows() -> None:
    articles = [["Mark Rutte spoke in Seoul."], ["Wi Sung-lac left Seoul."], []]
    tally = Tally()
    for article in articles:
        add(tally, article, tagger(), Matcher([]))
    assert frame(tally).schema == TERMS
    assert frame(tally).equals(extract(articles, tagger(), Matcher([])))
    assert frame(Tally()).schema == TERMS


def test_articles_that_come_in_another_order_give_the_same_frame() -> None:
    articles = [
        ["Mark Rutte spoke in Seoul."],
        ["Seoul said Wi left.", "Wi Sung-lac met NATO."],
        ["NATO left."],
    ]
    tally = Tally()
    for number in (2, 0, 1):
        add(tally, articles[number], tagger(), Matcher([]), (number, 1))
    assert frame(tally).equals(extract(articles, tagger(), Matcher([])))
    assert rows(articles)["NATO"]["example"] == "Wi Sung-lac met NATO."


def test_memory_is_bounded_by_letting_go_what_was_seen_once() -> None:
    tally = Tally(limit=2)
    for article in (["Mark Rutte and Rutte left Seoul.", "Seoul spoke."], ["Wi Sung-lac met NATO."]):
        add(tally, article, tagger(), Matcher([]))
    assert "Seoul" in tally.entries
    assert "NATO" not in tally.entries
    assert tally.full


def test_proposals_fill_the_frame_of_a_run() -> None:
    tally = Tally()
    add(tally, ["Mark Rutte spoke.", "Rutte left."], tagger(), Matcher([]))

    def suggest(
        source: str, kind: TermType, seen: Mapping[str, int], whole: tuple[str, str]
    ) -> dict[str, str]:
        return {"target": whole[1].split()[-1] if whole[1] else f"{kind}:{source}", "note": str(dict(seen))}

    found = {
        row["source"]: row for row in terms_frame(tally, suggest, {"Mark Rutte": {"루터": 1}}).to_dicts()
    }
    assert found["Mark Rutte"]["target"] == "person:Mark Rutte"
    assert found["Mark Rutte"]["note"] == "{'루터': 1}"
    assert found["Rutte"]["target"] == "Rutte"


def test_what_is_not_approved_is_extracted_as_unknown() -> None:
    terms = [Term("Mark Rutte", "마르크 루터", TermType.PERSON, TermStatus.REJECTED)]
    row = rows([["Mark Rutte spoke."]], terms)["Mark Rutte"]
    assert (row["target"], row["status"]) == ("", "proposed")
