"""Every error a user can meet: what is wrong, where, and what to do.

BilingualError
├── DocumentError    an input that cannot be read
├── GlossaryError    rows of a glossary that cannot be taken
├── PackageError     a model package that cannot be found, trusted or loaded
├── EngineError      a model that failed while translating
├── FormatError      a file of a format that breaks its rules
├── WorkspaceError   an output folder that cannot be used
├── ShardError       parts of a run that cannot be joined
├── ClusterError     machines that cannot be used together
├── EvaluationError  what cannot be scored
└── TrainingError    a recipe, bitext or checkpoint that cannot be trained with
"""

from collections.abc import Sequence


class BilingualError(Exception):
    """What a user is told in one or more lines; the command line prints it and exits with 1."""


class _PlaceError(BilingualError):
    """A problem with a place and a remedy."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where, self.what, self.remedy = where, what, remedy
        super().__init__(f"{where}: {what}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type["_PlaceError"], tuple[str, str, str]]:
        """Let the error cross processes with its data."""
        return type(self), (self.where, self.what, self.remedy)


class DocumentError(_PlaceError):
    """An input that is missing, unreadable, empty, binary, too long or not text."""


class PackageError(_PlaceError):
    """A model package that is missing, damaged, unsafe or does not load."""


class EngineError(_PlaceError):
    """A model that failed while translating."""


class EvaluationError(_PlaceError):
    """Translations, references or terms that cannot be scored."""


class TrainingError(_PlaceError):
    """A recipe, bitext or checkpoint that cannot be trained with."""


class WorkspaceError(_PlaceError):
    """An output folder that is locked, read-only, full or not ours."""


class ClusterError(_PlaceError):
    """Machines that cannot be reached, have another program, or are lost again and again."""


class ShardError(BilingualError):
    """Parts of a run that are missing, not finished or not of one run; all of them are told at once."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.where, self.problems = where, tuple(problems)
        super().__init__("\n".join(f"{where}: {problem}" for problem in problems))

    def __reduce__(self) -> tuple[type["ShardError"], tuple[str, tuple[str, ...]]]:
        """Let the error cross processes with its data."""
        return type(self), (self.where, self.problems)


class _RowsError(BilingualError):
    """Problems of many rows of one file, gathered and told at once."""

    def __init__(self, where: str, problems: Sequence[tuple[int, str]]) -> None:
        self.where, self.problems = where, tuple(problems)
        super().__init__("\n".join(f"{where}:{line}: {what}" for line, what in problems))

    def __reduce__(self) -> tuple[type["_RowsError"], tuple[str, tuple[tuple[int, str], ...]]]:
        """Let the error cross processes with its data."""
        return type(self), (self.where, self.problems)


class GlossaryError(_RowsError):
    """Rows of a glossary that cannot be taken; line numbers count from 1."""


class FormatError(_RowsError):
    """Places of a file that break the rules of its format; line numbers count from 1."""
