"""The nouns: one thing at a time, frozen. A corpus of them is a Polars frame (see tables)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block of an article is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


class Markup(StrEnum):
    """How a document writes its blocks, and so how the Korean article is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


class Origin(StrEnum):
    """Where a translation came from."""

    MACHINE = "machine"
    MEMORY = "memory"
    HUMAN = "human"


class Status(StrEnum):
    """What a reviewer said of a pair."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


class TermType(StrEnum):
    """What a term names."""

    PERSON = "person"
    TITLE = "title"
    ORGANIZATION = "organization"
    PLACE = "place"
    TERM = "term"
    EVENT = "event"
    LAW = "law"
    WORK = "work"
    PRODUCT = "product"


class TermStatus(StrEnum):
    """What a terminologist said of a term; only approved terms are enforced."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    FORBIDDEN = "forbidden"


class Later(StrEnum):
    """How a later mention by surname is said."""

    TITLE = "title"
    NAME = "name"
    OFF = "off"


class Engine(StrEnum):
    """What does the work: this process, or Ray."""

    HERE = "here"
    RAY = "ray"


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read: name is the path or address as the user gave it, text is decoded, LF, no BOM.

    notes say what an editor should know of it, such as bytes that could not be read.
    """

    name: str
    markup: Markup
    text: str
    checksum: str
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A title, paragraph or other unit; mark is the bullet, number or heading sign before its text."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One complete article of a document: blocks in order, the title (if any) first; number counts from 1."""

    document: str
    number: int
    blocks: tuple[Block, ...]
    markup: Markup = Markup.TEXT
    separator: str = "\n\n"

    @property
    def title(self) -> str:
        """Text of the title, or nothing."""
        return self.blocks[0].text if self.blocks and self.blocks[0].kind is Kind.TITLE else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text with its place: block index and position in the block, both from 0; separator follows it."""

    text: str
    block: int
    position: int
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a glossary; origin says where it came from (file and line, or the rule that proposed it)."""

    source: str
    target: str
    type: TermType = TermType.TERM
    status: TermStatus = TermStatus.APPROVED
    variant_of: str = ""
    country: str = ""
    valid_from: str = ""
    valid_until: str = ""
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Honoured:
    """A term that a sentence required; rung names the step that got it into the target ("" if none did)."""

    source: str
    target: str
    type: TermType
    honoured: bool
    rung: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A named doubt about a pair; a value, never an exception."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its translation and the evidence for it; score is log-probability per target token."""

    pair_id: str
    document: str
    article: str
    paragraph: int
    position: int
    source: str
    target: str
    origin: Origin = Origin.MACHINE
    status: Status = Status.DRAFT
    score: float | None = None
    issues: tuple[Issue, ...] = ()
    terms: tuple[Honoured, ...] = ()
    model: str = ""
    glossary: str = ""
    reviewer: str = ""
    reviewed_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a model wrote; score is log-probability per token, attention of shape (target, source) tokens."""

    text: str
    score: float
    tokens: tuple[str, ...] = ()
    source_tokens: tuple[str, ...] = ()
    attention: Sequence[Sequence[float]] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Model:
    """What translates: name and version of the package (or chain), and its checksum."""

    name: str
    version: str
    checksum: str
    source: str = "en"
    target: str = "ko"
    place: str = ""

    def __str__(self) -> str:
        """Name as it is printed and stored with each pair."""
        return f"{self.name} {self.version} ({self.checksum[:12]})"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table file as read: number counts from 1 as a spreadsheet shows it, the header included.

    Cells stand under the column names in lower case; what stands beyond the header's columns stands under "".
    """

    file: str
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment with its translation as memories and exchange files hold it, whatever their format.

    previous and next are the neighbouring source segments; place says where it was read ("file:line").
    """

    source: str
    target: str
    source_lang: str = "en"
    target_lang: str = "ko"
    unit_id: str = ""
    status: Status = Status.DRAFT
    origin: Origin = Origin.HUMAN
    previous: str = ""
    next: str = ""
    reviewer: str = ""
    created_at: str = ""
    note: str = ""
    document: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of several of a run, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        """The part as it is typed: 3/16."""
        return f"{self.number}/{self.of}"
