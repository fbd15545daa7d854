"""Chinese names from pinyin and Japanese names from Hepburn romaji, by the tables of 외래어 표기법."""

import re
import unicodedata
from functools import cache

_INITIALS = dict(
    pair.split(":")
    for pair in (
        "b:ㅂ p:ㅍ m:ㅁ f:ㅍ d:ㄷ t:ㅌ n:ㄴ l:ㄹ g:ㄱ k:ㅋ h:ㅎ j:ㅈ q:ㅊ x:ㅅ zh:ㅈ ch:ㅊ sh:ㅅ r:ㄹ "
        "z:ㅉ c:ㅊ s:ㅆ"
    ).split()
)
_FINALS = dict(
    pair.split(":")
    for pair in (
        "a:아 o:오 e:어 i:이 u:우 v:위 ai:아이 ei:에이 ao:아오 ou:어우 an:안 en:언 ang:앙 eng:엉 "
        "ia:야 ie:예 iao:야오 iu:유 ian:옌 in:인 iang:양 ing:잉 ua:와 uo:워 uai:와이 ui:우이 uan:완 "
        "un:운 uang:왕 ong:웅 ue:웨 ve:웨 iong:융"
    ).split()
)
_ALONE = dict(
    pair.split(":")
    for pair in (
        "a:아 o:오 e:어 ai:아이 ei:에이 ao:아오 ou:어우 an:안 en:언 ang:앙 er:얼 yi:이 ya:야 yo:요 "
        "ye:예 yao:야오 you:유 yan:옌 yin:인 yang:양 ying:잉 wu:우 wa:와 wo:워 wai:와이 wei:웨이 "
        "wan:완 wen:원 wang:왕 weng:웡 yu:위 yue:웨 yuan:위안 yun:윈 yong:융 hm:흠"
    ).split()
)
_PLAIN = {"야": "자", "예": "제", "옌": "젠", "양": "장", "유": "주", "융": "중"}
_JAPANESE_ROWS = (
    "a 아 이 우 에 오|k 카 키 쿠 케 코|g 가 기 구 게 고|s 사 시 스 세 소|z 자 지 즈 제 조|"
    "t 타 치 쓰 테 토|d 다 지 즈 데 도|n 나 니 누 네 노|h 하 히 후 헤 호|f 하 히 후 헤 호|"
    "b 바 비 부 베 보|p 파 피 푸 페 포|m 마 미 무 메 모|r 라 리 루 레 로|y 야 이 유 예 요|"
    "w 와 이 우 에 오|sh 샤 시 슈 셰 쇼|ch 차 치 추 체 초|j 자 지 주 제 조|ts 쓰 쓰 쓰 쓰 쓰|"
    "ky 캬 - 큐 - 쿄|gy 갸 - 규 - 교|ny 냐 - 뉴 - 뇨|hy 햐 - 휴 - 효|by 뱌 - 뷰 - 뵤|py 퍄 - 퓨 - 표|"
    "my 먀 - 뮤 - 묘|ry 랴 - 류 - 료"
)
CHINESE_SURNAMES = frozenset(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song"
    " tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren"
    " yao shen zhong jia cui tan fan liao jin shi dai xia qiu fang zou xiong bai meng qin yan hou long duan"
    " lei qian yin chang wan gu lai"
    " wen kong qi mao ni xi qu".split()
)
_LONG = re.compile(r"oh(?![aeiouy])|ou|oo")
_MORA = re.compile(
    r"(?P<double>k(?=k)|s(?=s)|t(?=t|ch)|p(?=p)|c(?=c)|g(?=g))?"
    r"(?P<onset>[kgnhbpmr]y|sh|ch|ts|[kgsztdnhfbpmrywj])?(?P<vowel>[aiueo])|n'?(?![aiueoy])|m(?=[bpm])"
)
_SOFTENED = str.maketrans("카키쿠케코타치테토차추초캬큐쿄", "가기구게고다지데도자주조갸규교")


