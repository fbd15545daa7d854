"""A translator that keeps sentences whole: nothing dropped, cut, looped or mangled.

Each source becomes a plan of pieces: text for the model, and what must come through untouched. The pieces
of all sources go to the model in one batch; what comes back damaged is tried again by a more careful plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bilingual.records import Hypothesis, Model
from bilingual.text.clauses import split_clauses
from bilingual.text.protect import mask, protected_spans, unmask, untranslatable
from bilingual.text.repair import length_suspect, loops
from bilingual.translator import Translator

SHORT = 120  # characters of a clause that even a weak model rarely loops on


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a source: for the model, or fixed, which stands in the target as it is."""

    text: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """Pieces in order, and what the stand-ins within them are short for."""

    pieces: tuple[_Piece, ...]
    originals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeTranslator:
    """A Translator around another; attention is kept where a source went to the model as it is."""

    inner: Translator

    @property
    def model(self) -> Model:
        """What translates."""
        return self.inner.model

    def fits(self, source: str) -> bool:  # noqa: ARG002 - any length does, that is the point
        """Whether the source can be taken: always."""
        return True

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        """Translate each source, damaged ones again in smaller pieces. Raises EngineError."""
        starts = prefixes or [""] * len(sources)
        results: dict[int, Hypothesis] = {}
        for plan, slow in ((self._masked, careful), (self._spliced, True), (self._short, True)):
            open_ = [
                i for i, source in enumerate(sources) if i not in results or _damaged(source, results[i])
            ]
            plans = [plan(sources[i]) for i in open_]
            done = self._run(plans, [starts[i] for i in open_], attention=attention, careful=slow)
            results |= {i: result for i, result in zip(open_, done, strict=True) if result}
        return [results[i] for i in range(len(sources))]

    def _masked(self, source: str) -> _Plan:
        if untranslatable(source):
            return _Plan((_Piece(source, fixed=True),))
        text, originals = mask(source, protected_spans(source))
        return _Plan(_pieces(text, self.inner.fits), originals)

    def _spliced(self, source: str) -> _Plan:
        return _Plan(_around(source, self.inner.fits))

    def _short(self, source: str) -> _Plan:
        return _Plan(_around(source, lambda text: len(text) <= SHORT))

    def _run(
        self, plans: Sequence[_Plan], starts: Sequence[str], *, attention: bool, careful: bool
    ) -> list[Hypothesis | None]:
        texts, prefixes = [], []
        for plan, start in zip(plans, starts, strict=True):
            free = [piece.text for piece in plan.pieces if not piece.fixed]
            texts += free
            prefixes += [start, *[""] * (len(free) - 1)] if free else []
        done = iter(
            self.inner.translate(
                texts, prefixes=prefixes if any(prefixes) else None, attention=attention, careful=careful
            )
        )
        return [
            _joined(plan, [None if piece.fixed else next(done) for piece in plan.pieces]) for plan in plans
        ]


def _around(source: str, fits: Callable[[str], bool]) -> tuple[_Piece, ...]:
    """Pieces of a source with its protected spans fixed and what stands between them for the model."""
    pieces: list[_Piece] = []
    at = 0
    for span in protected_spans(source):
        pieces += _pieces(source[at : span.start], fits)
        pieces.append(_Piece(source[span.start : span.end], fixed=True))
        at = span.end
    return (*pieces, *_pieces(source[at:], fits))


def _pieces(text: str, fits: Callable[[str], bool]) -> tuple[_Piece, ...]:
    """Clauses of a text that fit, with the white space around them fixed."""
    clauses = [(text, "")] if fits(text) else split_clauses(text, fits)
    return tuple(
        piece
        for clause, gap in clauses
        for piece in (*_stripped(clause), _Piece(gap, fixed=True))
        if piece.text
    )


def _stripped(text: str) -> tuple[_Piece, _Piece, _Piece]:
    core = text.strip()
    start = text.index(core)
    return (
        _Piece(text[:start], fixed=True),
        _Piece(core, fixed=untranslatable(core)),
        _Piece(text[start + len(core) :], fixed=True),
    )


def _joined(plan: _Plan, done: Sequence[Hypothesis | None]) -> Hypothesis | None:
    """One hypothesis of all pieces, scored by their mean; none where a stand-in did not come back."""
    free = [hypothesis for hypothesis in done if hypothesis]
    if len(plan.pieces) == len(free) == 1 and not plan.originals:
        return free[0]
    parts = [h.text if h else piece.text for piece, h in zip(plan.pieces, done, strict=True)]
    text = unmask("".join(parts), plan.originals)
    score = sum(hypothesis.score for hypothesis in free) / max(len(free), 1)
    return None if text is None else Hypothesis(text, score)


def _damaged(source: str, hypothesis: Hypothesis) -> bool:
    text = hypothesis.text
    return not text.strip() or length_suspect(source, text) or (loops(text) and not loops(source))
