"""Signs by which a line of a news page is known: what it matches, how it ends, how it is written."""

import re

from bilingual.text import phrases

HEAD = 400  # signs stand near the ends of a line, so a line of megabytes costs no more than a short one
_LONG = 25  # words from which a line is a paragraph, whatever it ends with
_FEW = 2  # words of a label: "Your turn!"
_HEADLINE = 15  # words that a headline ending in an abbreviation has at most
_BYLINE = 16  # words of the longest byline
_CELL = 6  # words of the longest part of a row
_EDGES = " \t\u00a0:.,;!?…»›>→←↓↑▼▲|·•-–—+()[]"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"


def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


AGE = _sign(
    r"(?:about |over |updated |published |posted )?(?:\d{1,3}|an?|one|two|three) ?"
    r"(?:s|m|h|d|w|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\.? ago"
    r"|just now|yesterday|today"
)
SHORT_AGE = _sign(r"\d{1,3} ?(?:s|m|h|d|w|mo|y|min|mins|hr|hrs)(?: ago)?|now")
WHEN = _sign(
    rf"\b(?:\d{{1,2}} {_MONTH},? (?:19|20)\d\d|{_MONTH} \d{{1,2}},? (?:19|20)\d\d"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d"
    r"|\d{1,2}[:.]\d\d ?(?:a\.?m\.?|p\.?m\.?|kst|gmt|utc|et)|\d{1,2}:\d\d(?::\d\d)?"
    rf"|\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})\b"
)
TIMED = _sign(r"(?:first |last )?(?:published|updated|posted|created|modified|input|issued|date|released)\b")
WEEKDAY = _sign(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")
READ = _sign(r"\d{1,3}[- ]?min(?:ute)?s?(?: read| listen)?|\d{1,3} min\. read|reading time.{0,20}")
COUNT = _sign(r"\(?\d[\d,.]{0,8}[km]?\)?(?: (?:shares?|views?|likes?|photos?|reads?|votes?|claps?|hits))?")
VOTES = _sign(
    r"(?:like|reply|share|report|dislike|upvote|recommend)s?[ \t]*\(?\d{0,6}\)?(?:[ \t|·]+\S{1,12}){0,4}"
)
WRITER = _sign(
    r"(?:\b(?:staff|senior|chief|contributing|special|political|business|science|foreign|local) )?"
    r"(?:reporter|correspondent|writer|editor|columnist|contributor|journalist|newsroom|bureau chief)s?"
)
_ROLE = (
    r"(?:[A-Z]\w+ ){0,3}(?i:reporter|correspondent|staff writer|columnist|intern reporter|newsroom|news desk"
    r"|contributing writer|editor)"
)
_NAME = r"[A-ZÀ-Þ][\w'’.-]{0,30}(?: [A-ZÀ-Þ][\w'’.-]{0,30}){1,3}"
_REST = r"(?:[ ]?[/|,(·<\[].{0,100})?"
_AUTHOR = re.compile(rf"{_ROLE}:? {_NAME}{_REST}|{_NAME}(?:,| [|/·-]) ?{_ROLE}{_REST}")
_ENCLOSED = re.compile(
    r"(?:\[[^\[\]]{1,120}\]|<{1,2}[^<>]{1,120}>{1,2}|«[^«»]{1,120}»|【[^【】]{1,120}】|\([^()]{1,40}\))"
)
REPORTED = re.compile(
    r"([A-ZÀ-Þ][^.\"”]{2,120}?) (?:reported from|is an? (?:reporter|writer|correspondent|columnist)"
    r"|contributed to|contributed)\b"
)
END = _sign(
    r"[(\[*#~/ -]{0,6}(?:ends?|30|end of (?:article|story|text|message|newsletter)|fin)[)\]*#~/. -]{0,6}"
    r"|#{2,6}"
)
MORE = _sign(
    r"[(\[*/ -]{0,6}more(?: to (?:come|follow))?[)\]*/. -]{0,6}|page \d{1,3}(?: of \d{1,3})?"
    r"|\d{1,3} of \d{1,3}"
)
NOTE = _sign(
    r"\((?:attn|eds?|note to editors|editors?|updates?|recasts?|adds|repeats?|corrects?)\b[^()]{0,200}\)"
    r"|(?:eds|attn|urgent|bulletin|flash|embargoed?)\b[:/].{0,120}"
)
SLUG = re.compile(
    r"(?=[^a-z]{4,80}$)(?:[A-Z0-9()./#:&]{1,30}[-/_]){1,8}[A-Z0-9()./#:&]{1,30}"
    r"(?:[ ,]+[A-Z0-9()/.#:]{1,20}){0,6}"
)
PRIORITY = _sign(r"[a-z]{1,3}\d{3,5}(?:[ \t]+\S{1,20}){0,8}|zczc.{0,60}|nnnn")
MAIL = _sign(
    r"(?:from|to|cc|bcc|subject|date|sent|reply-to|list-unsubscribe|message-id|content-type|mime-version)"
    r"[ \t]*:[ \t]*\S.{0,200}"
)
ADDRESS = re.compile(
    r"[(<]?[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}[>)]?(?:[ \t,|/]+[\w.+@-]{1,80}){0,3}"
)
HANDLE = re.compile(r"@\w{2,30}")
HASHTAG = re.compile(r"[#＃]\w[\w'’·&-]{0,60}[,;]?")
URL = re.compile(r"<?(?:https?://|www\.)\S+>?")
PARTS = re.compile(r"[ \t]*[|›»>·•/][ \t]+|[ \t]+[|›»>·•/][ \t]*|[ \t]{2,}|\t|[ \t][–—-][ \t]")
WORD = re.compile(r"[^\W\d_]")
OUTSIDE = re.compile(r"<!-- (article|[\w /-]{1,30}) -->[ \t]?")
_CELLS = re.compile(r"[ \t]*[·|•∙●][ \t]*|[ \t]+[–—/-][ \t]+|,[ \t]")
_BY = _sign(
    r"(?:by|from|words by|written by|story by|text by|reported by)[ \t:]+(?=[^\W\d_])"
    r"(?:[^\s,;|/]{1,40}[ \t,;|/]{1,3}){0,14}[^\s]{1,40}"
)
_SENTENCE = re.compile(r"[.!?…](?:[\"'”’»)\]]{0,3})(?:\s|$)")
_CREDIT = re.compile(r"(?:\s*\([^()]{1,40}\)){1,3}$")
_OWNED = re.compile(r"[.!?][\"”’]? (?:[^\s.!?]{1,30} ){0,5}/ ?[^.!?/]{2,40}$")
_PHOTO = _sign(r"[.!?] \(?(?:photo|photograph|picture)s?(?: by|:) [^.!?]{0,40}[\w)][.)]?$")
_POSITION = _sign(
    r"\((?:[RLC]|left|right|center|centre|front|back|top|bottom"
    r"|(?:\d\w\w|second|third) from (?:[RL]|left|right))"
    r"\)|, (?:left|right|center),"
)
_SYMBOLS = re.compile(r"^[^\w\"'“‘(\[#$€£₩]+|[^\w.!?\"'”’)\]%…]+$")


def fold(text: str) -> str:
    """Write a short line as the phrases are written.

    >>> fold("  SHARE this article »")
    'share this article'
    """
    words = _SYMBOLS.sub("", text[:HEAD].replace("’", "'").strip(_EDGES))
    return " ".join(words.strip(_EDGES).lower().split())


def is_button(text: str) -> bool:
    """Tell a label that a reader presses or that only names a part of the page."""
    return fold(text) in phrases.BUTTONS


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does; a credit in brackets may follow.

    >>> [ends_sentence(t) for t in ("He left. (Pool photo) (AP)", '"Yes," she said.', "Gold at record")]
    [True, True, False]
    """
    end = text[-200:].rstrip()
    tail = _CREDIT.sub("", end).rstrip("\"'”’»)]*_ ")
    return tail.endswith((".", "!", "?", "…", ":", ";")) or end.endswith((".”", '."'))


def is_prose(text: str) -> bool:
    """Tell a line of running text from a headline or label.

    >>> [is_prose(t) for t in ("Nobody was hurt.", "Seoul to buy jets from U.S.", "Your turn!")]
    [True, False, False]
    """
    words = text[:HEAD].split()
    if len(words) >= _LONG:
        return True
    called = len(words) <= _FEW and not text.endswith((".", '"', "”"))
    return ends_sentence(text) and not called and not _ends_abbreviated(words)


def _ends_abbreviated(words: list[str]) -> bool:
    """Tell a headline that ends in an abbreviation from a sentence."""
    last = words[-1] if words else ""
    return last.count(".") > 1 and last.replace(".", "").isupper() and len(words) < _HEADLINE


def sentences(text: str) -> int:
    """Count the sentence ends of a text, roughly: enough to tell a summary from a story.

    >>> sentences("Nobody was hurt. The car stopped.")
    2
    """
    return sum(1 for _ in _SENTENCE.finditer(text[: 10 * HEAD]))


def ends_with_credit(text: str) -> bool:
    """Tell whether a text ends in a credit after its stop: in brackets, or a name and a source.

    >>> [ends_with_credit(t) for t in ("On deck. (Pool)", "At sea. Ko Jun / Halla", "a memo (MOU).")]
    [True, True, False]
    """
    bracketed = text.endswith(")") and ends_sentence(text) and bool(_CREDIT.search(text[-200:]))
    return bracketed or is_owned(text)


def is_owned(text: str) -> bool:
    """Tell a caption that ends in its photographer and source.

    >>> is_owned("A farmer checks mangoes. Ko Jun / Halla Daily")
    True
    """
    return bool(_OWNED.search(text[-120:]) or _PHOTO.search(text[-80:]))


def is_enclosed(text: str) -> bool:
    """Tell a line that stands wholly in brackets, as remarks of a page do.

    >>> [is_enclosed(t) for t in ("[Article continues below]", "(Yonhap)", "[Photo News] Rules to tame debt")]
    [True, True, False]
    """
    return len(text) < HEAD and bool(_ENCLOSED.fullmatch(text)) and not is_prose(text[1:-1])


def has_position(text: str) -> bool:
    """Tell whether a caption says who stands where in a picture.

    >>> has_position("Minister Sagong Yun (R) shakes hands")
    True
    """
    return bool(_POSITION.search(text[: 2 * HEAD]))


def is_byline(text: str) -> bool:
    """Tell a line that names the writer.

    >>> [is_byline(t) for t in ("By Noh Eun-chae", "Staff Reporter Ha Dong-su", "By Friday it had stopped.")]
    [True, True, False]
    """
    if len(text) < HEAD and _AUTHOR.fullmatch(text):
        return True
    words = text[:HEAD].split()
    names = sum(word[:1].isupper() for word in words[1:])
    written = len(words) <= _BYLINE and bool(_BY.fullmatch(text[:HEAD])) and not is_prose(text)
    return written and 2 * names >= len(words) - 1


def is_row(text: str) -> bool:
    """Tell a row of source, age, writer and time to read.

    >>> [is_row(t) for t in ("Halla Daily · 4h", "Pyo Ha-neul · Staff reporter", "Byun, Hoekstra share gold")]
    [True, True, False]
    """
    parts = [part.strip() for part in _CELLS.split(text[:HEAD]) if part.strip()]
    if len(parts) < _FEW or is_prose(text) or any(len(part.split()) > _CELL for part in parts):
        return False
    cells = (AGE, SHORT_AGE, READ, WHEN, WRITER)
    return any(cell.fullmatch(part) for part in parts[1:] for cell in cells)
