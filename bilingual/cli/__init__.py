"""The command line: each command reads, calls, writes and shows; nothing heavy is imported before it runs."""

import _thread
import signal
import sys
from threading import Timer

import typer

from bilingual.cli import exchange, glossary, memory, models, names, review
from bilingual.cli.align import align
from bilingual.cli.evaluate import evaluate
from bilingual.cli.gather import gather
from bilingual.cli.train import train
from bilingual.cli.translate import translate
from bilingual.errors import BilingualError

_MOMENT = 0.05  # seconds

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,  # help without rich comes in a third of the time
)
app.command()(translate)
app.command()(gather)
app.command()(align)
app.command("export")(exchange.export)
app.command("import")(review.take)
glossary.app.command()(names.extract)
glossary.app.command()(names.suggest)
app.command()(evaluate)
app.command()(train)
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(models.app, name="models")
app.add_typer(review.app, name="review")


@app.callback()
def bilingual() -> None:
    """Bring English news into Korean, offline, under one glossary of names and titles."""


def main() -> None:
    """Run the command line; a known error is one or more plain lines and exit code 1."""
    sys.unraisablehook = _interrupt_again
    try:
        app()
    except BilingualError as error:
        sys.stderr.write(f"bilingual: {error}\n")
        sys.exit(1)
    except Exception:  # noqa: BLE001 - a fault of ours: the user gets a line, we get the traceback
        sys.stderr.write(f"bilingual: a fault of this program; please report it with {_report()}\n")
        sys.exit(1)
    finally:  # a Ctrl-C that comes when all is done must not show a traceback of the way out
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Give a Ctrl-C again that Python would only print: one that came in the callback of a weak reference.

    Such callbacks run at imports, of which a command has many. It is given from a thread, a moment later,
    since what is raised in here would be lost too.
    """
    if issubclass(lost.exc_type, KeyboardInterrupt):
        Timer(_MOMENT, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _report() -> str:
    """Keep the traceback in a file; gives its name."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="bilingual-", suffix=".log", delete=False) as file:
        file.write(traceback.format_exc())
    return file.name
