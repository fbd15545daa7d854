"""Running text of a page gathered under its headlines, and which of it is a complete article."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilingual.records import Kind
from bilingual.text import phrases
from bilingual.text.junk import Role
from bilingual.text.layout import Line
from bilingual.text.regions import Page
from bilingual.text.signs import fold, sentences

_HARD = (Role.END, Role.COMMENTS, Role.START)
_WORDS = 3  # fewer words are a label rather than a headline
_BRIEF = 120  # characters of the shortest article of two sentences
_LONE = 220  # characters of the shortest article of one sentence: the caption of a photo story
_UNTITLED = 400  # characters of the shortest article without a headline among others
_LONGEST_TITLE = 220
_HEADINGS = 2  # more short lines than these in one gap are a table or menu, not headings
_CUT = 2  # paragraphs of the longest teaser
_DATELINE = re.compile(r"[A-ZÀ-Þ]{3}[^a-z]{0,40}.{0,60}?(?: --|[ ]?[—–]| -) ?(?=\S)")


@dataclass(slots=True)
class Story:
    """Lines that belong together: indices of title and text; stray text has lost its headline."""

    title: int | None
    body: list[int] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    stray: bool = False

    @property
    def lines(self) -> list[int]:
        """Indices of the title and the text, in order."""
        return ([] if self.title is None else [self.title]) + self.body


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two paragraphs: indices of lines, and the roles among them."""

    lines: Sequence[int]
    roles: frozenset[Role]


def gather(page: Page) -> list[Story]:
    """Gather running text into stories in one pass: a gap between paragraphs either parts two or not."""
    stories: list[Story] = []
    between: list[int] = []
    usual = _usual_gap(page)
    for i in range(len(page)):
        gap = [] if page.role(i) is Role.PROSE or not stories else between
        if page.role(i) is Role.PROSE or (stories and _continues(stories[-1], page, gap, i)):
            _add(stories, page, _Gap(between, frozenset(map(page.role, between))), i, usual)
            between = []
        else:
            between.append(i)
    return stories


def _usual_gap(page: Page) -> int:
    """Blank lines that usually stand between two paragraphs."""
    gaps: Counter[int] = Counter()
    last = -1
    for i in range(len(page)):
        if page.role(i) is Role.PROSE:
            gaps[i - last - 1] += last >= 0
            last = i
        elif page.role(i) is not Role.BLANK:
            last = -1
    return max(gaps, key=lambda size: gaps[size], default=0)


def _continues(story: Story, page: Page, between: Sequence[int], i: int) -> bool:
    """Tell an item or quotation without a stop that still belongs to the text above it."""
    listed = page.role(i) is Role.SHORT and page.lines[i].kind in (Kind.ITEM, Kind.QUOTE)
    inside = (Role.BLANK, Role.SOFT, Role.JUNK)
    return listed and all(page.role(j) in inside or _is_below(story, page, j) for j in between)


def _is_below(story: Story, page: Page, j: int) -> bool:
    """Tell a marked heading of a lower level than the title of a story."""
    old = page.lines[story.title] if story.title is not None else None
    marked = page.role(j) is Role.SHORT and page.lines[j].kind is Kind.HEADING
    return marked and old is not None and old.kind is Kind.HEADING and page.lines[j].level > old.level


def _add(stories: list[Story], page: Page, gap: _Gap, i: int, usual: int) -> None:
    story = stories[-1] if stories else None
    title = _headline(page, gap, story)
    hard = not gap.roles.isdisjoint(_HARD)
    if story and not (hard or (title is not None and _opens(story, page, gap, title, i, usual=usual))):
        _resume(story, page, gap)
    else:
        begins = not stories or Role.START in gap.roles
        story = Story(title, stray=title is None and not begins)
        stories.append(story)
        if title is not None:
            story.body += [j for j in gap.lines if j > title and _is_under(page, title, j)]
    story.body.append(i)


def _resume(story: Story, page: Page, gap: _Gap) -> None:
    """Take up the headings of a gap inside a story."""
    credited = Role.META in gap.roles
    shorts = [j for j in gap.lines if page.role(j) is Role.SHORT]
    shorts = [j for j in shorts if not (credited and page.lines[j].kind is Kind.PARAGRAPH)]
    listed = bool(story.body) and page.text(story.body[-1]).endswith(":")
    marked = all(page.lines[j].kind is not Kind.PARAGRAPH for j in shorts)
    if len(shorts) <= _HEADINGS or listed or marked:
        story.body += shorts
        headed = (Kind.HEADING,) if listed else (Kind.PARAGRAPH, Kind.HEADING)
        story.headings.update(j for j in shorts if page.lines[j].kind in headed)


