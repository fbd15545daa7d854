"""A Translator over Argos packages: our own sentences straight to CTranslate2, in large token batches."""

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from bilingual.engines.checksums import is_unchanged
from bilingual.engines.folders import own_cache
from bilingual.engines.packages import InstalledPackage, package_files
from bilingual.engines.tokenizers import Tokenizer, load_bpe, load_sentencepiece
from bilingual.errors import EngineError, PackageError
from bilingual.records import Hypothesis, Model

if TYPE_CHECKING:
    from ctranslate2 import AsyncTranslationResult, TranslationResult, Translator

LENGTH_PENALTY = 0.2  # what Argos decodes with
BATCH_TOKENS = 2048
LONGEST_SOURCE = 160  # tokens; what is longer is better split before, models have rarely seen it
LONGEST_TARGET = 256  # tokens


@dataclass(frozen=True, slots=True)
class Decoding:
    """How hypotheses are searched; threads of 0 means one for each core this process may use.

    on_done is told each time how many more sources a model has finished.
    """

    beam: int = 2
    threads: int = 0
    batch_tokens: int = BATCH_TOKENS
    compute_type: Literal["int8", "float32", "default"] = "int8"
    on_done: Callable[[int], None] = lambda _: None


class ArgosTranslator(AbstractContextManager["ArgosTranslator"]):
    """Packages to translate with, several as a chain over third languages; close it when done.

    They are loaded when the first sentence comes, or by load.
    """

    def __init__(self, packages: Sequence[InstalledPackage], decoding: Decoding | None = None) -> None:
        self._packages, self._decoding = tuple(packages), decoding or Decoding()
        self._close = ExitStack()

    @cached_property
    def _steps(self) -> "list[_Step]":
        return [self._close.enter_context(_Step(package, self._decoding)) for package in self._packages]

    def load(self) -> None:
        """Load every package now; raises PackageError where one does not load."""
        _ = self._steps

    @property
    def model(self) -> Model:
        """Names, versions and checksums of the chain."""
        return _model(self._packages)

    def fits(self, source: str) -> bool:
        """Whether the first model can take the whole source at once."""
        return self._steps[0].fits(source)

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        """Translate each source; prefixes and attention belong to the last package of a chain."""
        *before, last = self._steps
        texts, score = list(sources), [0.0] * len(sources)
        for step in before:
            hypotheses = step.translate(texts, careful=careful)
            texts = [hypothesis.text for hypothesis in hypotheses]
            score = [a + hypothesis.score for a, hypothesis in zip(score, hypotheses, strict=True)]
        final = last.translate(texts, prefixes=prefixes, attention=attention, careful=careful)
        return [replace(h, score=h.score + a) for h, a in zip(final, score, strict=True)]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Free the models, and let the system have what they worked in."""
        self._close.close()
        _give_back()


class _Step(AbstractContextManager["_Step"]):
    def __init__(self, package: InstalledPackage, decoding: Decoding) -> None:
        self._package, self._decoding = package, decoding

    def __enter__(self) -> Self:
        self._tokenizer, self._translator = _load(self._package, self._decoding)
        package = self._package
        if not is_unchanged(package.folder, package_files(package.folder), own_cache(), package.checksum):
            self._translator.unload_model()
            what = "the package was replaced while this run was starting"
            raise PackageError(str(package.folder), what, "give the command again")
        return self

    def __exit__(self, *_: object) -> None:
        self._translator.unload_model()

    def fits(self, source: str) -> bool:
        # a piece is a byte at least, so what is short in bytes need not be cut up to be counted
        return (
            len(source.encode()) < LONGEST_SOURCE
            or len(self._tokenizer.encode([source])[0]) <= LONGEST_SOURCE
        )

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        if not sources:
            return []
        tokens = self._tokenizer.encode(sources)
        starts = self._starts(prefixes, len(sources))
        results = self._run(tokens, starts, attention=attention, careful=careful)
        texts = self._tokenizer.decode([self._unprefixed(result.hypotheses[0]) for result in results])
        return [
            _hypothesis(text, result, source)
            for text, result, source in zip(texts, results, tokens, strict=True)
        ]

    def _run(
        self, tokens: list[list[str]], starts: list[list[str]] | None, *, attention: bool, careful: bool
    ) -> "list[TranslationResult]":
        try:
            pending = self._translator.translate_batch(
                tokens,
                asynchronous=True,
                target_prefix=starts,
                beam_size=self._decoding.beam,
                max_batch_size=self._decoding.batch_tokens,
                batch_type="tokens",
                max_input_length=0,
                max_decoding_length=LONGEST_TARGET,
                length_penalty=LENGTH_PENALTY,
                replace_unknowns=True,
                return_scores=True,
                return_attention=attention,
                repetition_penalty=1.2 if careful else 1,
                no_repeat_ngram_size=3 if careful else 0,
            )
            return self._gather(pending, [len(row) for row in tokens])
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                self._package.name, f"the model failed ({error})", "try `bilingual models verify`"
            ) from error

    def _gather(
        self, pending: "Sequence[AsyncTranslationResult]", lengths: Sequence[int]
    ) -> "list[TranslationResult]":
        """Results in the order of the sources; they are waited for in that of the batches, longest first."""
        results: dict[int, TranslationResult] = {}
        for i in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
            results[i] = pending[i].result()
            self._decoding.on_done(1)
        return [results[i] for i in range(len(lengths))]

    def _starts(self, prefixes: Sequence[str] | None, count: int) -> list[list[str]] | None:
        always = [self._package.target_prefix] if self._package.target_prefix else []
        if prefixes is None:
            return [always] * count if always else None
        return [
            always + (row if text else [])
            for text, row in zip(prefixes, self._tokenizer.encode(prefixes), strict=True)
        ]

    def _unprefixed(self, tokens: list[str]) -> list[str]:
        prefix = self._package.target_prefix
        return tokens[1:] if prefix and tokens[:1] == [prefix] else tokens


def _load(package: InstalledPackage, decoding: Decoding) -> "tuple[Tokenizer, Translator]":
    from ctranslate2 import Translator

    try:
        tokenizer = _tokenizer(package)
        translator = Translator(
            str(package.folder / "model"),
            inter_threads=decoding.threads or _cores(),
            intra_threads=1,
            compute_type=decoding.compute_type,
        )
    except SystemExit as error:  # how Argos's BPE takes a line it cannot read
        raise PackageError(str(package.folder), "its BPE codes are damaged", "install it again") from error
    except (RuntimeError, ValueError, OSError, IndexError) as error:
        raise PackageError(
            str(package.folder), f"the package does not load ({error})", "install it again"
        ) from error
    return tokenizer, translator


def _give_back() -> None:
    """Have glibc return what is free, which it would keep for the process; others return it themselves."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim:
            trim(0)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _tokenizer(package: InstalledPackage) -> Tokenizer:
    model = package.folder / f"{package.tokenizer}.model"
    if package.tokenizer == "sentencepiece":
        return load_sentencepiece(model)
    return load_bpe(model, package.from_code, package.to_code)


def _hypothesis(text: str, result: "TranslationResult", source: list[str]) -> Hypothesis:
    tokens = result.hypotheses[0]
    length = len(tokens) + 1  # the end of the sentence is scored too
    score = result.scores[0] * length**LENGTH_PENALTY / length
    attention = tuple(tuple(row[: len(source)]) for row in result.attention[0]) if result.attention else ()
    return Hypothesis(text, score, tuple(tokens), tuple(source), attention)


def _model(packages: Sequence[InstalledPackage]) -> Model:
    return Model(
        name=" + ".join(package.name for package in packages),
        version=" + ".join(package.version for package in packages),
        checksum="+".join(package.checksum for package in packages),
        source=packages[0].from_code,
        target=packages[-1].to_code,
        place=", ".join(str(package.folder) for package in packages),
    )
