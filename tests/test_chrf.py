"""The score is the one that sacreBLEU gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics import CHRF

from bilingual.chrf import corpus_chrf, grams, likeness

KOREAN = [
    ("수출이 31% 늘었다.", "수출이 31% 증가했다고 한다."),
    ("그는 갔다", "그는 떠났다."),
    ("", "한국"),
    ("네", "아니요"),
]


def test_a_corpus_scores_as_sacrebleu_scores_it() -> None:
    theirs = CHRF().corpus_score([one for one, _ in KOREAN], [[other for _, other in KOREAN]])
    assert corpus_chrf(KOREAN) == pytest.approx(theirs.score)


@given(st.text("가나다 ab", max_size=12), st.text("가나다 ab", max_size=12))
def test_a_sentence_scores_as_sacrebleu_scores_it(hypothesis: str, reference: str) -> None:
    theirs = CHRF().sentence_score(hypothesis, [reference])
    assert 100 * likeness(grams(hypothesis), grams(reference)) == pytest.approx(theirs.score)
