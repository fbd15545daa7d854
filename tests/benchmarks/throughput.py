"""How fast sentences come out, as ratios: against CTranslate2 by hand, and against Argos's own way.

    uv run python tests/benchmarks/throughput.py [--sentences 2000] [--beam 4]

Five ways translate the same sentences with the same package and beam, in turns so that a noisy machine is
noisy for all of them:

- by hand: CTranslate2 alone on tokens made and sorted beforehand, in batches of 4,096 tokens;
- engine: our sentences kept whole (masked, checked for loops, tried again), without files and tables;
- ours: the whole run, from text files to checked pairs in pairs.parquet and Korean articles on disk;
- Argos: a paragraph a call, its tokenizer, batches of 32 tokens, on a tenth of the sentences; once with the
  one hypothesis of its translate(), once with the four that its hypotheses() asks for by default.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import ctranslate2
from argostranslate.tokenizer import SentencePieceTokenizer
from corpus import PARAGRAPH, news, write_files

from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.engines.packages import InstalledPackage
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.documents import read_document
from bilingual.pipeline import Tools, translate_documents
from bilingual.sentences import WholeTranslator
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.outputs import join_windows
from bilingual.workspace.windows import open_ledger

ROUNDS = 3
HYPOTHESES = 4
Rate = Callable[[Sequence[str]], float]


def by_hand(package: InstalledPackage, beam: int) -> Rate:
    tokenizer = SentencePieceTokenizer(package.folder / "sentencepiece.model")
    model = ctranslate2.Translator(
        str(package.folder / "model"), compute_type="int8", inter_threads=2, intra_threads=1
    )

    def rate(sentences: Sequence[str]) -> float:
        tokens = sorted((tokenizer.encode(sentence) for sentence in sentences), key=len, reverse=True)
        began = time.perf_counter()
        model.translate_batch(
            tokens, max_batch_size=4096, batch_type="tokens", beam_size=beam, length_penalty=0.2
        )
        return len(sentences) / (time.perf_counter() - began)

    return rate


def engine(package: InstalledPackage, beam: int) -> Rate:
    translator = WholeTranslator(ArgosTranslator([package], Decoding(beam)))

    def rate(sentences: Sequence[str]) -> float:
        began = time.perf_counter()
        translator.translate(sentences)
        return len(sentences) / (time.perf_counter() - began)

    return rate


def ours(package: InstalledPackage, beam: int) -> Rate:
    translator = ArgosTranslator([package], Decoding(beam))

    def rate(sentences: Sequence[str]) -> float:
        with tempfile.TemporaryDirectory() as folder:
            names = write_files(Path(folder), sentences)
            began = time.perf_counter()
            with open_workspace(Path(folder) / "out") as workspace:
                tools = Tools(translator, read_document, render_article, article_name, recipe="benchmark")
                done = translate_documents(names, tools, open_ledger(workspace))
                join_windows(workspace, names)
            return done.sentences / (time.perf_counter() - began)

    return rate


def argos(package: InstalledPackage, beam: int, hypotheses: int = 1) -> Rate:
    tokenizer = SentencePieceTokenizer(package.folder / "sentencepiece.model")
    model = ctranslate2.Translator(str(package.folder / "model"))

    def rate(sentences: Sequence[str]) -> float:
        sample = sentences[::10]
        began = time.perf_counter()
        for start in range(0, len(sample), PARAGRAPH):
            tokens = [tokenizer.encode(sentence) for sentence in sample[start : start + PARAGRAPH]]
            results = model.translate_batch(
                tokens,
                replace_unknowns=True,
                max_batch_size=32,
                batch_type="tokens",
                beam_size=beam,
                num_hypotheses=hypotheses,
                length_penalty=0.2,
                return_scores=True,
            )
            tokenizer.decode([token for result in results for token in result.hypotheses[0]])
        return len(sample) / (time.perf_counter() - began)

    return rate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    (package,) = choose_package("en", "ko", name="bundled")
    sentences = news(options.sentences)
    ways = {"by hand": by_hand, "engine": engine, "ours": ours, "Argos": argos}
    if options.beam >= HYPOTHESES:
        ways["Argos, 4"] = partial(argos, hypotheses=HYPOTHESES)
    runs = {name: way(package, options.beam) for name, way in ways.items()}
    rates = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            rates[name].append(run(sentences))
    print(f"{package}, beam {options.beam}, {len(sentences)} sentences, median of {ROUNDS} turns")
    middle = {name: statistics.median(values) for name, values in rates.items()}
    for name, value in middle.items():
        print(f"{name:8} {value:8.1f} sentences a second")
    pairs = [("engine", "by hand"), *(("ours", other) for other in ways if other not in ("ours", "engine"))]
    for one, other in pairs:
        ratios = [a / b for a, b in zip(rates[one], rates[other], strict=True)]
        turns = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"{one:6} / {other:8} {statistics.median(ratios):6.2f}  (turns: {turns})")


if __name__ == "__main__":
    main()
