"""Korean articles keep order, levels and marks; their names are safe and tell articles apart."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from bilingual.formats.articles import article_name, render_article
from bilingual.records import Article, Block, Kind, Markup

BLOCKS = (
    Block("Trams", Kind.TITLE, 1, "# "),
    Block("They run."),
    Block("Why", Kind.HEADING, 2, "## "),
    Block("one", Kind.ITEM, 0, "- "),
    Block("inner", Kind.ITEM, 1, "  - "),
    Block("two", Kind.ITEM, 0, "- "),
    Block("Ring.", Kind.QUOTE, 1, "> "),
)
TARGETS = ("전차", "운행한다.", "이유", "하나", "안쪽", "둘", "울려라.")


def test_markdown_keeps_its_marks() -> None:
    article = Article("a.md", 1, BLOCKS, Markup.MARKDOWN)
    expected = "# 전차\n\n운행한다.\n\n## 이유\n\n- 하나\n  - 안쪽\n- 둘\n\n> 울려라.\n"
    assert render_article(article, TARGETS) == expected


def test_text_keeps_its_separator_and_bullets() -> None:
    article = Article("a.txt", 1, (Block("T", Kind.TITLE), Block("x", Kind.ITEM, 0, "• ")), separator="\n")
    assert render_article(article, ("제목", "항목")) == "제목\n• 항목\n"


def test_a_paragraph_that_begins_like_markdown_is_escaped() -> None:
    article = Article("a.md", 1, (Block("x"),), Markup.MARKDOWN)
    assert render_article(article, ("2026. 올해",)) == "\\2026. 올해\n"


def test_html_is_a_valid_korean_page_with_escaped_text() -> None:
    text = render_article(Article("a.html", 1, BLOCKS, Markup.HTML), ("<script>&", *TARGETS[1:]))
    page = html.document_fromstring(text)
    assert page.get("lang") == "ko"
    assert "<script>" not in text
    assert [e.tag for e in page.find(".//article").iter()][1:] == [
        "h1",
        "p",
        "h2",
        "ul",
        "li",
        "ul",
        "li",
        "li",
        "blockquote",
        "p",
    ]


def test_a_block_without_a_target_is_left_out_and_a_wrong_count_is_refused() -> None:
    article = Article("a.txt", 1, (Block("a"), Block("b")))
    assert render_article(article, ("", "나")) == "나\n"
    with pytest.raises(ValueError, match="shorter"):
        render_article(article, ("가",))


@settings(deadline=None)
@given(st.text(min_size=1), st.text(), st.integers(1, 999), st.sampled_from(list(Markup)))
def test_a_name_is_safe_on_every_file_system(document: str, title: str, number: int, markup: Markup) -> None:
    name = article_name(Article(document, number, (Block(title, Kind.TITLE),), markup))
    assert re.fullmatch(r"[^\W_][\w-]*\.(txt|md|html)", name)
    assert len(name.encode()) <= 140


def test_equal_names_in_different_folders_differ() -> None:
    names = {article_name(Article(f"{folder}/news.txt", 1, (Block("T", Kind.TITLE),))) for folder in "abc"}
    assert len(names) == 3


@pytest.mark.parametrize(
    ("document", "start"),
    [
        ("seeds/01.txt", "01-1-s-korea-"),
        ("-", "standard-input-1-s-korea-"),
        ("https://example.com/news/a.html?x=1", "example-com-a-html-1-"),
        ("C:\\news\\CON.txt", "con-1-s-korea-"),
        ("기사.txt", "기사-1-s-korea-"),
    ],
)
def test_a_name_tells_the_input_and_the_title(document: str, start: str) -> None:
    assert article_name(Article(document, 1, (Block("S. Korea!", Kind.TITLE),))).startswith(start)
