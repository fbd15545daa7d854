"""What translates, as the rest of the program sees it."""

from collections.abc import Sequence
from typing import Protocol

from bilingual.records import Hypothesis, Model


class Translator(Protocol):
    """Sentences in, hypotheses out, in the same order; batching for speed is inside."""

    @property
    def model(self) -> Model:
        """What translates, for the record."""
        ...

    def fits(self, source: str) -> bool:
        """Whether the model can take the whole source at once."""
        ...

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        """Translate each source.

        prefixes: target text each hypothesis must begin with. attention: fill Hypothesis.tokens and
        attention. careful: decode so that repetition is unlikely (for a retry), at some cost in speed.
        Raises EngineError.
        """
        ...
