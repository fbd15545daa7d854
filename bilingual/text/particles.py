"""Korean particles: the form that fits the word before it, chosen, refitted and checked.

A pair is (after a consonant, after a vowel). After ㄹ the 으로 family takes its second form (서울로).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bilingual.text.hangul import Ending
from bilingual.text.reading import CLOSERS, reading


def _family(consonant: str, vowel: str, tails: str) -> list[tuple[str, str]]:
    """Pairs of one particle with what may follow it in the same run.

    >>> _family("과", "와", "의 는")
    [('과의', '와의'), ('과는', '와는')]
    """
    return [(consonant + tail, vowel + tail) for tail in tails.split()]


CASE = (
    *(("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("은커녕", "는커녕")),
    *_family("과", "와", "의 는 도 만 만은 만의 는커녕"),
)
DIRECTION = (
    ("으로", "로"),
    *_family("으로", "로", "의 도 만 는 나 요 만은 만의 밖에 든 든지 까지 까지의 까지는"),
    *_family("으로", "로", "서 서의 서는 서도 서만 선 써 써의 써는 썬 부터 부터의 부터는"),
)
QUOTING = (
    *_family("이라", "라", "고 고는 고도 고만 고까지 고요 곤 는 며 면 면서 던 서 도"),
    *_family("이", "", "라 란 라든지 라든가 나 나마 든 든지 든가 랑 야말로 여"),
)
COPULA = (
    *_family("이", "", "다 며 고 자 지만 니 니까 므로 던 면 기에 기도"),
    *_family("이었", "였", "다 고 으며 지만 던 습니다 는데 음 다고 다는 다며 으나"),
    ("이에요", "예요"),
    ("이야", "야"),
)
VOCATIVE = (("아", "야"),)
# After a vowel print keeps the 이 of these: 총리이자, 총리이고.
KEPT = frozenset({"이고", "이자", "이지만", "이면", "이기에", "이기도"})
# One syllable that may as well be part of a word is a particle only where it already agrees.
DOUBTFUL = frozenset(
    {"고", "며", "다", "자", "나", "니", "든", "라", "랑", "여", "란", "면", "던", "아", "야"}
)
PAIRS = {form: pair for pair in VOCATIVE + COPULA + QUOTING + CASE + DIRECTION for form in pair} | {
    "이야": ("이야", "야")
}
CHECKED = frozenset(form for pair in CASE + DIRECTION + QUOTING for form in pair) - DOUBTFUL

_OBJECTS = ("을", "를", "와", "으로")

_CLOSED = f"[{re.escape(CLOSERS)})\\]]*"
_GAP = re.compile(rf"{_CLOSED}(?:\([^()]{{1,40}}\){_CLOSED})?")
_RUN = re.compile("[가-힣]+")
# Longest first: what has no pair, then what has; one-syllable copulas are likelier the end of a word.
_INVARIANT = frozenset(
    {
        "에서는",
        "에서도",
        "에서의",
        "에게서",
        "에서",
        "에게",
        "에는",
        "에도",
        "에만",
        "까지",
        "부터",
        "한테",
        "께서",
        "보다",
    }
    | {"처럼", "마다", "조차", "의", "에", "도", "만"}
)
_TAIL = re.compile(f"(?:{'|'.join(sorted({*_INVARIANT, *CHECKED}, key=len, reverse=True))})$")
_OPENED = re.compile(r"(?:^|\s)[\"'*_]+$|[(\[{<~·‘“「『《〈,-]$")
_NUMBERED = re.compile(r"[가-힣]\d+$")  # 종로3가, 형사2과


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A particle that does not fit: where it starts, word and particle as they stand, and what would fit."""

    start: int
    word: str
    found: str
    fitting: str


def attach(word: str, particle: str) -> str:
    """Put the fitting form of a particle after a word; one that has no pair is put as it is.

    >>> [attach(word, "은") for word in ("위성락", "뤼터", "NATO", "OPEC", "50%", "유럽연합(EU)")]
    ['위성락은', '뤼터는', 'NATO는', 'OPEC은', '50%는', '유럽연합(EU)은']
    >>> [attach(word, "(으)로") for word in ("서울", "부산", "제주", "7", "10")]
    ['서울로', '부산으로', '제주로', '7로', '10으로']
    >>> attach("나토", "이라고"), attach("한국", "라고"), attach("총리", "이자"), attach("한국", "에서")
    ('나토라고', '한국이라고', '총리이자', '한국에서')
    """
    form = re.sub(r"^\(([가-힣])\)|/.*|\(.*\)", r"\1", particle)
    end = reading(word)
    return word + (fitting(form, end) if end else form)


def fitting(form: str, end: Ending) -> str:
    """Form of a particle after a word that ends so.

    >>> fitting("으로", Ending.RIEUL), fitting("을", Ending.RIEUL), fitting("였다", Ending.CONSONANT)
    ('로', '을', '이었다')
    """
    pair = PAIRS.get(form)
    if pair is None:
        return form
    if end is Ending.CONSONANT or (end is Ending.RIEUL and pair not in DIRECTION):
        return pair[0]
    return form if form in KEPT else pair[1]


