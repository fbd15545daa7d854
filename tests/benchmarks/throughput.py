"""How fast sentences come out, as ratios: against CTranslate2 by hand, and against Argos's own way.

    uv run python tests/benchmarks/throughput.py [--sentences 4000] [--beam 4] [--turns 3]

The same sentences with the same package and beam, in turns so that a noisy machine is noisy for all of them;
CPU time is told beside the rate, for it depends less on what else the machine does:

- by hand: CTranslate2 alone on tokens made and sorted beforehand, in batches of 4,096 tokens;
- engine: our sentences kept whole (masked, checked for loops, tried again), without files and tables;
- ours: the whole run, from text files to checked pairs in pairs.parquet and Korean articles on disk;
- terms: the same under the glossaries that ship, every term in its sentence;
- Argos: a paragraph a call, its tokenizer, batches of 32 tokens, on a few of the sentences; once with the
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

from bilingual.cli._terms import effective
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.engines.packages import InstalledPackage
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.documents import read_document
from bilingual.glossary.match import Matcher
from bilingual.pipeline import Tools, translate_documents
from bilingual.sentences import WholeTranslator
from bilingual.tasks import Rules
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.outputs import join_windows
from bilingual.workspace.windows import open_ledger

HYPOTHESES = 4
SAMPLE = 150  # sentences for the slow ways
Way = Callable[[Sequence[str]], int]  # translates sentences, or some of them; gives how many


def by_hand(package: InstalledPackage, beam: int) -> Way:
    tokenizer = SentencePieceTokenizer(package.folder / "sentencepiece.model")
    model = ctranslate2.Translator(
        str(package.folder / "model"), compute_type="int8", inter_threads=2, intra_threads=1
    )

    def run(sentences: Sequence[str]) -> int:
        tokens = sorted((tokenizer.encode(sentence) for sentence in sentences), key=len, reverse=True)
        model.translate_batch(
            tokens, max_batch_size=4096, batch_type="tokens", beam_size=beam, length_penalty=0.2
        )
        return len(sentences)

    return run


def engine(package: InstalledPackage, beam: int) -> Way:
    translator = WholeTranslator(ArgosTranslator([package], Decoding(beam)))

    def run(sentences: Sequence[str]) -> int:
        translator.translate(sentences)
        return len(sentences)

    return run


def ours(package: InstalledPackage, beam: int, *, terms: bool = False) -> Way:
    translator = ArgosTranslator([package], Decoding(beam))
    rules = Rules(Matcher(effective().terms if terms else ()))

    def run(sentences: Sequence[str]) -> int:
        with tempfile.TemporaryDirectory() as folder:
            names = write_files(Path(folder), sentences)
            with open_workspace(Path(folder) / "out") as workspace:
                tools = Tools(translator, read_document, render_article, article_name, "benchmark", rules)
                done = translate_documents(names, tools, open_ledger(workspace))
                join_windows(workspace, names)
            return done.sentences

    return run


def argos(package: InstalledPackage, beam: int, hypotheses: int = 1) -> Way:
    tokenizer = SentencePieceTokenizer(package.folder / "sentencepiece.model")
    model = ctranslate2.Translator(str(package.folder / "model"))

    def run(sentences: Sequence[str]) -> int:
        sample = sentences[:: max(len(sentences) // SAMPLE, 1)]
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
        return len(sample)

    return run


def turn(way: Way, sentences: Sequence[str]) -> tuple[float, float]:
    """Sentences a second, and CPU milliseconds a sentence."""
    began, spent = time.perf_counter(), time.process_time()
    count = way(sentences)
    return count / (time.perf_counter() - began), 1000 * (time.process_time() - spent) / count


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=4000)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    (package,) = choose_package("en", "ko", name="bundled")
    sentences = news(options.sentences)
    kinds = {
        "by hand": by_hand,
        "engine": engine,
        "ours": ours,
        "terms": partial(ours, terms=True),
        "Argos": argos,
    }
    if options.beam >= HYPOTHESES:
        kinds["Argos, 4"] = partial(argos, hypotheses=HYPOTHESES)
    ways = {name: kind(package, options.beam) for name, kind in kinds.items()}
    for way in ways.values():
        way(sentences[:30])  # loads the model
    turns = [{name: turn(way, sentences) for name, way in ways.items()} for _ in range(options.turns)]
    print(f"{package}, beam {options.beam}, {len(sentences)} sentences, median of {len(turns)} turns")
    for name in ways:
        rate, cpu = (statistics.median(one[name][part] for one in turns) for part in (0, 1))
        print(f"{name:8} {rate:8.1f} sentences a second  {cpu:8.2f} CPU ms a sentence")
    told("engine", "by hand", turns)
    for other in ("by hand", *(name for name in ways if name.startswith("Argos"))):
        told("ours", other, turns)
    told("ours", "terms", turns)


def told(one: str, other: str, turns: Sequence[dict[str, tuple[float, float]]]) -> None:
    """Print how many times as fast the one is."""
    rates = [turn[one][0] / turn[other][0] for turn in turns]
    cpu = statistics.median(turn[other][1] / turn[one][1] for turn in turns)
    each = ", ".join(f"{rate:.2f}" for rate in rates)
    print(f"{one:6} / {other:8} {statistics.median(rates):6.2f}  (turns: {each}; by CPU time {cpu:.2f})")


if __name__ == "__main__":
    main()
