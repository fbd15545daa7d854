"""Particles after everything that stands in Korean news, chosen by hand and held against printed usage."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.text import reading as aloud
from bilingual.text.hangul import ending
from bilingual.text.particles import CASE, COPULA, DIRECTION, QUOTING, attach, disagreements, refit
from bilingual.text.reading import reading

GOLD = Path(__file__).parent / "gold"

# word, then particles as they must stand after it
ATTACHED = """
위성락 은 이 을 과 으로 이라고 이라는 이란 이나 이며 이든 이랑 이여 이다 이었다 이에요 으로서 으로써 으로부터
뤼터 는 가 를 와 로 라고 라는 란 나 며 든 랑 여 다 였다 예요 로서 로써 로부터
서울 은 이 을 과 로 이라고 이라는 이란 이나 이며 이다 이었다 이에요 로서 로써 로부터
여한구 는 가 를 와 로 라고
국가안보실장 은 이 을 과 으로 이라며
대통령 은 이 을 과 으로 이었던 이자 이지만
총리 는 가 를 와 로 이자 였던 이지만
한국 은커녕 과의 과는 으로의 이야말로
러시아 는커녕 와의 와는 로의 야말로
브뤼셀 로 을 은
워싱턴 으로 을
NATO 는 가 를 와 로 라고
OPEC 은 이 을 과 으로
APEC 은 이 을 과 으로
ASEAN 은 이 과
AI 는 가 를 와 로
FBI 는 가
IMF 는 가 와
WHO 는 가
KBS 는 가
SK 는 가
LG 는 가
EU 는 가 와 로
UN 은 이 과 으로
IBM 은 이
GM 은 과
HBM 은 으로
ASML 은 이 로
EPL 은 로
CNN 은 이
TSMC 는 가
SMIC 는 가
NASA 는 가
UNESCO 는
UNICEF 는
FIFA 는
KOSPI 는
KOSDAQ 은
NASDAQ 은
CEO 는 가 로
GDP 는 가
IAEA 는 와
AIIB 는
THAAD 는
AUKUS 는
INTERPOL 은 로
KAIST 는
POSTECH 은
RCEP 은
ICBM 은 으로
DMZ 는
U.S. 는
Rutte 는 가
Trump 는 와
Biden 은 과
Google 은 로
Apple 은
Intel 은 로
Amazon 은
Microsoft 는
Facebook 은
Netflix 는
YouTube 는
Uber 는
Chrome 은
TikTok 은
Nike 는
Samsung 은
Boeing 은
Airbus 는
Tesla 는
Kuwait 는
Internet 은
Slack 은
Iraq 는
Touré 는
ChatGPT 는
SpaceX 는
K-pop 은
iPhone 은
0 은 이 으로
1 은 이 로
2 는 가 로
3 은 으로
4 는
5 는 가
6 은 으로
7 은 로
8 은 로
9 는
10 은 으로
100 은
1,000 은
2026 은 으로
50000 은
1000000000000 는
3.5 는
2.0 은
119 는
G7 은 로
G20 은 으로
F-35 는
B-52 는
K-9 는
KF-21 은
5G 는 가
4K 는
3D 는
50% 는 가 를 로
3.5% 는
25℃ 는
20kg 은 이 으로
5t 은
1만2천t 은
30km 는 를
90만L 가
500ml 는
60㎡ 는
70㎏ 은
100MW 는
1.5GW 를
120Hz 는
80dB 은 로
유럽연합(EU) 은 이 과 으로
나토(NATO) 는 와
북대서양조약기구(NATO) 는
석유수출국기구(OPEC) 는
위성락(61) 은
김철수(金哲洙) 는
(EU) 는
‘평화’ 는
“동의한다” 라고 라며 는
‘약속’ 은 이라는 이란
"경제" 를
『토지』 는
「민법」 은 을
《뉴욕타임스》 는
<기생충> 은
北 은 이
美 는 가
中 은 과
日 은
α 는
ε 은
"""
CASES = [(row.split()[0], form) for row in ATTACHED.strip().splitlines() for form in row.split()[1:]]
PAIRS = {form: pair for pair in COPULA + QUOTING + CASE + DIRECTION for form in pair}

REFITTED = [
    ("Rutte은 말했다", "Rutte", "뤼터", "뤼터는 말했다"),
    ("미국이 밝혔다", "미국", "나토", "나토가 밝혔다"),
    ("그는 총리였다", "총리", "대통령", "그는 대통령이었다"),
    ("그는 대통령이었다", "대통령", "총리", "그는 총리였다"),
    ("도쿄로 갔다", "도쿄", "서울", "서울로 갔다"),
    ("도쿄로 갔다", "도쿄", "부산", "부산으로 갔다"),
    ("부산으로부터", "부산", "서울", "서울로부터"),
    ("나토라고 부른다", "나토", "유엔", "유엔이라고 부른다"),
    ("유엔이란 무엇인가", "유엔", "나토", "나토란 무엇인가"),
    ("‘나토’를 말한다", "나토", "유엔", "‘유엔’을 말한다"),
    ("“나토”와의 회담", "나토", "유엔", "“유엔”과의 회담"),
    ("나토(NATO)는", "나토", "북대서양조약기구동맹", "북대서양조약기구동맹(NATO)은"),
    ("유엔(UN)은", "UN", "EU", "유엔(EU)은"),
    ("뤼터 사무총장은", "뤼터", "위성락", "위성락 사무총장은"),
    ("러시아에서 왔다", "러시아", "미국", "미국에서 왔다"),
    ("미국이라크 전쟁", "미국", "나토", "나토이라크 전쟁"),
    ("미국국가", "미국", "나토", "나토국가"),
    ("제주은행", "제주", "부산", "부산은행"),
    ("부산고 출신", "부산", "제주", "제주고 출신"),
    ("AI이자 로봇", "AI", "IBM", "IBM이자 로봇"),
    ("총리며 의원", "총리", "의원", "의원이며 의원"),
    ("그것은 5G다", "5G", "NATO", "그것은 NATO다"),
    ("50%는 안 된다", "50%", "절반", "절반은 안 된다"),
    ("절반을 넘었다", "절반", "50%", "50%를 넘었다"),
    ("EU와 OPEC이", "EU", "OPEC", "OPEC과 OPEC이"),
    ("정부가", "정부", "", "가"),
]
WRONG = [
    ("NATO은 왔다", ["는"]),
    ("OPEC는 감산했다", ["은"]),
    ("유럽연합(EU)는 합의했다", ["은"]),
    ("50%을 넘었다", ["를"]),
    ("7으로 늘었다", ["로"]),
    ("10로 늘었다", ["으로"]),
    ("‘평화’은 없다", ["는"]),
    ("나라을 사랑한다", ["를"]),
    ("사람를 만났다", ["을"]),
    ("사람와 만났다", ["과"]),
    ("나라으로 갔다", ["로"]),
    ("서울으로 갔다", ["로"]),
    ("AI이라고 부른다", ["라고"]),
    ("UN라는 기구", ["이라는"]),
]
RIGHT = [
    "국가와 사이, 기로, 이라크, 은행, 종로3가, 형사2과, 마을, 가을을 하는 먹은",
    "“이 나라의 연정”은 나토(NATO)를 “라면 먹으러” 갔다. PCR은 PCR는 다 쓴다.",
    "효과, 사과, 지은, 나은, 스스로, 바로, 서울로, 들를 일이 없다. 이 나라는 '은'과 '는'을 쓴다.",
]


@pytest.mark.parametrize(("word", "form"), CASES)
def test_a_particle_takes_the_form_that_fits(word: str, form: str) -> None:
    for member in PAIRS[form]:
        if member != form and form in ("이자", "이지만"):
            continue
        assert attach(word, member) == word + form


def test_the_table_has_the_cases_it_claims() -> None:
    assert len(CASES) >= 250
    assert len({word for word, _ in CASES}) >= 120


@pytest.mark.parametrize(("text", "old", "new", "expected"), REFITTED)
def test_a_replaced_word_gets_its_particle(text: str, old: str, new: str, expected: str) -> None:
    start = text.index(old)
    assert refit(text, start, start + len(old), new) == expected


@pytest.mark.parametrize(("text", "fitting"), WRONG)
def test_a_particle_that_does_not_fit_is_found(text: str, fitting: list[str]) -> None:
    assert [found.fitting for found in disagreements(text)] == fitting


@pytest.mark.parametrize("text", RIGHT)
def test_words_that_look_like_particles_are_left_alone(text: str) -> None:
    assert disagreements(text) == []


def test_no_particle_of_the_references_is_doubted() -> None:
    for path in sorted(GOLD.glob("*.pairs.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            targets = [row[1] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        assert [(text, found) for text in targets if (found := disagreements(text))] == []


def test_every_listed_word_is_read_otherwise_than_the_rules_would(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = dict(aloud.WORDS)
    monkeypatch.setattr(aloud, "WORDS", {})
    idle = [word for word, korean in listed.items() if reading(word) is ending(korean[-1])]
    assert idle == []


@given(st.text(alphabet='가나다을한국서울ABNL019%()‘’ "', max_size=12), st.sampled_from(sorted(PAIRS)))
def test_attaching_never_fails_and_agrees_with_itself(word: str, form: str) -> None:
    attached = attach(word, form)
    assert attached.startswith(word)
    assert attach(word, attached[len(word) :]) == attached
