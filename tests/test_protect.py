import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.text.protect import STAND_INS, mask, protected_spans, unmask, untranslatable

FRAGMENTS = st.sampled_from(
    [
        "https://a.kr/b",
        "x@y.kr",
        "@user",
        "#Seoul",
        "🎉",
        "👩\u200d🚀",
        "🇰🇷",
        "`a b`",
        "<b>",
        "&amp;",
        "a/b.txt",
        "한글",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=5))).map(" ".join))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("See https://www.example.com/a?b=c#d.", ["https://www.example.com/a?b=c#d"]),
        ("(see https://en.wikipedia.org/wiki/Seoul_(city)).", ["https://en.wikipedia.org/wiki/Seoul_(city)"]),
        ("자세한 내용은 https://example.com에서 본다", ["https://example.com"]),
        ("at www.yna.co.kr, 'http://a.b'", ["www.yna.co.kr", "http://a.b"]),
        ("on example.co.kr/news and n.news.naver.com.", ["example.co.kr/news", "n.news.naver.com"]),
        ("Amazon.com and Booking.com are companies", []),
        ("Mail desk+news@example.co.kr.", ["desk+news@example.co.kr"]),
        ("@POTUS and @user_1: hi @a@b.social!", ["@POTUS", "@user_1", "@a@b.social"]),
        ("4 @ 5, a@b", []),
        ("#Seoul2030 and #한국어, but the #1 song, C#", ["#Seoul2030", "#한국어"]),
        (
            "Won 🎉🎉! Flags 🇰🇷🇺🇸, 👨\u200d👩\u200d👧\u200d👦 and 👍🏽 ❤️ 1️⃣",
            ["🎉🎉", "🇰🇷🇺🇸", "👨\u200d👩\u200d👧\u200d👦", "👍🏽", "❤️", "1️⃣"],
        ),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 beat 🏳️\u200d🌈", ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️\u200d🌈"]),
        ("Run `pip install x` now", ["`pip install x`"]),
        ("It's `quoted' text", []),
        ("A <b>bold</b> R&amp;D &#8217; x &#x2019;", ["<b>", "</b>", "&amp;", "&#8217;", "&#x2019;"]),
        ("if a < b and c > d, AT&T; Q&A", []),
        (
            "in /etc/hosts, ~/notes/a.md or C:\\Users\\kim\\x.txt",
            ["/etc/hosts", "~/notes/a.md", "C:\\Users\\kim\\x.txt"],
        ),
        ("and/or 24/7, 9/11, km/h", []),
        ("open report.pdf and config.json", ["report.pdf", "config.json"]),
        ("$AAPL fell, $TSLA rose; $5 and US$ 3, $US 5", ["$AAPL", "$TSLA"]),
        ("Kim said 3.5 percent at 8 p.m. in Washington, D.C.", []),
    ],
)
def test_what_must_not_be_translated_is_found_and_nothing_else(text: str, spans: list[str]) -> None:
    assert [text[span.start : span.end] for span in protected_spans(text)] == spans


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("🎉🎉", True),
        ("https://example.com/a", True),
        ("#Seoul @user 3-2", True),
        ("* * *", True),
        ("— 30 —", True),
        ("", True),
        ("12:30", True),
        ("$5 million", False),
        ("€3.5", False),
        ("Yes 🎉", False),
        ("5 km", False),
        ("한국", False),
    ],
)
def test_only_text_without_words_is_copied(text: str, nothing: bool) -> None:  # noqa: FBT001 - a row of the table
    assert untranslatable(text) is nothing


@given(TEXTS)
def test_a_masked_text_unmasked_is_the_text(text: str) -> None:
    spans = protected_spans(text)
    masked, originals = mask(text, spans)
    if len(spans) <= sum(word not in text for word in STAND_INS):
        assert unmask(masked, originals) in {text, None}
        assert [o for o in originals if o] == [text[s.start : s.end] for s in spans]
    else:
        assert (masked, unmask(masked, originals)) == (text, None)


@given(TEXTS)
def test_spans_are_in_order_and_apart(text: str) -> None:
    edges = [edge for span in protected_spans(text) for edge in (span.start, span.end)]
    assert edges == sorted(edges)


@pytest.mark.parametrize(
    ("hypothesis", "originals", "expected"),
    [
        ("자세한 내용은 한글에서 본다.", ("https://a.kr",), "자세한 내용은 https://a.kr에서 본다."),
        ("한글은 링크를 보냈다.", ("@kim", "#통일"), "@kim은 #통일을 보냈다."),
        ("링크과 한글", ("x", "y"), "y와 x"),
        ("없다", ("x",), None),
        ("한글 한글", ("x",), None),
        ("한글", ("x", "y"), None),
        ("그대로", (), "그대로"),
        ("링크을 본다", ("", "@a"), "@a를 본다"),
    ],
)
def test_stand_ins_give_way_to_what_they_stand_for(
    hypothesis: str, originals: tuple[str, ...], expected: str
) -> None:
    assert unmask(hypothesis, originals) == expected


def test_a_stand_in_that_the_text_holds_itself_is_passed_over() -> None:
    text = "한글 means @user"
    masked, originals = mask(text, protected_spans(text))
    assert (masked, originals) == ("한글 means 링크", ("", "@user"))
    assert unmask("한글는 링크을 뜻한다", originals) == "한글는 @user를 뜻한다"


@pytest.mark.parametrize(
    "seed", ["a.", "@", "`", "<a", "&a", "/a", "a@", "#", "http://", "a-", "🎉", "\u200d", "www.", "$A", "1"]
)
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        protected_spans((seed * size)[:size])
        return time.process_time() - began

    assert seconds(80_000) < 8 * 4 * max(seconds(10_000), 0.005)
