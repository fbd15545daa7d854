"""What the page says in Korean of codes that the tables hold."""

from bilingual.records import Issue, Origin, Status, TermType

STATUSES = {
    Status.DRAFT: "초안",
    Status.ACCEPTED: "승인",
    Status.EDITED: "수정",
    Status.REJECTED: "반려",
}
ORIGINS = {Origin.MACHINE: "기계 번역", Origin.MEMORY: "번역 메모리", Origin.HUMAN: "사람"}
TERMS = {
    TermType.PERSON: "인명",
    TermType.TITLE: "직함",
    TermType.ORGANIZATION: "기관",
    TermType.PLACE: "지명",
    TermType.TERM: "용어",
    TermType.EVENT: "행사",
    TermType.LAW: "법령",
    TermType.WORK: "작품",
    TermType.PRODUCT: "제품",
}
ISSUES = {
    "term": "용어 빠짐",
    "forbidden": "쓰지 않기로 한 번역",
    "number": "숫자 확인",
    "leftover": "남은 영어",
    "protected": "주소·기호 빠짐",
    "particle": "조사 확인",
    "marks": "따옴표·괄호 짝",
    "loop": "되풀이된 말",
    "length": "길이 차이",
    "garbled": "깨진 글자",
    "inconsistent": "다르게 옮긴 곳",
    "empty": "빈 번역",
}
_SENTENCES = {
    "term": "용어집의 번역이 빠졌습니다: {0}",
    "forbidden": "쓰지 않기로 한 번역입니다: {0}",
    "number": "원문의 숫자가 번역문에 없습니다: {0}",
    "leftover": "영어가 그대로 남았습니다: {0}",
    "protected": "주소나 기호가 빠졌습니다: {0}",
    "particle": "조사가 맞지 않습니다: {0}",
    "marks": "따옴표나 괄호의 짝이 맞지 않습니다: {0}",
    "loop": "같은 말이 되풀이됩니다",
    "length": "원문에 비해 너무 짧거나 깁니다(글자 수 {0})",
    "garbled": "깨진 글자가 있습니다: {0}",
    "inconsistent": "같은 원문을 다르게 옮긴 곳이 있습니다: {0}",
    "empty": "번역문이 비어 있습니다",
}


def issue_sentence(issue: Issue) -> str:
    """What an issue says to an editor.

    >>> issue_sentence(Issue("number", "+30")), issue_sentence(Issue("loop"))
    ('원문에 없는 숫자가 있습니다: 30', '같은 말이 되풀이됩니다')
    """
    if issue.code == "number" and issue.detail.startswith("+"):
        return f"원문에 없는 숫자가 있습니다: {issue.detail[1:]}"
    sentence = _SENTENCES.get(issue.code, f"{issue.code}: {{0}}")
    return sentence.format(issue.detail).removesuffix(": ")
