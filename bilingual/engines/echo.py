"""A Translator without a model, for trying the way through: a dictionary, or the source as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bilingual.records import Hypothesis, Model


@dataclass(frozen=True, slots=True)
class DictionaryTranslator:
    """Knows some sentences; gives the others back as they are."""

    entries: Mapping[str, str] = field(default_factory=dict)
    model: Model = field(default=Model("dictionary", "1", "0" * 64))
    longest: int = 600  # characters

    def fits(self, source: str) -> bool:
        """Whether the source is at most `longest` characters."""
        return len(source) <= self.longest

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,  # noqa: ARG002
        careful: bool = False,  # noqa: ARG002
    ) -> list[Hypothesis]:
        """Look each source up; a prefix is put before what is found."""
        starts = prefixes or [""] * len(sources)
        return [
            Hypothesis(start + self.entries.get(source, source), 0.0)
            for source, start in zip(sources, starts, strict=True)
        ]
