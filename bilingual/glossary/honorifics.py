"""Titles beside names: the short title of later mentions, and what "former" becomes."""

import re

# What a title ends in and is said after a surname; the longest that fits is taken (뤼터 사무총장, 위 실장).
_HEADS = sorted(
    """
    대통령 부통령 총리 부총리 장관 부장관 차관 차관보 본부장 부본부장 비서관 보좌관 실장 국장 과장 청장
    처장 원장 의장 부의장 총재 부총재 총장 사무총장 이사장 회장 부회장 사장 부사장 대표 원내대표
    공동대표 특별대표 대변인 부대변인 대사 총영사 특사 의원 상원의원 하원의원 지사 시장 군수 구청장
    사령관 부사령관 대장 중장 소장 준장 대령 중령 소령 대위 총경 경정 경감 판사 재판장 대법관 검사
    변호사 교수 부교수 조교수 박사 연구원 감독 코치 단장 팀장 센터장 이코노미스트 애널리스트 최고경영자
    최고재무책임자 위원장 부위원장 위원 최고위원 주석 서기 총서기 국왕 여왕 왕세자 후보자 후보 당선인
    지명자 권한대행 선장 함장 관장 교장 학장 소방서장 서장 수석 예보관 당수 외무상 방위상 재무상 외상
    """.split(),
    key=len,
    reverse=True,
)
_FORMERS = {"former": "전", "ex": "전", "then": "당시", "incoming": "차기", "outgoing": "퇴임하는"}
_FORMER = re.compile(rf"\b(?P<word>{'|'.join(_FORMERS)})[\s-]$", re.IGNORECASE)


def short(title: str) -> str:
    """Title as it stands after a surname: what it ends in, else its last word.

    >>> [short(title) for title in ("통상교섭본부장", "국가안보실장", "미국 상무장관", "사무총장", "비서관")]
    ['본부장', '실장', '장관', '사무총장', '비서관']
    """
    last = title.rsplit(maxsplit=1)[-1]
    return next((head for head in _HEADS if last.endswith(head)), last)


def former(before: str) -> tuple[str, int]:
    """Korean of a "former" at the end of the text and how many characters it takes there.

    >>> former("The former "), former("Then-"), former("The ")
    (('전', 7), ('당시', 5), ('', 0))
    """
    found = _FORMER.search(before)
    return (_FORMERS[found["word"].lower()], len(found[0])) if found else ("", 0)