@cache
def pinyin() -> dict[str, str]:
    """Hangul of each pinyin syllable, without tones, ü as u or v.

    >>> [pinyin()[syllable] for syllable in ("xi", "jin", "ping", "zhang", "qian", "xue", "sun")]
    ['시', '진', '핑', '장', '첸', '쉐', '쑨']
    """
    table = {one + two: _joined(one, two) for one in _INITIALS for two in _FINALS if _possible(one, two)}
    special = {"zhi": "즈", "chi": "츠", "shi": "스", "ri": "르", "zi": "쯔", "ci": "츠", "si": "쓰"}
    return table | special | _ALONE | {"lv": "뤼", "nv": "뉘"}


def _possible(one: str, two: str) -> bool:
    if one in "jqx":
        return two[0] in "iuv"
    return not (two[0] == "i" and one in ("g", "k", "h", "f", "zh", "ch", "sh", "r", "z", "c", "s"))


def _joined(one: str, two: str) -> str:
    final = _FINALS[two]
    if one in ("j", "q", "x") and two[0] == "u":
        final = {"u": "위", "ue": "웨", "uan": "위안", "un": "윈"}.get(two, final)
    if one in ("j", "q"):
        final = "".join(_PLAIN.get(char, char) for char in final)
    return _onset(_INITIALS[one], final)


def _onset(letter: str, final: str) -> str:
    """A final with its first syllable begun by a consonant."""
    onset = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ".index(letter)
    return chr(0xAC00 + onset * 588 + (ord(final[0]) - 0xAC00) % 588) + final[1:]


def chinese(word: str) -> str:
    """Hangul of a pinyin word, longest syllables first; nothing where it is not one.

    >>> chinese("Jinping"), chinese("Xi'an"), chinese("Yulan"), chinese("Smith")
    ('진핑', '시안', '위란', '')
    """
    plain = "".join(
        char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char)
    )
    found = [_syllables(part, pinyin()) for part in re.split(r"['’-]", plain)]
    return "".join(hangul for part in found for hangul in part) if all(found) else ""


def _syllables(letters: str, table: dict[str, str]) -> tuple[str, ...]:
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            if start in best and letters[start:end] in table:
                made = (*best[start], table[letters[start:end]])
                if end not in best or len(made) <= len(best[end]):
                    best[end] = made
    return best.get(len(letters), ())


@cache
def _kana() -> dict[str, str]:
    rows = (row.split() for row in _JAPANESE_ROWS.split("|"))
    cells = ((row[0].removeprefix("a"), zip("aiueo", row[1:], strict=True)) for row in rows)
    return {onset + vowel: hangul for onset, row in cells for vowel, hangul in row if hangul != "-"}


def japanese(word: str) -> str:
    """Hangul of a word in romaji; nothing where it is none.

    >>> japanese("Tanaka"), japanese("Shinzo"), japanese("Ohtani"), japanese("Hattori"), japanese("Smith")
    ('다나카', '신조', '오타니', '핫토리', '')
    """
    plain = "".join(
        char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char)
    )
    letters, found, place = (
        _LONG.sub("o", plain).replace("uu", "u").replace("ii", "i").replace("-", ""),
        "",
        0,
    )
    while place < len(letters):
        match = _MORA.match(letters, place)
        if not match:
            return ""
        found = _added(found, match)
        if not found:
            return ""
        place = match.end()
    return found


def _added(found: str, match: re.Match[str]) -> str:
    if match["vowel"] is None:
        return _final(found, 4)
    hangul = _kana().get((match["onset"] or "") + match["vowel"], "")
    if not found:
        return hangul.translate(_SOFTENED) if not match["double"] else ""
    before = _final(found, 19) if match["double"] else found
    return before + hangul if hangul and before else ""


def _final(found: str, number: int) -> str:
    """Text with a final put to its last syllable, where that is open."""
    if not found or (ord(found[-1]) - 0xAC00) % 28:
        return ""
    return found[:-1] + chr(ord(found[-1]) + number)
