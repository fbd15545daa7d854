"""Formal Korean prose (합니다) rewritten in the plain style of news (한다), by rule."""

import re

_PIEUP, _NIEUN = 17, 4  # places among the finals of a syllable
_SYLLABLES, _FINALS = 0xAC00, 28
_PAST = "았었였했됐졌겠왔갔봤렀섰났렸켰혔쳤녔텼컸썼떴줬꿨웠났팠랐랬겼뤘췄"
_ADJECTIVE = "많좋같적작높낮길짧넓좁깊얕옳싫찮없있맑밝굵얇젊늙쉽렵겁볍맞"
_HADA = (
    "가능|불가능|필요|중요|유용|간단|동일|유사|다양|완전|명확|편리|충분|적합|적절|안전|비슷|특별|강력|복잡"
)
_VOWEL_ADJECTIVES = "크쁘프싸"
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"아닙니다"), "아니다"),
    (re.compile(rf"({_HADA})합니다"), r"\1하다"),
    (re.compile(rf"([{_PAST}{_ADJECTIVE}])습니다"), r"\1다"),
    (re.compile(r"([가-힣])습니다"), r"\1는다"),
    (re.compile(r"([가-힣])입니다"), r"\1이다"),
    (re.compile(r"(다|빠)릅니다"), r"\1르다"),
)
_POLITE = re.compile(r"(시오|[세해에예어아까네지]요|죠|니까|니다)[.!?\"'”’)]*$")


def plain_style(korean: str) -> str:
    """The sentence with its 합니다 endings in plain style; other endings are left.

    Present adjectives it does not know come out as verbs (드문 → 드문다): rare enough for training text.

    >>> [plain_style(text) for text in ("오릅니다.", "엽니다.", "좋습니다.", "받습니다.", "왔습니다.")]
    ['오른다.', '연다.', '좋다.', '받는다.', '왔다.']
    >>> [plain_style(text) for text in ("사과입니다.", "필요합니다.", "아닙니다.", "큽니다.")]
    ['사과이다.', '필요하다.', '아니다.', '크다.']
    """
    for pattern, written in _STEPS:
        korean = pattern.sub(written, korean)
    return re.sub(r"([가-힣])니다", _present, korean)


def is_polite(korean: str) -> bool:
    """Whether the sentence ends politely (합니다, 해요, 하십시오) and so not as news does.

    >>> is_polite("가세요."), is_polite("간다.")
    (True, False)
    """
    return _POLITE.search(korean) is not None


def _present(found: re.Match[str]) -> str:
    code = ord(found[1]) - _SYLLABLES
    if code % _FINALS != _PIEUP:
        return found[0]
    stem = chr(_SYLLABLES + code - _PIEUP)
    return stem + "다" if stem in _VOWEL_ADJECTIVES else chr(_SYLLABLES + code - _PIEUP + _NIEUN) + "다"