def _is_under(page: Page, title: int, j: int) -> bool:
    """Tell a second headline or an item of a summary, which stand under a headline."""
    line = page.lines[j]
    under = line.kind in (Kind.ITEM, Kind.HEADING) or j == title + 1 or _is_long(line)
    return page.role(j) is Role.SHORT and under


def _is_long(line: Line) -> bool:
    return len(line.text[:_LONGEST_TITLE].split()) > _WORDS


def _headline(page: Page, gap: _Gap, story: Story | None) -> int | None:
    """The short line of a gap that heads what follows.

    Before the first text of a page, and before an article of a web page, it may stand above what parts.
    """
    parting = (Role.RULE, Role.LIST, *_HARD)
    begins = max((k for k, j in enumerate(gap.lines) if page.role(j) in parting), default=-1)
    parts = [gap.lines[begins + 1 :]]
    if begins >= 0 and (story is None or page.role(gap.lines[begins]) is Role.START):
        parts.append(gap.lines)
    for part in parts:
        shorts = [j for j in part if page.role(j) is Role.SHORT and _can_head(page.lines[j])]
        if shorts:
            return _best(page, shorts, story)
    return None


def _can_head(line: Line) -> bool:
    return line.kind in (Kind.PARAGRAPH, Kind.HEADING) and len(line.text) <= _LONGEST_TITLE


def _best(page: Page, shorts: Sequence[int], story: Story | None) -> int:
    """The last of the highest marked headings; else the nearest line that is no label, or the one on it."""
    marked = [j for j in shorts if page.lines[j].kind is Kind.HEADING]
    if marked:
        if story and _is_section(page, marked, story):
            return marked[-1]
        highest = min(page.lines[j].level for j in marked)
        return next(j for j in reversed(marked) if page.lines[j].level == highest)
    long = [j for j in shorts if _is_long(page.lines[j])]
    nearest = long[-1] if long else shorts[-1]
    stacked = nearest - 1 in shorts and len(page.text(nearest - 1).split()) > _WORDS + 1
    return nearest - 1 if stacked else nearest


def _is_section(page: Page, marked: Sequence[int], story: Story) -> bool:
    """Tell headings right under each other, all below the title of a story: a part of the page begins."""
    deeper = len(marked) > 1 and page.lines[marked[0]].level < page.lines[marked[-1]].level
    return deeper and all(_is_below(story, page, j) for j in marked)


def _opens(story: Story, page: Page, gap: _Gap, title: int, i: int, *, usual: int) -> bool:
    """Tell whether the headline in a gap opens a new story; else it is a heading of the present one."""
    head, old = page.lines[title], page.lines[story.title] if story.title is not None else None
    if old and old.kind is Kind.HEADING and head.kind is not Kind.HEADING:
        return False  # where headlines are marked, only a marked line is one
    if story.stray or not gap.roles.isdisjoint((Role.RULE, Role.META, Role.LIST)):
        return True
    if _DATELINE.match(page.text(i)[:_LONGEST_TITLE]):
        return True
    if head.kind is Kind.HEADING and _is_section(
        page, [j for j in gap.lines if j <= title and page.lines[j].kind is Kind.HEADING], story
    ):
        return True
    if head.kind is Kind.HEADING:
        return old is not None and old.kind is Kind.HEADING and head.level <= old.level
    above = sum(1 for j in gap.lines if j < title and page.role(j) is Role.BLANK)
    return above > max(1, usual)


def fault(story: Story, page: Page, *, first: bool) -> str:
    """Say why a story is no complete article, or nothing if it is one."""
    if story.stray:
        return "text after the end of an article, with no headline"
    if _is_cut(story, page):
        return "teaser: the text is cut off"
    length = sum(len(page.text(j)) for j in story.body)
    if story.title is None and not first and length < _UNTITLED:
        return "text with no headline"
    if story.title is not None and len(page.text(story.title).split()) < _WORDS and length < _UNTITLED:
        return "text under a label, not a headline"
    told = sum(sentences(page.text(j)) for j in story.body[:3])
    brief = length < _BRIEF or (told <= 1 and length < _LONE)
    return "too short to be an article" if brief else ""


def _is_cut(story: Story, page: Page) -> bool:
    """Tell a teaser; a longer text that breaks off is an article whose end is missing."""
    if len(story.body) > _CUT:
        return False
    last = story.body[-1]
    tail = page.text(last)[-60:].rstrip("\"'”’ ").lower()
    after = page.following(last)
    pressed = page.role(after) is Role.SOFT and fold(page.text(after)).startswith(phrases.CONTINUED)
    return pressed or tail.endswith(phrases.TRUNCATED) or fold(tail).endswith(phrases.CONTINUED)
