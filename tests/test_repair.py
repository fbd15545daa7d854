import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.text.repair import balance, clean, length_suspect, loops


@pytest.mark.parametrize(
    "text",
    [
        "그는 그는 그는 그는 말했다.",
        "조사에 대한 조사에 대한 조사에 대한 조사가 시작됐다.",
        "변호사, 변호사, 변호사, 변호사 등이 있다.",
        "정부는 회의를 열고 대책을 논의했다 정부는 회의를 열고 대책을 논의했다",
        "한국은한국은한국은한국은한국은 말했다",
        "힌힌힌힌힌힌힌힌힌힌",
        "긴장이 긴장이 긴장이 긴장이 높아졌다",
        "the the the the",
        "He said he said he said he said he left.",
        "하고 하고 하고 하고",
    ],
)
def test_a_loop_is_a_loop(text: str) -> None:
    assert loops(text)


@pytest.mark.parametrize(
    "text",
    [
        "하하하하",
        "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ",
        "매우 매우 좋다",
        "아주아주 오래된 이야기",
        "한 걸음 한 걸음 나아갔다.",
        "1,000,000,000,000원",
        "1, 1, 1, 1",
        "010101010101",
        "----------------",
        "* * * * * *",
        "......................",
        "서울, 부산, 대구, 대전, 광주, 울산",
        "국민의, 국민에 의한, 국민을 위한 정부",
        "No, no, no!",
        "very, very good",
        "가나다라마바사아자차카타파하",
        "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
        "",
    ],
)
def test_emphasis_laughter_numbers_and_lists_are_no_loops(text: str) -> None:
    assert not loops(text)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ('"We go," he said.', '"우리는 간다"고 그는 말했다.', '"우리는 간다"고 그는 말했다.'),
        ("“We go,” he said.", '"우리는 간다"고 그는 말했다.', "“우리는 간다”고 그는 말했다."),
        ('"We go," he said.', "“우리는 간다”고 그는 말했다.", '"우리는 간다"고 그는 말했다.'),
        ('"We go," he said.', '"우리는 간다고 그는 말했다.', '"우리는 간다고 그는 말했다.'[1:]),
        ('He said "we go."', '그는 "우리는 간다고 말했다.', '그는 "우리는 간다"고 말했다.'),
        ('"We are ready."', "우리는 준비됐다.", '"우리는 준비됐다."'),
        ("“We are ready.”", "“우리는 준비됐다.", "“우리는 준비됐다.”"),
        ('"We go.', "우리는 간다.", '"우리는 간다.'),
        ('We go."', "우리는 간다.", '우리는 간다."'),
        ('"We go.', '"우리는 간다.', '"우리는 간다.'),
        ("We go.", '우리는 간다."', "우리는 간다."),
        ("We go.", '우리는 "간다".', '우리는 "간다".'),
        ("He left (for good).", "그는 (영원히 떠났다.", "그는 (영원히 떠났다)."),
        ("He left.", "그는 떠났다).", "그는 떠났다."),
        ("1) He left.", "1) 그는 떠났다.", "1) 그는 떠났다."),
        ("The EU (European Union) left.", "유럽연합(EU)은 떠났다.", "유럽연합(EU)은 떠났다."),
        ("He said, 'go.'", "그는 '가라'고 했다.", "그는 '가라'고 했다."),
        ("", "", ""),
    ],
)
def test_quotes_and_brackets_are_paired_as_in_the_source(source: str, target: str, expected: str) -> None:
    assert balance(source, target) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("그는  갔다 .", "그는 갔다."),
        ("서울 , 부산", "서울, 부산"),
        ("( 서울 ) 에서", "(서울) 에서"),
        ("80 %를 받는다", "80%를 받는다"),
        ("그는 ... 갔다", "그는 ... 갔다"),
        ("0 .5는 그대로", "0 .5는 그대로"),
        ("시각은 3 :30", "시각은 3 :30"),
        ("“ 소년 왕 ” 은", "“소년 왕” 은"),
        ('그는 " 간다"고 했다', '그는 "간다"고 했다'),
        ('" 고객은 노드의 가격"을 냈다.', '"고객은 노드의 가격"을 냈다.'),
        ('5" 화면과 6" 화면', '5" 화면과 6" 화면'),
        ('그는 " 간다고 했다', '그는 " 간다고 했다'),
        ('`a " b"` 는 " 간다"', '`a " b"` 는 " 간다"'),
        ("`a  b ,c` 는", "`a  b ,c` 는"),
        ("  ", ""),
    ],
)
def test_stray_spaces_go_and_others_stay(target: str, expected: str) -> None:
    assert clean(target) == expected


@given(st.text(alphabet=' .,"“”()[]%가나a1:!`'))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(), st.text())
def test_balancing_changes_only_quotes_and_brackets(source: str, target: str) -> None:
    marks = dict.fromkeys(map(ord, '"“”()[]「」『』《》〈〉'))
    assert balance(source, target).translate(marks) == target.translate(marks)


@pytest.mark.parametrize(
    ("source", "target", "suspect"),
    [
        (
            "The committee met for three hours on Tuesday and adopted the budget without a vote. " * 2,
            "그는 말했다.",
            True,
        ),
        ("He left.", "그는 떠났다. " * 5, True),
        ("No.", "아니다.", False),
        ("IMF", "국제통화기금(IMF)", False),
        (
            "The committee met on Tuesday and adopted the budget.",
            "위원회는 화요일 회의를 열어 예산안을 의결했다.",
            False,
        ),
        ("", "", False),
    ],
)
def test_a_target_far_too_short_or_long_is_suspect(source: str, target: str, suspect: bool) -> None:  # noqa: FBT001 - a row
    assert length_suspect(source, target) is suspect


@pytest.mark.parametrize(
    "seed", ["a ", "하", "가나", '"', "(", " ", "a b c d e f g ", "%", " .", "1,", "1 2,"]
)
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(size: int) -> float:
        text = (seed * size)[:size]
        began = time.process_time()
        loops(text), clean(text), balance(text, text)
        return time.process_time() - began

    assert seconds(64_000) < 8 * 4 * max(seconds(8_000), 0.005)
