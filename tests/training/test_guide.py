from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs the extra `train`", exc_type=ImportError)

import torch
from torch.nn import functional

from bilingual.training import guide
from bilingual.training.network import Network
from bilingual.training.recipe import Shape

PAD, END = 0, 1
SHAPE = Shape(vocabulary=30, width=32, heads=4, inner=64, encoder=1, decoder=2, dropout=0.0)


def batches() -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Sources of pieces 2 to 9, targets ten higher in reverse order, some shorter than others."""
    torch.manual_seed(1)
    made = []
    for _ in range(20):
        source = torch.randint(2, 10, (8, 5))
        target = (source + 10).flip(1)
        source[0, 4], target[0, 0] = END, END
        target[0] = torch.cat([target[0, 1:], torch.tensor([PAD])])
        made.append((source, target))
    return made


def test_pieces_that_go_together_are_aligned(tmp_path: Path) -> None:
    guide.write(guide.learn(batches(), 30, PAD), tmp_path / guide.FILE)
    learnt = guide.read(tmp_path / guide.FILE)
    source, target = torch.tensor([[2, 5, 7, END, PAD]]), torch.tensor([[17, 12, 15, PAD]])
    weights = learnt(source, target, PAD)[0]
    assert weights.argmax(-1).tolist()[:3] == [2, 0, 1]
    assert (weights[:3].max(-1).values > 0.8).all()
    assert not weights[3].any()
    assert not weights[:, 4].any()


def test_what_stands_inline_is_aligned_with_itself() -> None:
    copied = [(torch.cat([source, target]), torch.cat([target, target])) for source, target in batches()]
    weights = guide.learn(copied, 30, PAD)(torch.tensor([[3, 16, 4]]), torch.tensor([[14, 13, 16]]), PAD)[0]
    assert weights.argmax(-1).tolist() == [2, 0, 1]


def test_of_two_like_pieces_the_one_in_the_copied_row_is_meant() -> None:
    learnt = guide.learn(batches(), 30, PAD)
    source = torch.tensor([[20, 21, 22, 2, 23, 21, 24, PAD, PAD]])
    target = torch.tensor([[23, 21, 24, 20, 21, 22, 12, PAD, PAD]])
    weights = learnt(source, target, PAD)[0]
    assert weights.argmax(-1).tolist()[:7] == [4, 5, 6, 0, 1, 2, 3]
    assert weights[:6].max(-1).values.tolist() == [1.0] * 6
    assert not weights[7:].any()


def test_looks_are_the_attention_of_the_first_head() -> None:
    torch.manual_seed(1)
    network = Network(SHAPE, PAD).eval()
    cross, size = network.decoder[0].cross, SHAPE.width // SHAPE.heads
    x, memory = torch.randn(2, 3, SHAPE.width), torch.randn(2, 4, SHAPE.width)
    mask = (torch.arange(4) < 3)[None, None, None].expand(2, 1, 1, 4)
    query, key = cross.q(cross.norm(x))[..., :size], cross.kv(memory)[..., :size]
    scores = (query @ key.transpose(1, 2) / size**0.5).masked_fill(~mask[:, 0], -1e4)
    assert torch.allclose(cross.look(x, memory, mask), functional.log_softmax(scores, -1), atol=1e-5)


def test_a_guided_network_learns_where_to_look() -> None:
    torch.manual_seed(1)
    network, drawn = Network(SHAPE, PAD), batches()
    learnt = guide.learn(drawn, 30, PAD)
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
    losses = []
    for source, target in drawn * 4:
        looks: list[torch.Tensor] = []
        network(source, target, looks)
        lost = guide.loss(looks, learnt(source, target, PAD))
        lost.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(lost.detach()))
    assert len(looks) == SHAPE.decoder
    assert losses[-1] < losses[0] / 2


def test_the_first_layer_looks_at_what_was_just_written() -> None:
    weights = torch.tensor([[[1.0, 0.0], [0.0, 1.0]]])
    just, following = torch.full((1, 2, 2), -9.0), torch.full((1, 2, 2), -9.0)
    just[0, 1, 0] = following[0, 0, 0] = following[0, 1, 1] = 0.0
    assert float(guide.loss([just, following], weights)) == 0.0
    assert float(guide.loss([following, just], weights)) > 1.0


def test_copies_are_rows_of_pieces_and_words_alone() -> None:
    words = torch.zeros(30, dtype=torch.bool)
    words[25] = True
    source = torch.tensor([[20, 21, 2, 25, 23, PAD]])
    target = torch.tensor([[23, 25, 11, 20, 21, PAD]])
    assert guide.copied(source, target, PAD, words).tolist() == [[False, True, False, True, True, False]]
