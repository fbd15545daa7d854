"""`bilingual evaluate`: score stored translations and packages on a test set."""

from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.errors import EvaluationError

if TYPE_CHECKING:
    import polars as pl

    from bilingual.scores import Trial
    from bilingual.translator import Translator

_Source = Annotated[
    Path,
    typer.Argument(help="English, a sentence a line, terms marked {P:name|이름} or not; or a TSV with both."),
]
_Reference = Annotated[Path | None, typer.Argument(help="Korean, a sentence a line; left out with a TSV.")]
_Systems = Annotated[list[str], typer.Option("--system", "-s", help="NAME=FILE with a translation a line.")]
_Models = Annotated[
    list[str], typer.Option("--model", "-m", help='Package to translate with: "bundled", a name or a file.')
]
_Glossaries = Annotated[list[Path], typer.Option("--glossary", "-g", help="Glossary whose terms must stand.")]
_Base = Annotated[bool, typer.Option("--base", help="The terms of the base glossaries must stand too.")]
_Bootstrap = Annotated[
    int, typer.Option(help="Resamplings of the paired bootstrap against the first; 0: none.")
]
_Out = Annotated[Path | None, typer.Option("--out", "-o", help="Also write the scores here: .csv or .json.")]


def evaluate(
    source: _Source,
    reference: _Reference = None,
    system: _Systems = [],  # noqa: B006 — typer copies it
    model: _Models = [],  # noqa: B006
    glossary: _Glossaries = [],  # noqa: B006
    base: _Base = False,  # noqa: FBT002 — a flag of the command line
    bootstrap: _Bootstrap = 0,
    out: _Out = None,
) -> None:
    """Score translations: overlap with references, terms, consistency, particles, numbers, English left.

    Example: bilingual evaluate dev.en dev.ko -s argos=dev.argos.ko -m bundled --bootstrap 1000
    """
    from bilingual import scores
    from bilingual.cli import _scores
    from bilingual.cli._terms import effective
    from bilingual.cli._trial import read_trial

    terms = effective(glossary, base=base).terms if glossary or base else ()
    trial = read_trial(source, reference, terms)
    systems: dict[str, list[str]] = {}
    for option in system:
        name, lines = _stored(option)
        if name in systems:
            raise typer.BadParameter(f"{option}: {name} is given twice; name each system once")
        systems[name] = lines
    for name in model:
        systems |= _translated(name, trial, taken=systems)
    if not systems:
        raise typer.BadParameter("name a --system or a --model")
    table = scores.frame(
        score for name, lines in systems.items() for score in scores.score(trial, name, lines)
    )
    _scores.show(table)
    if bootstrap and len(systems) > 1:
        _scores.show_differences(scores.compare(trial, systems, bootstrap), next(iter(systems)))
    if out:
        _write(table, out)


def _stored(option: str) -> tuple[str, list[str]]:
    name, equals, file = option.partition("=")
    if not equals:
        raise typer.BadParameter(f"{option}: write NAME=FILE")
    from bilingual.cli._trial import read_lines

    return name, read_lines(Path(file))


def _translated(name: str, trial: "Trial", taken: Container[str]) -> dict[str, list[str]]:
    """What a package writes: by itself and, where terms are required, with them inline and obeyed in full.

    A package whose name and version are taken by another is told apart by its checksum.
    """
    from bilingual.engines.argos import ArgosTranslator
    from bilingual.engines.choice import choose_package
    from bilingual.glossary.inject import shifted
    from bilingual.glossary.obey import obey

    with ArgosTranslator(choose_package("en", "ko", name=name)) as translator:
        label = f"{translator.model.name} {translator.model.version}"
        label = str(translator.model) if label in taken else label
        made = {label: _texts(translator, trial.sources)}
        if any(trial.terms):
            pairs = list(zip(trial.sources, trial.terms, strict=True))
            made[f"{label}, inline"] = _texts(translator, [shifted(*pair)[0] for pair in pairs])
            obeyed = obey(trial.sources, trial.terms, translator)
            made[f"{label}, obeyed"] = [each.hypothesis.text for each in obeyed]
    return made


def _texts(translator: "Translator", sources: Sequence[str]) -> list[str]:
    return [hypothesis.text for hypothesis in translator.translate(sources)]


def _write(table: "pl.DataFrame", out: Path) -> None:
    writers: dict[str, Callable[[Path], object]] = {".json": table.write_json, ".csv": table.write_csv}
    if out.suffix not in writers:
        raise EvaluationError(str(out), "is neither .csv nor .json", "choose one of the two")
    try:
        writers[out.suffix](out)
    except OSError as error:
        raise EvaluationError(str(out), f"cannot be written ({error})", "name another file") from error