def stem(word: str) -> str:
    """The word without its particle and what is punctuation after it, as far as that can be told.

    >>> stem("뤼터는"), stem("서울에서"), stem("국가"), stem("나토(NATO)와의"), stem("말했다.")
    ('뤼터', '서울', '국가', '나토(NATO)', '말했다')
    """
    bare = re.sub(r"[.,;:!?…]+$", "", word)
    found = _TAIL.search(bare)
    if not found or not found.start():
        return bare
    rest, form = bare[: found.start()], found[0]
    end = reading(rest)
    return rest if form not in PAIRS or (end and fitting(form, end) == form) else bare


def refit(text: str, start: int, end: int, replacement: str) -> str:
    """Replace text[start:end] and refit the particle that follows, quotes and a gloss in brackets between.

    >>> refit("미국은 동의했다", 0, 2, "나토"), refit("나토(NATO)는", 0, 2, "북대서양조약기구")
    ('나토는 동의했다', '북대서양조약기구(NATO)는')
    >>> refit("중국이라크", 0, 2, "나토"), refit("총리라고", 0, 2, "대통령"), refit("서울고", 0, 2, "부산")
    ('나토이라크', '대통령이라고', '부산고')
    """
    gap = _GAP.match(text, end)
    middle = gap[0] if gap else ""
    run = _RUN.match(text, end + len(middle))
    if not run or run[0] not in PAIRS:
        return text[:start] + replacement + text[end:]
    head = text[:start] + replacement + middle
    new, old = reading(head), reading(text[:end] + middle)
    sure = run[0] not in DOUBTFUL or (old is not None and fitting(run[0], old) == run[0])
    return head + (fitting(run[0], new) if new and sure else run[0]) + text[run.end() :]


def disagreements(text: str, known: Collection[str] = ()) -> list[Disagreement]:
    """Particles that do not fit what they follow.

    Looked at where it is plain that a word ends: after Latin letters, digits, signs, brackets, quotes and the
    known words; inside other Hangul only forms that no word ends in.

    >>> [(d.word, d.found, d.fitting) for d in disagreements("NATO은 50%을, 국가는 나라을")]
    [('NATO', '은', '는'), ('50%', '을', '를'), ('나라', '을', '를')]
    >>> disagreements("국가와 사이, 기로, 이라크, 은행, 종로, 마을, 하는")
    []
    >>> [d.fitting for d in disagreements("이재명가 왔다", known={"이재명"})]
    ['이']
    """
    ends = {word.rsplit(maxsplit=1)[-1] for word in known if word.strip()}
    return [
        found
        for run in _RUN.finditer(text)
        if ends or run[0] in CHECKED or run[0].endswith(_OBJECTS)
        for found in (_beside(text, run) or _inside(text, run, ends),)
        if found is not None
    ]


def repaired(text: str, known: Collection[str] = ()) -> str:
    """The text with every particle that does not fit put right.

    >>> repaired("EU은 이재명와 만났다", known={"이재명"})
    'EU는 이재명과 만났다'
    """
    for found in reversed(disagreements(text, known)):
        text = text[: found.start] + found.fitting + text[found.start + len(found.found) :]
    return text


def _beside(text: str, run: re.Match[str]) -> Disagreement | None:
    """Check a run that follows something other than Hangul without a space."""
    head = text[: run.start()]
    if not head or head[-1].isspace() or run[0] not in CHECKED:
        return None
    if re.search(r"(?:^|\s)[\"'*_]+$|[가-힣]\d+$", head) and (
        not head[-1].isdigit() or run[0] in ("가", "과")
    ):
        return None  # a quote that opens; 종로3가, 형사2과
    return _judged(run.start(), head, run[0])


def _judged(start: int, head: str, form: str) -> Disagreement | None:
    """Compare a form with what fits after the text before it."""
    end = reading(head)
    if end is None or _loose(head) or (fit := fitting(form, end)) == form:
        return None
    return Disagreement(start, head.rsplit(maxsplit=1)[-1], form, fit)


def _loose(head: str) -> bool:
    """Whether usage has it both ways: letters that end in R (아르, 알)."""
    return bool(re.search(r"[A-Z]R$", head.rstrip(CLOSERS)))


# Ends that no noun with a fitting particle has, less the words that do end so (지을, 마을, 들를).
_NEVER = re.compile(f"(?P<bare>[가-힣])(?:{'|'.join(_OBJECTS)})$")
_WORDS = re.compile("(?:마을|가을|노을|고을|개을|새을|지을|이을|나을|부을|그을|모을|저을|들를)$")


def _inside(text: str, run: re.Match[str], known: Collection[str]) -> Disagreement | None:
    """Check the end of a run of Hangul: a known word with its particle, or a form no word ends in."""
    for cut in range(len(run[0]) - 1 if known else 0, 0, -1):
        if run[0][:cut] in known and run[0][cut:] in CHECKED:
            return _judged(run.start() + cut, text[: run.start() + cut], run[0][cut:])
    found = _NEVER.search(run[0])
    if not found or _WORDS.search(run[0]):
        return None
    cut = found.end("bare")
    return _judged(run.start() + cut, text[: run.start() + cut], run[0][cut:])
