"""The complete articles of a document, and for every line why it was kept or dropped.

A text without furniture of a page (buttons, navigation, pictures, lists of other stories) is one article
and stays whole. On a page, lines are judged alone (junk), then by their neighbours (regions); running text
is gathered under headlines (stories), and what is complete is kept. Time is linear in the text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bilingual.records import Article, Block, Kind, Markup
from bilingual.text.junk import Role, judge
from bilingual.text.layout import Line, read_lines
from bilingual.text.regions import Page, place
from bilingual.text.signs import is_byline, is_prose
from bilingual.text.stories import Story, fault, gather

_LONGEST_TITLE = 220
_FEW = 10  # lines of a text that is kept even if none of them is running text
_PLAIN = (Role.PROSE, Role.SHORT, Role.BLANK)
_ALONE = frozenset({"time or age", "byline", "address", "mail header"})  # stand in plain articles too


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a physical line (from 1): the article it went to (0 if dropped) and why."""

    line: int
    text: str
    kept: bool
    article: int
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of a document in order, and one verdict for every line of it."""

    articles: tuple[Article, ...]
    verdicts: tuple[Verdict, ...]


def find_articles(text: str, markup: Markup, name: str) -> Found:
    r"""Find the complete articles of a document; a page of furniture alone has none.

    >>> found = find_articles("Ships sail\n\nThey sailed at dawn.", Markup.TEXT, "a.txt")
    >>> [block.kind.value for block in found.articles[0].blocks]
    ['title', 'paragraph']
    """
    lines = read_lines(text, markup)
    page = Page(lines, [judge(line) for line in lines])
    if not _has_furniture(page):
        return _found([_whole(page, range(len(page)))], page, Article(name, 0, (), markup), {})
    place(page)
    stories = gather(page)
    faults = [fault(story, page, first=story is stories[0]) for story in stories]
    complete = [story for story, wrong in zip(stories, faults, strict=True) if not wrong]
    why = {j: wrong for story, wrong in zip(stories, faults, strict=True) for j in story.lines}
    return _found(complete or _remains(page), page, Article(name, 0, (), markup), why)


def _has_furniture(page: Page) -> bool:
    """Tell a page from a plain article: it has furniture, or a rule with a headline under it."""
    for i, (role, reason) in enumerate(page.tags):
        if role is Role.RULE:
            under = page.following(i)
            if page.role(under) is Role.SHORT and _is_title(page.lines[under]):
                return True
        elif role not in _PLAIN and (reason not in _ALONE or page.text(i).endswith(" ago")):
            return True
    return False


def _is_title(line: Line) -> bool:
    """Tell whether a line at the head of a text is its headline."""
    if line.kind is Kind.HEADING:
        return True
    headed = line.kind is Kind.PARAGRAPH and len(line.text) <= _LONGEST_TITLE
    return headed and not is_prose(line.text) and not is_byline(line.text)


def _whole(page: Page, chosen: Iterable[int]) -> Story:
    """Everything that is not blank as one story."""
    filled = [i for i in chosen if page.text(i)]
    title = filled[0] if len(filled) > 1 and _is_title(page.lines[filled[0]]) else None
    return Story(title, filled[title is not None :])


def _remains(page: Page) -> list[Story]:
    """One story of all that is not furniture, for a page on which no article is complete."""
    left = [i for i in range(len(page)) if page.role(i) in (Role.PROSE, Role.SHORT)]
    told = any(page.role(i) is Role.PROSE for i in left)
    return [_whole(page, left)] if left and (told or len(page) <= _FEW) else []


def _found(stories: Sequence[Story], page: Page, empty: Article, why: Mapping[int, str]) -> Found:
    filled = [story for story in stories if story.lines]
    articles = tuple(_article(story, page, replace(empty, number=n)) for n, story in enumerate(filled, 1))
    kept: dict[int, tuple[int, str]] = {}
    for article, story in zip(articles, filled, strict=True):
        kinds = (block.kind.value for block in article.blocks)
        kept.update((i, (article.number, kind)) for i, kind in zip(story.lines, kinds, strict=True))
    return Found(articles, tuple(_verdicts(page, kept, why)))


def _article(story: Story, page: Page, empty: Article) -> Article:
    chosen = story.lines
    blocks = tuple(_block(page.lines[i], story, i) for i in chosen)
    apart = sum(page.role(i - 1) is Role.BLANK for i in chosen[1:])
    loose = empty.markup is not Markup.TEXT or 2 * apart >= len(chosen) - 1
    return replace(empty, blocks=blocks, separator="\n\n" if loose else "\n")


def _block(line: Line, story: Story, i: int) -> Block:
    kind = Kind.TITLE if i == story.title else Kind.HEADING if i in story.headings else line.kind
    return Block(line.text, kind, line.level, line.mark)


def _verdicts(page: Page, kept: Mapping[int, tuple[int, str]], why: Mapping[int, str]) -> Iterator[Verdict]:
    for i, line in enumerate(page.lines):
        dropped = why.get(i) or page.tags[i][1] or "short line with no text of its own"
        article, reason = kept.get(i, (0, dropped))
        for offset, text in enumerate(line.raw):
            yield Verdict(line.number + offset, text, article > 0, article, reason)
