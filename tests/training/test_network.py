import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs the extra `train`", exc_type=ImportError)

import torch
from sentencepiece import SentencePieceProcessor

from bilingual.errors import TrainingError
from bilingual.training import elastic, loop, package, session, start, weights
from bilingual.training.network import Network, attend_on_cpu
from bilingual.training.recipe import Augment, Data, Group, Recipe, Schedule, Shape

ROOT = Path(__file__).parents[2]
SHAPE = Shape(vocabulary=1000, width=32, heads=2, inner=64, encoder=2, decoder=2, dropout=0.0)
DATA = Data((Group("ours", ("corpora/ours.tsv",), 1.0, marked=True),))


def recipe(seconds: float, **schedule: object) -> Recipe:
    fields = {
        "minutes": seconds / 60,
        "tokens": 400,
        "threads": 1,
        "save_minutes": 0.02,
        "rate": 3e-3,
        "copied": 1.0,
    } | schedule
    return Recipe("9.9", DATA, Augment(), SHAPE, Schedule(**fields))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a small network was trained for some seconds."""
    folder = tmp_path_factory.mktemp("run")
    rows = (ROOT / "seeds" / "bitext" / "general.tsv").read_text(encoding="utf-8").splitlines()[:60]
    (folder / "ours.tsv").write_text("\n".join(rows), encoding="utf-8")
    session.train(recipe(4), folder, folder, lambda _: None)
    return folder


def test_attention_in_plain_products_is_attention() -> None:
    torch.manual_seed(1)
    query, key, value = (torch.randn(2, 3, 5, 8) for _ in range(3))
    mask = (torch.arange(5) < 4)[None, None, None].expand(2, 1, 1, 5)
    attend = torch.nn.functional.scaled_dot_product_attention
    for given, causal in ((mask, False), (None, True)):
        mine = attend_on_cpu(query, key, value, given, is_causal=causal)
        assert torch.allclose(mine, attend(query, key, value, attn_mask=given, is_causal=causal), atol=1e-5)


def test_padding_changes_nothing() -> None:
    torch.manual_seed(1)
    network = Network(SHAPE, pad=3).eval()
    source, target = torch.tensor([[7, 8, 9, 2]]), torch.tensor([[1, 11, 12]])
    padded = torch.nn.functional.pad(source, (0, 4), value=3)
    assert torch.allclose(network(source, target), network(padded, target), atol=1e-5)


def test_a_later_target_piece_is_not_seen_by_an_earlier_one() -> None:
    torch.manual_seed(1)
    network = Network(SHAPE, pad=3).eval()
    source = torch.tensor([[7, 8, 2]])
    one, two = network(source, torch.tensor([[1, 5, 6]])), network(source, torch.tensor([[1, 5, 9]]))
    assert torch.allclose(one[:, :2], two[:, :2], atol=1e-6)
    assert not torch.allclose(one[:, 2], two[:, 2])


@pytest.mark.parametrize(("quantization", "near"), [("float32", 1e-6), ("int8", 0.02)])
def test_weights_come_back_from_a_ctranslate2_model(tmp_path: Path, quantization: str, near: float) -> None:
    torch.manual_seed(1)
    network = Network(SHAPE, pad=3)
    weights.save(network, [str(n) for n in range(SHAPE.vocabulary)], tmp_path, quantization)
    back = weights.load(tmp_path / "model.bin", SHAPE)
    assert back.keys() == network.state_dict().keys()
    assert all(torch.allclose(back[name], each, atol=near) for name, each in network.state_dict().items())


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    weights.save(Network(SHAPE, pad=3), [str(n) for n in range(SHAPE.vocabulary)], tmp_path)
    with pytest.raises(TrainingError, match="has other sizes at embed"):
        weights.load(tmp_path / "model.bin", Shape(vocabulary=1000, width=64, heads=2, inner=64, encoder=2))
    with pytest.raises(TrainingError, match="is not in the model"):
        weights.load(tmp_path / "model.bin", Shape(vocabulary=1000, width=32, heads=2, inner=64, encoder=3))


def test_ctranslate2_scores_as_torch_does(tmp_path: Path) -> None:
    import ctranslate2

    torch.manual_seed(1)
    pieces = ["<unk>", "<s>", "</s>", "<pad>", *map(str, range(SHAPE.vocabulary - 4))]
    network = Network(SHAPE, pad=3).eval()
    weights.save(network, pieces, tmp_path, "float32")
    source, target = [40, 50, 60], [70, 80]
    translator = ctranslate2.Translator(str(tmp_path), compute_type="float32")
    scored = translator.score_batch([[pieces[n] for n in source]], [[pieces[n] for n in target]])[0].log_probs
    states = network(torch.tensor([[*source, 2]]), torch.tensor([[1, *target]]))
    mine = network.logits(states).log_softmax(-1)[0, range(3), [*target, 2]]
    assert torch.allclose(mine, torch.tensor(scored), atol=1e-4)


def test_training_counts_updates_and_tokens(trained: Path) -> None:
    state = loop.read_checkpoint(loop.checkpoint(trained))
    assert state["updates"] > 2
    assert state["tokens"] > 500


def test_a_stopped_run_goes_on_from_its_checkpoint(trained: Path, tmp_path: Path) -> None:
    for name in ("checkpoint.0.pt", "bitext.parquet", "sentencepiece.model", "dropped.csv"):
        (tmp_path / name).write_bytes((trained / name).read_bytes())
    before = loop.read_checkpoint(loop.checkpoint(tmp_path))
    session.train(recipe(before["seconds"] + 1), tmp_path, tmp_path, lambda _: None)
    after = loop.read_checkpoint(loop.checkpoint(tmp_path))
    assert after["updates"] > before["updates"]
    assert after["seconds"] < before["seconds"] + 10


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.0.pt").write_bytes(b"half a checkpoint")
    with pytest.raises(TrainingError, match=r"checkpoint\.0\.pt: is no checkpoint"):
        loop.read_checkpoint(tmp_path / "checkpoint.0.pt")


def test_the_rate_warms_up_stays_and_falls() -> None:
    schedule = Schedule(rate=1.0, warmup=10, decay=0.5)
    assert [loop.rate(schedule, *at) for at in ((0, 0.0), (9, 0.0), (99, 0.4), (99, 0.75), (99, 1.0))] == [
        0.1, 1.0, 1.0, 0.5, 0.02,
    ]  # fmt: skip


def test_a_package_runs_in_argos_code_and_ours_with_equal_output(trained: Path, tmp_path: Path) -> None:
    from bilingual.engines.argos import ArgosTranslator
    from bilingual.engines.choice import choose_package

    packed = package.export(recipe(4), trained, tmp_path, "## Scores\nnone yet")
    again = package.export(recipe(4), trained, tmp_path / "again" / "..", "## Scores\nnone yet")
    assert packed.read_bytes() == again.read_bytes()
    sentences = ["The talks ended.", "It was raining in Seoul on Monday."]
    (found,) = choose_package("en", "ko", name=str(packed))
    assert (found.version, found.to_code) == ("9.9", "ko")
    with ArgosTranslator([found]) as translator:
        ours = [next(iter(translator.translate([sentence]))).text for sentence in sentences]
    assert ours == [_as_argos_does(found.folder, sentence) for sentence in sentences]
    assert "## Scores" in (found.folder / "README.md").read_text(encoding="utf-8")
    assert json.loads((found.folder / "metadata.json").read_text())["from_code"] == "en"


def _as_argos_does(folder: Path, sentence: str) -> str:
    """What argostranslate.translate.apply_packaged_translation does with one sentence and this package."""
    import ctranslate2

    pieces = SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(folder / "model"), compute_type="int8")
    result = translator.translate_batch(
        [pieces.encode(sentence, out_type=str)], replace_unknowns=True, max_batch_size=32, beam_size=4,
        num_hypotheses=1, length_penalty=0.2, return_scores=True,
    )[0]  # fmt: skip
    return pieces.decode(result.hypotheses[0])  # as argostranslate.tokenizer does


def test_replicas_are_drawn_to_one_mean(tmp_path: Path) -> None:
    networks = [Network(SHAPE, pad=3) for _ in range(2)]
    commons = [elastic.join(network, tmp_path) for network in networks]
    before = torch.dist(networks[0].embed.weight, networks[1].embed.weight)
    for _ in range(9):
        for network, common in zip(networks, commons, strict=True):
            elastic.exchange(network, common)
    assert torch.dist(networks[0].embed.weight, networks[1].embed.weight) < before / 50
    assert torch.equal(commons[0].mean, commons[1].mean)
    average = [each.detach().clone() for each in networks[0].parameters()]
    elastic.follow(average, commons[0].mean, 1.0)
    assert torch.equal(torch.cat([each.flatten() for each in average]), commons[0].mean)


def test_a_run_can_start_from_a_package(trained: Path, tmp_path: Path) -> None:
    packed = package.export(recipe(4), trained, tmp_path)
    started = recipe(0, start=str(packed))
    session.train(started, trained, tmp_path / "new", lambda _: None)
    fresh = loop.read_checkpoint(loop.checkpoint(tmp_path / "new"))["weights"]["embed.weight"]
    state = loop.read_checkpoint(loop.checkpoint(trained))
    mean = loop.averaged(Network(SHAPE, pad=3), state["average"])
    assert torch.allclose(fresh, mean.embed.weight, atol=0.02)
    half, other = recipe(0, start=str(packed), blend=0.5), Network(SHAPE, pad=3)
    began = torch.nn.Parameter(other.embed.weight.detach().clone())
    blended = start.blended(other, half, tmp_path / "new").embed.weight
    assert torch.allclose(blended, (began + fresh) / 2, atol=1e-5)
