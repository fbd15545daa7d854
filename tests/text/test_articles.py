"""Pages of many layouts give their complete articles; plain articles stay whole; no line is lost."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.formats.documents import read_document
from bilingual.records import Kind, Markup
from bilingual.text.articles import Found, find_articles
from bilingual.text.junk import Role, judge
from bilingual.text.layout import read_lines

ROOT = Path(__file__).parent.parent.parent
PLAIN = sorted((ROOT / "seeds" / "articles").glob("*.txt"))
GOLD = {path.name.partition(".")[0]: path for path in (ROOT / "tests" / "gold").glob("page*.gold.json")}
IMPERFECT = {"page16", "page17", "page19"}  # what is wrong with them is told in the report of the benchmark
PAGES = sorted(name for name in GOLD if name not in IMPERFECT)


def page(name: str) -> Found:
    document = read_document(str(next((ROOT / "seeds" / "pages").glob(f"{name}.*"))))
    return find_articles(document.text, document.markup, name)


def unmarked(text: str) -> str:
    return text[2:] if text[:2] in {"• ", "- "} else text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_its_complete_articles_in_order_and_nothing_else(name: str) -> None:
    expected = json.loads(GOLD[name].read_text(encoding="utf-8"))["articles"]
    titles = {article.title: [b.text for b in article.blocks[1:]] for article in page(name).articles}
    assert titles == {a["title"]: [unmarked(p) for p in a["paragraphs"]] for a in expected}


@pytest.mark.parametrize("name", sorted(IMPERFECT))
def test_a_page_that_is_not_read_perfectly_still_loses_no_paragraph(name: str) -> None:
    expected = json.loads(GOLD[name].read_text(encoding="utf-8"))["articles"]
    kept = {block.text for article in page(name).articles for block in article.blocks}
    assert {p for a in expected for p in (a["title"], *a["paragraphs"])} <= kept


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_a_plain_article_stays_whole_with_its_byline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (article,) = find_articles(text, Markup.TEXT, path.name).articles
    assert [block.text for block in article.blocks] == [line for line in text.split("\n") if line.strip()]
    assert article.blocks[0].kind is Kind.TITLE
    assert article.separator.join(block.text for block in article.blocks) == text.rstrip("\n")


AGGREGATED = """Harbor fees to fall for small boats
Fees for boats under five tons will fall by half from July, the fisheries ministry said Friday.
About 41,000 boats will profit from the change, which costs the state 3 billion won a year. (Yonhap)
Hashtags

Try Our New Reader
Explore what it can do for you:
Comments
No comments yet...
Related Articles
![[Photo News] Lanterns on the stream](/_next/image?url=https%3A%2F%2Fexample.com%2Fp.jpg&w=3840)
![[Photo News] Lanterns on the stream](/_next/image?url=https%3A%2F%2Fexample.com%2Flogo.png&w=48)
Seoul Lantern
14 hours ago
- Seoul Lantern
[Photo News] Lanterns on the stream
Paper lanterns float on Cheonggye Stream in central Seoul on Sunday. The festival has been held since 2009 and
 ends this week, when some 300 lanterns will be given to schools across the city and its suburbs. (Yonhap)
