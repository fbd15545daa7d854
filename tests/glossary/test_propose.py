from pathlib import Path

import pytest

from bilingual.glossary.cells import cells, follow
from bilingual.glossary.propose import Sources, guess, load_sources, propose
from bilingual.records import Term, TermStatus, TermType

NAMES = Path(__file__).parents[2] / "bilingual" / "data" / "names"
PERSON, TITLE, PLACE, BODY = TermType.PERSON, TermType.TITLE, TermType.PLACE, TermType.ORGANIZATION


@pytest.fixture(scope="module")
def sources() -> Sources:
    terms = [
        Term("Gangwon", "강원", PLACE),
        Term("NATO", "나토", BODY, origin="own.csv:2"),
        Term("secretary general", "사무총장", TITLE),
        Term("trade minister", "통상교섭본부장", TITLE, country="KR"),
        Term("wrong", "틀림", status=TermStatus.REJECTED),
    ]
    return load_sources(NAMES, terms)


@pytest.mark.parametrize(
    ("name", "korean"),
    [
        ("Choi Tae-hyun", "최태현"),
        ("Wi Sung-lac", "위성락"),
        ("Lee Jae Myung", "이재명"),
        ("Yoon Suk Yeol", "윤석열"),
        ("Rhee Joong-hyun", "이중현"),
        ("Noh Eun-chae", "노은채"),
        ("Chey Tae-won", "최태원"),
        ("Namgung Hwan", "남궁환"),
        ("Takumi Hayasaka", "하야사카 다쿠미"),
        ("Shen Yulan", "선위란"),
        ("Karen Whitlock", "캐런 휘틀록"),
        ("Mr. Donald Thompson", "도널드 톰프슨"),
        ("YOON SUK YEOL", "윤석열"),
    ],
)
def test_the_likeliest_form_of_a_persons_name(sources: Sources, name: str, korean: str) -> None:
    assert propose(name, PERSON, sources)[0].target == korean


@pytest.mark.parametrize(
    ("title", "country", "korean"),
    [
        ("acting German Foreign Minister", "", "독일 외무장관 권한대행"),
        ("former Spanish prime minister", "", "전 스페인 총리"),
        ("vice unification minister", "KR", "통일부 차관"),
        ("first vice foreign minister", "KR", "외교부 1차관"),
        ("vice mayor", "", "부시장"),
        ("French interior minister", "", "프랑스 내무장관"),
        ("president-elect", "", "대통령 당선인"),
        ("minister for trade and energy", "", "통상·에너지장관"),
        ("chief of the Gangwon Fire Headquarters", "", "강원소방본부장"),
        ("NATO secretary general", "", "나토 사무총장"),
    ],
)
def test_titles_are_put_together_from_their_parts(
    sources: Sources, title: str, country: str, korean: str
) -> None:
    assert korean in [one.target for one in propose(title, TITLE, sources, country=country)][:2]


def test_chances_fall_and_sum_to_one_at_most(sources: Sources) -> None:
    for name, kind in (
        ("Jung Sun-hee", PERSON),
        ("governor", TITLE),
        ("Meridian Bank", BODY),
        ("Oskemen", PLACE),
    ):
        chances = [one.probability for one in propose(name, kind, sources)]
        assert chances == sorted(chances, reverse=True)
        assert 0 < sum(chances) <= 1.0 + 1e-9


def test_the_glossary_comes_first_and_says_where_it_stands(sources: Sources) -> None:
    best = propose("NATO", BODY, sources)[0]
    assert (best.target, best.reason) == ("나토", "glossary (own.csv:2)")


def test_what_the_model_wrote_counts_beside_the_other_reasons(sources: Sources) -> None:
    before = [one.target for one in propose("Jung Hyun", PERSON, sources)]
    after = propose("Jung Hyun", PERSON, sources, seen={before[1]: 9, "준 현": 1})
    assert after[0].target == before[1] or after[0].probability < 1
    assert "as the model wrote it" in [
        one.reason for one in propose("Xq zz", TermType.TERM, sources, seen={"젝스": 2})
    ]


@pytest.mark.parametrize("source", ["", " ", "!!!", "北京", "Владимир", "a" * 500, "the "])
def test_odd_sources_give_nothing_or_something_but_no_error(sources: Sources, source: str) -> None:
    for kind in TermType:
        assert all(one.target for one in propose(source, kind, sources))


@pytest.mark.parametrize(
    ("source", "whole", "target", "korean"),
    [
        ("Wi", "Wi Sung-lac", "위성락", "위"),
        ("Namgung", "Namgung Hwan", "남궁환", "남궁"),
        ("Rutte", "Mark Rutte", "마르크 뤼터", "뤼터"),
        ("Hayasaka", "Takumi Hayasaka", "하야사카 다쿠미", "하야사카"),
        ("NATO Secretary General Mark Rutte", "Mark Rutte", "마르크 뤼터", "마르크 뤼터 나토 사무총장"),
        ("Seoul's Trade Minister Han Bo-ra", "Han Bo-ra", "한보라", "한보라 통상교섭본부장"),
        ("South Korea’s Prime Minister Han Bo-ra", "Han Bo-ra", "한보라", "한보라 총리"),
    ],
)
def test_a_variant_follows_its_whole_name(
    sources: Sources, source: str, whole: str, target: str, korean: str
) -> None:
    assert follow(source, whole, target, sources) == korean


def test_cells_tell_the_others_in_the_note(sources: Sources) -> None:
    row = cells("governor", TITLE, sources, {})
    assert row["target"] == "주지사"
    assert "총재 0." in row["note"]
    assert cells("qqq", TermType.TERM, sources, {}) == {"target": "", "origin": "extracted", "note": ""}


def test_the_type_is_guessed(sources: Sources) -> None:
    guesses = [guess(text, sources) for text in ("Choi Tae-hyun", "deputy mayor", "Meridian Bank", "Gangwon")]
    assert guesses == [PERSON, TITLE, BODY, PLACE]
