"""Web pages become the lines a reader sees; what no reader sees never leaks."""

import time

import pytest

from bilingual.formats.html import visible_lines
from bilingual.records import Markup
from bilingual.text.articles import find_articles

SECRETS = """<html><head><title>T</title><style>p{color:red}</style></head><body>
<script>var a = "<p>leak one</p>";</script><noscript>leak two</noscript>
<template><p>leak three</p></template>
<p style="display: none">leak four</p>
<div hidden>leak five</div><!-- leak six --><svg><text>leak seven</text></svg>
<p>Seen words.</p></body></html>"""


def test_scripts_styles_and_hidden_parts_never_leak() -> None:
    assert visible_lines(SECRETS) == "Seen words.\n"


def test_blocks_get_marks_and_what_only_looks_like_markdown_is_kept() -> None:
    page = "<h2>Head</h2><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>"
    page += "<p>1. Not an item *really*</p><p># no</p>"
    lines = [line for line in visible_lines(page).split("\n") if line]
    assert lines == ["## Head", "1. a", "2. b", "  - c", "1\\. Not an item \\*really\\*", "\\# no"]
    blocks = find_articles(visible_lines(page), Markup.HTML, "x").articles[0].blocks
    assert [block.text for block in blocks[4:]] == ["1. Not an item *really*", "# no"]


@pytest.mark.parametrize("page", ["<", "<html></html>", "<!-- x -->", "<p>", "&#0;", "<script>x</script>"])
def test_a_page_with_nothing_to_see_gives_nothing(page: str) -> None:
    assert visible_lines(page).strip() in {"", "<", "\ufffd"}


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "deep",
        "<p>word word word.</p>" * 20_000,
        "<li>" * 20_000,
        "<article><p>x." * 5_000,
        "<a>" * 20_000,
    ],
    ids=["deep", "long", "items", "articles", "links"],
)
def test_a_hostile_page_is_read_in_a_moment(page: str) -> None:
    begun = time.process_time()
    visible_lines(page)
    assert time.process_time() - begun < 10
