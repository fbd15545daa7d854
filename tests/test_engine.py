"""The engine against what Argos itself does with the same packages."""

from collections.abc import Callable, Sequence
from pathlib import Path

import ctranslate2
import pytest
from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.engines.packages import InstalledPackage
from bilingual.errors import EngineError, PackageError

GOLD = Path(__file__).parent / "gold"
SENTENCES = [
    line.split("\t")[0]
    for path in sorted(GOLD.glob("*.pairs.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if "_" not in line
]
Step = tuple[InstalledPackage, str]


@pytest.fixture(scope="module")
def bundled() -> InstalledPackage:
    (package,) = choose_package("en", "ko", name="bundled")
    return package


def argos_way(package: InstalledPackage, sentences: Sequence[str], beam: int) -> list[str]:
    """Each sentence alone, with the tokenizer, settings and clean-up of argostranslate.translate."""
    if package.tokenizer == "bpe":
        tokenizer = BPETokenizer(package.folder / "bpe.model", package.from_code, package.to_code)
    else:
        tokenizer = SentencePieceTokenizer(package.folder / "sentencepiece.model")
    model = ctranslate2.Translator(str(package.folder / "model"), compute_type="float32")
    texts = []
    for sentence in sentences:
        (result,) = model.translate_batch(
            [tokenizer.encode(sentence)],
            target_prefix=[[package.target_prefix]] if package.target_prefix else None,
            replace_unknowns=True,
            max_batch_size=32,
            batch_type="tokens",
            beam_size=beam,
            length_penalty=0.2,
            return_scores=True,
        )
        text = tokenizer.decode(result.hypotheses[0])
        texts.append(text.removeprefix(package.target_prefix).removeprefix(" "))
    return texts


def exactly(beam: int) -> Decoding:
    """Full precision: batches of int8 differ in the last bit from single sentences, and rarely in a word."""
    return Decoding(beam=beam, compute_type="float32")


@pytest.mark.parametrize("beam", [1, 4])
def test_large_batches_give_what_argos_gives_sentence_by_sentence(
    bundled: InstalledPackage, beam: int
) -> None:
    sample = SENTENCES[:: 4 * beam]
    with ArgosTranslator([bundled], exactly(beam)) as translator:
        ours = [hypothesis.text for hypothesis in translator.translate(sample)]
    assert ours == argos_way(bundled, sample, beam)


@pytest.mark.parametrize("tokenizer", ["bpe", "sentencepiece"])
def test_both_kinds_of_tokenizer_and_a_target_prefix_give_what_argos_gives(
    tokenizer: str, tmp_path: Path, tiny_package: Callable[..., Path]
) -> None:
    place = tiny_package(tmp_path, tokenizer=tokenizer, target_prefix="서울")
    packages = choose_package("en", "ko", name=str(place))
    sample = ["The minister said the talks went well.", "Seoul talks & trade", "on Monday, Seoul said"]
    with ArgosTranslator(packages, exactly(4)) as translator:
        ours = [hypothesis.text for hypothesis in translator.translate(sample)]
    assert ours == argos_way(packages[0], sample, 4)


def test_a_chain_over_a_third_language_is_each_package_in_turn(
    argos: Path, tiny_package: Callable[..., Path]
) -> None:
    argos.mkdir(parents=True, exist_ok=True)
    first = tiny_package(argos, from_code="en", to_code="de", tokenizer="sentencepiece")
    second = tiny_package(argos, from_code="de", to_code="ja", tokenizer="bpe")
    chain = choose_package("en", "ja")
    assert [package.folder for package in chain] == [first, second]
    with ArgosTranslator(chain, exactly(2)) as translator:
        (ours,) = translator.translate(["the talks went well"])
        model = translator.model
    step = argos_way(chain[0], ["the talks went well"], 2)
    assert ours.text == argos_way(chain[1], step, 2)[0]
    assert (model.source, model.target, model.name.count(" + ")) == ("en", "ja", 1)


def test_a_score_is_the_mean_log_probability_of_the_tokens(bundled: InstalledPackage) -> None:
    source = "The two sides will hold working-level talks in Seoul."
    with ArgosTranslator([bundled], exactly(2)) as translator:
        (ours,) = translator.translate([source])
    model = ctranslate2.Translator(str(bundled.folder / "model"), compute_type="float32")
    (scored,) = model.score_batch([list(ours.source_tokens)], [list(ours.tokens)])
    assert ours.score == pytest.approx(sum(scored.log_probs) / len(scored.log_probs), abs=1e-3)


def test_a_hypothesis_begins_with_the_prefix_it_was_given(bundled: InstalledPackage) -> None:
    with ArgosTranslator([bundled], exactly(2)) as translator:
        first, second = translator.translate(
            ["Talks will be held in Seoul.", "Talks will be held in Seoul."], prefixes=["위성락 실장은", ""]
        )
    assert first.text.startswith("위성락 실장은")
    assert not second.text.startswith("위성락")


def test_attention_has_a_row_for_each_target_token_and_a_column_for_each_source_token(
    bundled: InstalledPackage,
) -> None:
    with ArgosTranslator([bundled], exactly(2)) as translator:
        (ours,) = translator.translate(["Talks will be held in Seoul."], attention=True)
    assert {len(row) for row in ours.attention} == {len(ours.source_tokens)}
    assert len(ours.attention) >= len(ours.tokens)


def test_each_source_is_counted_when_it_is_done(bundled: InstalledPackage) -> None:
    counted: list[int] = []
    with ArgosTranslator([bundled], Decoding(beam=1, on_done=counted.append)) as translator:
        translator.translate(SENTENCES[:7])
    assert sum(counted) == 7


def test_nothing_to_translate_is_no_error(bundled: InstalledPackage) -> None:
    with ArgosTranslator([bundled]) as translator:
        assert translator.translate([]) == []


def test_a_long_source_does_not_fit(bundled: InstalledPackage) -> None:
    with ArgosTranslator([bundled]) as translator:
        assert translator.fits("Talks will be held in Seoul.")
        assert not translator.fits("Talks will be held in Seoul. " * 40)


def test_a_package_that_does_not_load_says_where(tmp_path: Path, tiny_package: Callable[..., Path]) -> None:
    place = tiny_package(tmp_path)
    packages = choose_package("en", "ko", name=str(place))
    (place / "model" / "model.bin").write_bytes(b"broken")
    with pytest.raises(PackageError, match="does not load"):
        ArgosTranslator(packages).load()


def test_a_bad_line_of_bpe_codes_does_not_end_the_program(
    tmp_path: Path, tiny_package: Callable[..., Path]
) -> None:
    place = tiny_package(tmp_path, tokenizer="bpe")
    (place / "bpe.model").write_text("#version: 0.2\nthree parts here\n", encoding="utf-8")
    with pytest.raises(PackageError, match="BPE codes are damaged"):
        ArgosTranslator(choose_package("en", "ko", name=str(place))).load()


def test_a_model_that_fails_while_translating_is_an_engine_error(
    tmp_path: Path, tiny_package: Callable[..., Path]
) -> None:
    packages = choose_package("en", "ko", name=str(tiny_package(tmp_path)))
    with (
        ArgosTranslator(packages, Decoding(beam=0)) as translator,
        pytest.raises(EngineError, match="verify"),
    ):
        translator.translate(["Talks"])


def test_a_package_that_is_replaced_before_it_is_loaded_is_told(
    tmp_path: Path, tiny_package: Callable[..., Path]
) -> None:
    place = tiny_package(tmp_path)
    (package,) = choose_package("en", "ko", name=str(place))
    (place / "model" / "model.bin").touch()
    with ArgosTranslator([package]) as translator:
        translator.load()  # another time, and the same bytes
    path = place / "bpe.model"
    path.write_text(path.read_text(encoding="utf-8") + "z q\n", encoding="utf-8")
    with ArgosTranslator([package]) as translator, pytest.raises(PackageError, match="was replaced while"):
        translator.load()
