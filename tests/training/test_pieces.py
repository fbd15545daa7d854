from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sentencepiece import SentencePieceProcessor, set_random_generator_seed

from bilingual.training import marks
from bilingual.training.pieces import cut

HELD_OUT = Path(__file__).parents[2] / "seeds" / "held-out.tsv"
ROWS = [line.split("\t")[1:] for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]


def holds(pieces: list[int], part: list[int]) -> bool:
    return any(pieces[at : at + len(part)] == part for at in range(len(pieces)))


def test_a_term_is_cut_alike_on_both_sides(tokenizer: SentencePieceProcessor) -> None:
    missed = 0
    for source, target in ROWS:
        terms = [mark.target for mark in marks.marks(source) if f" {mark.target}" in f" {target}"]
        texts = [marks.inline(source), target]
        sides = [cut(text, terms, tokenizer) for text in texts]
        assert [tokenizer.decode(side) for side in sides] == [
            tokenizer.decode(tokenizer.encode(text)) for text in texts
        ]
        whole = [t for t in terms if not any(t != other and t in other for other in terms)]
        missed += sum(not holds(sides[1], tokenizer.encode(term)) for term in whole)
    assert missed == 0


def test_a_particle_is_a_piece_of_its_own(tokenizer: SentencePieceProcessor) -> None:
    assert len(tokenizer.encode("신장은")) == 2  # so that the case is one: 신 + 장은
    assert cut("신장은 작다.", ["신장"], tokenizer) == [
        *tokenizer.encode("신장"),
        tokenizer.piece_to_id("은"),
        *tokenizer.encode("작다."),
    ]


def test_inside_a_word_nothing_changes(tokenizer: SentencePieceProcessor) -> None:
    text = "대북한 제재와 북한군"
    assert cut(text, ["한국", "한군"], tokenizer) == tokenizer.encode(text)


def test_only_what_is_no_term_is_cut_at_random(tokenizer: SentencePieceProcessor) -> None:
    set_random_generator_seed(1)
    text, term = "The negotiations with 카롤린스카연구소 continued yesterday.", "카롤린스카연구소"
    made = [cut(text, [term], tokenizer, sampled=True) for _ in range(20)]
    assert all(holds(pieces, tokenizer.encode(term)) for pieces in made)
    assert len(set(map(tuple, made))) > 10
    assert {tokenizer.decode(pieces) for pieces in made} == {text}


@given(text=st.text(max_size=40), terms=st.lists(st.text("가나다 abc", min_size=1, max_size=4), max_size=3))
def test_no_text_is_lost(tokenizer: SentencePieceProcessor, text: str, terms: list[str]) -> None:
    assert (
        tokenizer.decode(cut(text, terms, tokenizer)).split()
        == tokenizer.decode(tokenizer.encode(text)).split()
    )
