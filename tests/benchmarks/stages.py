"""What each stage of a run costs in CPU time a sentence, the model's work in all threads included.

    uv run python tests/benchmarks/stages.py [--sentences 4000] [--beam 2] [--terms]

The stages are run one after the other, so that none counts for another; a run has them side by side.
--terms: under the glossaries that ship, as `bilingual translate` has it.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus import news, write_files

from bilingual.checks import check_pair
from bilingual.cli._terms import effective
from bilingual.cli.names import count_names, write_terms_csv
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.documents import read_document
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.glossary.match import Matcher
from bilingual.pairs import block_texts, make_pairs
from bilingual.pipeline import Tools, prepare, translate_documents
from bilingual.records import Hypothesis, Model
from bilingual.tables import pairs_frame
from bilingual.tasks import Rules, article_tasks, translate_tasks
from bilingual.translator import Translator
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.outputs import join_windows, read_pairs, write_text
from bilingual.workspace.windows import open_ledger


@dataclass(slots=True)
class Clock:
    """CPU seconds by stage."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.spent[stage] = self.spent.get(stage, 0.0) + time.process_time() - began


@dataclass(slots=True)
class Timed:
    """A translator whose time is told apart from that of what stands around it."""

    inner: Translator
    spent: float = 0.0

    @property
    def model(self) -> Model:
        return self.inner.model

    def fits(self, source: str) -> bool:
        return self.inner.fits(source)

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        began = time.process_time()
        done = self.inner.translate(sources, prefixes=prefixes, attention=attention, careful=careful)
        self.spent += time.process_time() - began
        return done


def measure(names: Sequence[str], translator: Timed, rules: Rules, clock: Clock) -> None:
    """The stages that every window goes through, without storing it."""
    with clock.measure("read and cut"):
        articles = [found for name in names for found in prepare(read_document(name), article_name)]
    with clock.measure("match terms"):
        tasks = [article_tasks(article, rules) for article in articles]
    with clock.measure("translate, around the engine"):
        flat = {task.key: task for row in tasks for task in row}
        done = dict(zip(flat, translate_tasks(list(flat.values()), translator), strict=True))
    clock.spent["translate, around the engine"] -= translator.spent
    clock.spent["engine"] = translator.spent
    with clock.measure("pairs"):
        pairs = [
            make_pairs(article, [done[task.key] for task in row], "model")
            for article, row in zip(articles, tasks, strict=True)
        ]
    with clock.measure("checks"):
        for row in pairs:
            for pair in row:
                check_pair(pair)
    with clock.measure("table"):
        pairs_frame(pair for row in pairs for pair in row)
    with clock.measure("articles"):
        for article, row in zip(articles, pairs, strict=True):
            render_article(article.article, block_texts(article, [pair.target for pair in row]))


def tables(workspace: Workspace, names: Sequence[str], terms: Callable[[], Sequence], clock: Clock) -> None:
    """What follows once all windows are stored."""
    with clock.measure("join"):
        join_windows(workspace, names)
    with clock.measure("pairs.csv"):
        write_text(workspace, "pairs.csv", lambda stream: write_pairs_csv(read_pairs(workspace), stream))
    with clock.measure("terms.csv"):
        pairs = [(pair.source, pair.target) for pair in read_pairs(workspace)]
        sources = [[source for source, _ in pairs[start : start + 30]] for start in range(0, len(pairs), 30)]
        write_terms_csv(count_names(sources, terms()).frame(lambda: pairs), io.StringIO(newline=""))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=4000)
    parser.add_argument("--beam", type=int, default=2)
    parser.add_argument("--terms", action="store_true")
    options = parser.parse_args()
    packages = choose_package("en", "ko", name="bundled")
    terms = effective().terms if options.terms else ()
    clock, rules = Clock(), Rules(Matcher(terms))
    with tempfile.TemporaryDirectory() as folder, ArgosTranslator(packages, Decoding(options.beam)) as model:
        names = write_files(Path(folder), news(options.sentences))
        model.translate(["The model is loaded."])
        timed = Timed(model)
        measure(names, timed, rules, clock)
        with open_workspace(Path(folder) / "out") as workspace:
            tools = Tools(timed, read_document, render_article, article_name, "stages", rules)
            translate_documents(names, tools, open_ledger(workspace))
            tables(workspace, names, lambda: terms, clock)
    total = sum(clock.spent.values())
    print(f"beam {options.beam}, {options.sentences} sentences{', with terms' * options.terms}")
    for stage, seconds in clock.spent.items():
        print(f"{stage:30} {1000 * seconds / options.sentences:7.3f} ms  {seconds / total:6.1%}")


if __name__ == "__main__":
    main()
