from pathlib import Path

import pytest

from bilingual.errors import PackageError
from bilingual.formats.glossaries import base_files, read_glossary
from bilingual.glossary.cldr import cldr_terms
from bilingual.glossary.features import casing, features, lexicon, tokens
from bilingual.glossary.gazetteer import read_lexicon
from bilingual.glossary.tag import Tagger, chunks, load, sequence, tag, tag_all
from bilingual.records import Term, TermType

DATA = Path(__file__).parents[2] / "bilingual" / "data"
PERSON, TITLE, PLACE, BODY = TermType.PERSON, TermType.TITLE, TermType.PLACE, TermType.ORGANIZATION


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    base = [*cldr_terms(), *(term for path in base_files() for term in read_glossary(path))]
    return load(DATA / "tagger.crfsuite", read_lexicon(DATA / "names", base))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Rutte met Trade Minister Han Kyu-sang in Brussels on Monday.", "Han Kyu-sang", PERSON),
        ("Rutte met Trade Minister Han Kyu-sang in Brussels on Monday.", "Trade Minister", TITLE),
        ("Rutte met Trade Minister Han Kyu-sang in Brussels on Monday.", "Brussels", PLACE),
        ("FOREIGN MINISTER CHO HYUN ARRIVES IN TOKYO FOR TALKS", "TOKYO", PLACE),
        ("“We are ready,” Lutnick said in Accra.", "Lutnick", PERSON),
        ("Analysts expect the Fed to cut interest rates in December.", "Fed", BODY),
        ("Labour said it would not raise taxes.", "Labour", BODY),
        ("Lutnick Says Tariff Deal With Seoul Is Close", "Seoul", PLACE),
        ("Seoul’s foreign ministry summoned the Japanese ambassador.", "Seoul", PLACE),
    ],
)
def test_names_are_found_at_starts_in_headlines_capitals_and_quotes(
    tagger: Tagger, text: str, name: str, kind: TermType
) -> None:
    assert (name, kind) in [(text[span.start : span.end], span.type) for span in tag(text, tagger)]


@pytest.mark.parametrize("text", ["", "   ", "…", "한국어 문장입니다.", "\x00\ufffd", "a" * 10_000])
def test_odd_text_gives_spans_inside_it_and_no_error(tagger: Tagger, text: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in tag(text, tagger))


def test_sentences_are_tagged_in_order(tagger: Tagger) -> None:
    texts = ["Rain fell in Busan.", "", "Rain fell in Incheon."]
    found = [
        [text[s.start : s.end] for s in spans]
        for text, spans in zip(texts, tag_all(texts, tagger), strict=True)
    ]
    assert found == [["Busan"], [], ["Incheon"]]


def test_a_missing_or_foreign_model_file_is_told(tmp_path: Path) -> None:
    known = lexicon([], [], {})
    with pytest.raises(PackageError, match="cannot be read"):
        load(tmp_path / "none", known)
    (tmp_path / "text").write_text("no model", encoding="utf-8")
    with pytest.raises(PackageError, match="not a model"):
        load(tmp_path / "text", known)


def test_curly_signs_are_read_as_straight_ones_at_the_same_places() -> None:
    assert [(token.text, token.start) for token in tokens("“Seoul’s”")] == [
        ('"', 0),
        ("Seoul", 1),
        ("'s", 6),
        ('"', 8),
    ]


def test_features_tell_known_terms_and_casing() -> None:
    known = lexicon([Term("European Union", "유럽연합", BODY)], ["the"], {"minister": "title"})
    rows = features(["The", "European", "Union", "minister"], known)
    assert "g=Borganization" in rows[1]
    assert "g=Iorganization" in rows[2]
    assert "c=title" in rows[3]
    assert "first" in rows[0]
    assert casing(["SEOUL", "VOWS", "REPLY"]) == "upper"


def test_labels_and_spans_are_each_others_inverse() -> None:
    found = tokens("Wi Sung-lac met NATO chief Mark Rutte.")
    spans = [(0, 11, "P"), (16, 20, "O"), (21, 26, "T"), (27, 37, "P")]
    labels = sequence(found, spans)
    assert [(found[a].start, found[b - 1].end, kind) for a, b, kind in chunks(labels)] == spans
