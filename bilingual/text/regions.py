"""What a line is because of where it stands: in a list, among comments, under a picture, in a box."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bilingual.records import Kind
from bilingual.text.junk import Role, Tag
from bilingual.text.layout import Line
from bilingual.text.signs import ends_with_credit, fold, has_position

_STORY = 300  # characters of running text that no list or comment has under one headline
_BOXED = 150  # characters of the longest line inside a promotion
_BOX = 4  # lines of a promotion between its first and its last
_NEAR = 6  # lines around a pull quote in which its sentence stands
_QUOTE = 20  # characters of the shortest pull quote
_TITLE = 5  # words a headline has and a name or label has not
_OFTEN = 3  # times that a short line comes back before it is taken for a label
_STOPS = (Role.LIST, Role.START, Role.END)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text and what each is so far; tags[i] is of lines[i] and judged anew in place."""

    lines: Sequence[Line]
    tags: list[Tag]

    def __len__(self) -> int:
        return len(self.lines)

    def role(self, i: int) -> Role:
        """What a line is; past the end there is nothing but blank."""
        return self.tags[i][0] if i < len(self.tags) else Role.BLANK

    def text(self, i: int) -> str:
        """Text of a line without its mark."""
        return self.lines[i].text

    def following(self, i: int) -> int:
        """Index of the next line that is not blank, or the number of lines."""
        return next((j for j in range(i + 1, len(self)) if self.tags[j][0] is not Role.BLANK), len(self))


def place(page: Page) -> None:
    """Judge each line again by its neighbours; every step passes once over the lines."""
    for step in _STEPS:
        step(page)


def _sources(page: Page) -> None:
    """A short line beside a time that comes back on the page is the name of a source."""
    shorts = [
        i for i in range(len(page)) if page.role(i) is Role.SHORT and len(page.text(i).split()) <= _TITLE
    ]
    seen = Counter(fold(page.text(i)) for i in shorts)
    aged = {i for i, tag in enumerate(page.tags) if tag == (Role.META, "time or age")}
    for i in shorts:
        times = seen[fold(page.text(i))]
        if times > 1 and not aged.isdisjoint(range(i - 2, i + 3)):
            page.tags[i] = (Role.META, "source")
        elif times >= _OFTEN:
            page.tags[i] = (Role.JUNK, "comes back on the page")


def _writers(page: Page) -> None:
    """A line of names alone, right above a time and below a headline, names the writers."""
    for i in range(1, len(page) - 1):
        timed = page.tags[i + 1] == (Role.META, "time or age") and page.role(i - 1) is Role.SHORT
        if (
            timed
            and page.role(i) is Role.SHORT
            and _is_names(page.text(i))
            and not _is_names(page.text(i - 1))
        ):
            page.tags[i] = (Role.META, "byline")


def _is_names(text: str) -> bool:
    words = text[:_BOXED].split()
    joined = all(word[:1].isupper() or word in {"and", "de", "van", "von", "al"} for word in words)
    return 2 <= len(words) <= 2 * _TITLE and joined and not any(c.isdigit() for c in text[:_BOXED])  # noqa: PLR2004


def _captions(page: Page) -> None:
    """Drop a caption: running text right under a picture that repeats it, credits it or says who is where."""
    for i, tag in enumerate(page.tags):
        j = page.following(i) if tag == (Role.SOFT, "picture") else len(page)
        told = page.role(j) is Role.PROSE or (page.role(j) is Role.SHORT and _is_emphasised(page.lines[j]))
        if told and j - i <= 2:  # noqa: PLR2004 at most a blank line between
            goes_on = page.following(j) < len(page) and page.role(page.following(j)) is not Role.END
            text = page.text(j)
            repeated = text[:80] in page.text(i)[:2000] or _is_emphasised(page.lines[j])
            if goes_on and (repeated or ends_with_credit(text) or has_position(text)):
                page.tags[j] = (Role.SOFT, "caption or credit of a picture")


def _is_emphasised(line: Line) -> bool:
    """Tell a Markdown line that stands in italics as a whole."""
    raw = line.raw[0].strip()
    return raw[:1] in "*_" and raw[:1] == raw[-1:] and raw[1:2] != raw[:1]


def _pull_quotes(page: Page) -> None:
    """Drop a quotation that stands alone and again in a paragraph beside it, and the name under it."""
    for i, line in enumerate(page.lines):
        text = line.text[: 2 * _STORY].strip("\"'“”‘’")
        quoted = line.kind is Kind.QUOTE or len(line.text) - len(text) >= 2  # noqa: PLR2004 a mark at both ends
        candidate = page.role(i) in (Role.PROSE, Role.SHORT) and quoted and _QUOTE <= len(text) <= _STORY
        if candidate and _is_beside(page, i, text):
            page.tags[i] = (Role.SOFT, "quotation repeated from the text")
            j = page.following(i)
            if page.role(j) is Role.SHORT and page.lines[j].raw[0].lstrip(" >").startswith(("—", "–", "-")):
                page.tags[j] = (Role.SOFT, "name under a quotation")