""".replace("and\n ends", "and ends")


def test_a_photo_story_under_an_aggregated_page_is_an_article_of_one_paragraph() -> None:
    articles = find_articles(AGGREGATED, Markup.TEXT, "page").articles
    assert [(a.title, len(a.blocks)) for a in articles] == [
        ("Harbor fees to fall for small boats", 3),
        ("[Photo News] Lanterns on the stream", 2),
    ]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("![a](b.jpg)", Role.SOFT),
        ("#Busan #Port", Role.END),
        ("3 hours ago", Role.META),
        ("Updated May 17, 2026, 9:12 a.m. KST", Role.META),
        ("By Noh Eun-chae", Role.META),
        ("Related Articles", Role.LIST),
        ("212 Comments", Role.COMMENTS),
        ("Home > Economy > Labor", Role.SOFT),
        ("(END)", Role.END),
        ("Read more: The villages that will not move", Role.SOFT),
        ("Like (34)  Reply", Role.SOFT),
        ("BC-KOREA-RAIL (UPDATE 1)", Role.META),
        ("* * *", Role.RULE),
        ("(Photo) Defense chief inspects new rescue ship", Role.SHORT),
        ("Copyright law divides artists and machines", Role.SHORT),
        ("By Friday it had stopped.", Role.PROSE),
        ("Nobody was hurt.", Role.PROSE),
        ("More than half of the patients are adults.", Role.PROSE),
    ],
)
def test_a_line_alone_is_judged_by_its_signs(line: str, role: Role) -> None:
    assert judge(read_lines(line, Markup.TEXT)[0])[0] is role


@pytest.mark.parametrize(
    "end", ["the board said…", "the board said... Read more", "the board said.\nRead more"]
)
def test_a_teaser_is_dropped_however_long_it_is(end: str) -> None:
    teaser = f"Fees for larger boats stay\n2 days ago\n{'Boats of ten tons will pay as before. ' * 8}{end}\n"
    articles = find_articles(AGGREGATED + teaser, Markup.TEXT, "page").articles
    assert [article.title for article in articles] == [
        "Harbor fees to fall for small boats",
        "[Photo News] Lanterns on the stream",
    ]


def test_a_text_wrapped_by_a_mail_program_gets_its_paragraphs_back() -> None:
    text = (
        "Mongolia will give up summer time for good on March 29, its parliament\n"
        "decided on Monday, and two Korean airlines have begun to rewrite their\n"
        "timetables. They will leave twenty minutes later from that day, one of\n"
        "them said.\n\nNobody was surprised.\n"
    )
    (article,) = find_articles(text, Markup.TEXT, "mail").articles
    assert [len(block.text.split()) for block in article.blocks] == [39, 3]


def test_sentences_on_lines_of_their_own_are_not_joined() -> None:
    text = "The ministry said that it would spend more on harbors.\n" * 6
    (article,) = find_articles(text, Markup.TEXT, "list").articles
    assert len(article.blocks) == 6


def test_markdown_keeps_levels_marks_and_kinds_and_loses_inline_signs() -> None:
    text = "# Trams\n\nThe **city** paid [much](https://e.com/a_(b)).\n\n> It rings.\n\n1. one\n2. two\n"
    (article,) = find_articles(text, Markup.MARKDOWN, "a.md").articles
    assert [(b.kind, b.level, b.mark, b.text) for b in article.blocks] == [
        (Kind.TITLE, 1, "# ", "Trams"),
        (Kind.PARAGRAPH, 0, "", "The city paid much."),
        (Kind.QUOTE, 1, "> ", "It rings."),
        (Kind.ITEM, 0, "1. ", "one"),
        (Kind.ITEM, 0, "2. ", "two"),
    ]


def test_a_page_of_furniture_alone_has_no_article() -> None:
    found = find_articles("Home | News | Sport\n" * 12, Markup.TEXT, "x")
    assert found.articles == ()
    assert {verdict.reason for verdict in found.verdicts} == {"navigation"}


def test_only_emoji_or_one_line_is_a_text_of_its_own() -> None:
    for text in ("😀😀 🚢", "Seoul to buy jets", "한국과 나토가 합의했다."):
        (article,) = find_articles(text, Markup.TEXT, "x").articles
        assert [block.text for block in article.blocks] == [text]


LINES = st.sampled_from(
    [
        *AGGREGATED.split("\n"),
        "",
        "By Kim Do-yun",
        "(END)",
        "• one",
        "# Head",
        "> said",
        "---",
        "<!-- article -->",
        "Share",
        "\x0c",
        "a" * 300,
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(), st.lists(LINES, max_size=30).map("\n".join)), st.sampled_from(list(Markup)))
def test_every_line_has_one_verdict_and_kept_text_is_a_part_of_the_input(text: str, markup: Markup) -> None:
    found = find_articles(text, markup, "x")
    lines = text.split("\n")
    lines = lines[:-1] if len(lines) > 1 and not lines[-1] else lines
    assert [verdict.text for verdict in found.verdicts] == lines
    assert [verdict.line for verdict in found.verdicts] == list(range(1, len(lines) + 1))
    rest = iter("".join(text.split()))
    for article in found.articles:
        for block in article.blocks:
            assert all(char in rest for char in "".join(block.text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "x. " * 700_000,
        "[a](" * 250_000,
        "*a " * 300_000,
        "__a__b" * 150_000,
        "-" * 2_000_000,
        "#a " * 500_000,
        "\"'" * 900_000,
    ],
    ids=["prose", "links", "stars", "scores", "rule", "tags", "quotes"],
)
def test_a_hostile_line_of_megabytes_takes_no_more_than_a_moment(text: str) -> None:
    begun = time.process_time()
    find_articles(text, Markup.MARKDOWN, "x")
    assert time.process_time() - begun < 5