def _is_beside(page: Page, i: int, text: str) -> bool:
    near = range(max(0, i - _NEAR), min(len(page), i + _NEAR + 1))
    longer = (page.text(j)[: 20 * _STORY] for j in near if j != i and len(page.text(j)) > len(text) + 2)
    return any(text in other for other in longer)


def _boxes(page: Page) -> None:
    """Drop what stands inside a promotion: between its lines, or alone under its first."""
    told = False
    for i, tag in enumerate(page.tags):
        told = told or tag[0] is Role.PROSE
        if told and tag == (Role.SOFT, "promotion"):
            for j in _boxed(page, i):
                page.tags[j] = (Role.JUNK, "part of a promotion")


def _boxed(page: Page, i: int) -> list[int]:
    found: list[int] = []
    for j in range(i + 1, min(len(page), i + 2 * _BOX)):
        role, reason = page.tags[j]
        if role is Role.SOFT and reason.startswith(("promotion", "button")):
            return found
        if role not in (Role.PROSE, Role.SHORT, Role.BLANK) or len(page.text(j)) > _BOXED:
            break
        found += [j] * (role is not Role.BLANK)
        if len(found) > _BOX:
            break
    return found[:1] if _stands_alone(page, found) else []


def _stands_alone(page: Page, found: Sequence[int]) -> bool:
    if not found or page.role(found[0]) is not Role.PROSE:
        return False
    return page.role(page.following(found[0])) not in (Role.PROSE, Role.SHORT)


def _comments(page: Page) -> None:
    """Drop what stands under a head of comments, if there was an article for readers to comment on."""
    told = inside = False
    before = Role.BLANK
    for i, (role, _) in enumerate(page.tags):
        if role is Role.COMMENTS:
            inside = told and before is not Role.META
        elif role in _STOPS or (inside and role is Role.SHORT and _opens_story(page, i)):
            inside = False
        elif inside and role is not Role.BLANK:
            page.tags[i] = (Role.JUNK, "comment of a reader")
        told = (told or role is Role.PROSE) and role is not Role.START
        before = before if role is Role.BLANK else role


def _opens_story(page: Page, i: int) -> bool:
    if len(page.text(i).split()) < _TITLE:
        return False
    after = page.following(i)
    while page.role(after) is Role.META:
        after = page.following(after)
    return page.role(after) is Role.PROSE and len(page.text(after)) >= _STORY


def _lists(page: Page) -> None:
    """Drop what a list of other stories names; the last line before running text may head a story."""
    i = 0
    while i < len(page):
        if page.role(i) is Role.LIST:
            stop = _list_end(page, i)
            items = [j for j in range(i + 1, stop) if page.role(j) in (Role.SHORT, Role.PROSE)]
            spared = _headline(page, items, stop)
            for j in items:
                if j != spared:
                    page.tags[j] = (Role.JUNK, "names another story")
            i = stop
        else:
            i += 1


def _list_end(page: Page, i: int) -> int:
    for j in range(i + 1, len(page)):
        role = page.role(j)
        if role in (Role.META, Role.RULE, *_STOPS) or (role is Role.PROSE and not page.lines[j].mark):
            return j
    return len(page)


def _headline(page: Page, items: Sequence[int], stop: int) -> int | None:
    """Which item of a list is the headline of the text that follows the list, if one is."""
    if not items or stop == len(page) or page.lines[items[-1]].kind is Kind.ITEM:
        return None
    last = items[-1]
    if page.role(stop) is Role.META or page.lines[last].kind is Kind.HEADING:
        return last
    apart = page.role(last - 1) is Role.BLANK or len(items) == 1
    return last if page.role(stop) is Role.PROSE and apart and _run(page, stop) >= _STORY else None


def _run(page: Page, start: int) -> int:
    """Characters of the running text that starts on a line, counted until they are enough."""
    length = 0
    for j in range(start, len(page)):
        if page.role(j) not in (Role.PROSE, Role.BLANK) or length >= _STORY:
            break
        length += len(page.text(j))
    return length


_STEPS: tuple[Callable[[Page], None], ...] = (
    _sources,
    _writers,
    _captions,
    _pull_quotes,
    _boxes,
    _comments,
    _lists,
)
