"""What a reviewer decided, put into everything that follows from it.

A decision is stored as a run stores a window: by one rename, after which the articles, pairs.parquet and
pairs.csv follow from what is stored. Whoever saves after a kill completes them, so a repeat is harmless.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import polars as pl

from bilingual.atomic import replacing
from bilingual.errors import WorkspaceError
from bilingual.records import Article, Block, Kind, Markup, Origin, Pair
from bilingual.tables import ARTICLES, PAIRS, Window, pairs_frame
from bilingual.workspace.folder import Workspace, told
from bilingual.workspace.outputs import join_windows, read_pairs, write_text
from bilingual.workspace.windows import Ledger, checksum, drop_windows, open_ledger

Render = Callable[[Article, Sequence[str]], str]
Table = Callable[[Iterable[Pair], TextIO], None]
_DRAFTS = "drafts.parquet"
_DRAFT = pl.Schema({"pair_id": pl.String, "target": pl.String})
_DECIDED = ("target", "origin", "status", "issues", "terms", "reviewer", "reviewed_at", "note")


def save_decisions(
    workspace: Workspace, decided: Mapping[str, Pair], *, render: Render, table: Table
) -> list[Path]:
    """Put decided pairs, by id, into pairs.parquet, their articles and pairs.csv, at once or not at all.

    render writes an article of the targets of its blocks, table the pairs as pairs.csv. Gives the new places
    of files that a hand had changed. Raises WorkspaceError, also for a pair that the folder does not hold.
    """
    ledger = settle(workspace, table)
    with told(workspace.root):
        window = _decided_window(workspace, decided, render)
    if window is None:
        return ledger.aside
    _keep_drafts(workspace, window.pairs)
    ledger.store(window)
    return [*ledger.aside, *_follow(workspace, table)]


def read_drafts(workspace: Workspace) -> dict[str, str]:
    """What the machine had for pairs that a person has edited since, by their ids."""
    path = workspace.ledger / _DRAFTS
    return dict(pl.read_parquet(path).match_to_schema(_DRAFT).iter_rows()) if path.exists() else {}


def _keep_drafts(workspace: Workspace, after: pl.DataFrame) -> None:
    """Keep what the machine had, before it is gone; kept twice after a kill it is the same."""
    written = pl.col("origin") == Origin.HUMAN.value
    by_hand = after.filter(written)["pair_id"].implode()
    table = pl.scan_parquet(workspace.pairs).filter(~written, pl.col("pair_id").is_in(by_hand))
    drafts = read_drafts(workspace) | dict(table.select("pair_id", "target").collect().iter_rows())
    with told(workspace.root), replacing(workspace.ledger / _DRAFTS) as file:
        pl.DataFrame(list(drafts.items()), schema=_DRAFT, orient="row").write_parquet(file)


def settle(workspace: Workspace, table: Table) -> Ledger:
    """Complete what a killed process stored in the folder; raises WorkspaceError where there is no run."""
    with told(workspace.root):
        ledger = open_ledger(workspace)
        if workspace.windows:
            ledger.aside += _follow(workspace, table)
    if not workspace.pairs.exists():
        raise WorkspaceError(str(workspace.root), "holds no run", "name the folder that translate wrote to")
    return ledger


def _follow(workspace: Workspace, table: Table) -> list[Path]:
    """Bring the tables up to what is stored; the windows go last, so that a kill in between is made good."""
    join_windows(workspace, _documents(workspace))
    aside = write_table(workspace, table)
    drop_windows(workspace)
    return [aside] if aside else []


def write_table(workspace: Workspace, table: Table) -> Path | None:
    """Write pairs.csv; one that a hand has changed is put aside first, and its place returned."""
    return write_text(workspace, "pairs.csv", lambda stream: table(read_pairs(workspace), stream))


def _documents(workspace: Workspace) -> list[str]:
    if not workspace.pairs.exists():
        return []
    names = pl.scan_parquet(workspace.pairs).select("document").unique(maintain_order=True).collect()
    return names["document"].to_list()


def _decided_window(workspace: Workspace, decided: Mapping[str, Pair], render: Render) -> Window | None:
    """The documents that the decisions are about, with them; nothing where they change nothing."""
    table = pl.scan_parquet(workspace.pairs).match_to_schema(PAIRS)
    places = table.filter(pl.col("pair_id").is_in(list(decided))).select("pair_id", "document").collect()
    _refuse_strangers(workspace, decided.keys() - set(places["pair_id"]))
    here = pl.col("document").is_in(places["document"].unique().to_list())
    before = table.filter(here).collect()
    fresh = pairs_frame(decided.values()).select("pair_id", *_DECIDED)
    after = before.update(fresh, on="pair_id")
    if after.equals(before):
        return None
    articles = _ledger(workspace).filter(here)
    texts, fresh_articles = _written_anew(articles, after, workspace, render)
    changed = {f: text for f, text in texts.items() if _written(fresh_articles, f) != _written(articles, f)}
    return Window(after, fresh_articles, changed)


def decide(window: Window, kept: Mapping[str, Pair], workspace: Workspace, render: Render) -> Window:
    """A window that is not yet stored, with some of its pairs, by id, as they are to be kept."""
    if not kept:
        return window
    pairs = window.pairs.update(pairs_frame(kept.values()), on="pair_id", include_nulls=True)
    texts, articles = _written_anew(window.articles, pairs, workspace, render)
    return Window(pairs, articles, texts)


def _written_anew(
    articles: pl.DataFrame, pairs: pl.DataFrame, workspace: Workspace, render: Render
) -> tuple[dict[str, str], pl.DataFrame]:
    """Texts of articles by file, and the articles with the checksums of these."""
    texts = dict(_texts(articles, pairs, workspace, render))
    written = {file: checksum(text.encode()) for file, text in texts.items()}
    return texts, articles.with_columns(written=pl.col("file").replace_strict(written))


def _refuse_strangers(workspace: Workspace, unknown: set[str]) -> None:
    if unknown:
        what = f"does not hold pair {min(unknown)}" + (f" and {len(unknown) - 1} more" * (len(unknown) > 1))
        raise WorkspaceError(str(workspace.pairs), what, "was it translated again? Open the review anew")


def _ledger(workspace: Workspace) -> pl.DataFrame:
    return pl.read_parquet(workspace.ledger / "articles.parquet").match_to_schema(ARTICLES)


def _written(articles: pl.DataFrame, file: str) -> list[str]:
    return articles.filter(pl.col("file") == file)["written"].to_list()


def _texts(
    articles: pl.DataFrame, pairs: pl.DataFrame, workspace: Workspace, render: Render
) -> Iterator[tuple[str, str]]:
    """File name and Korean text of each article, of its pairs and what the ledger knows of its blocks."""
    targets = {
        str(file): rows["target"].to_list()
        for (file,), rows in pairs.partition_by("article", as_dict=True).items()
    }
    for row in articles.iter_rows(named=True):
        count = sum(len(block["separators"]) for block in row["blocks"])
        given = targets.get(row["file"], [])
        if len(given) != count:
            what = f"article {row['file']} has {count} sentences in the ledger and {len(given)} in the table"
            raise WorkspaceError(str(workspace.pairs), what, "translate it again with --force")
        yield row["file"], render(_article(row), list(_block_texts(row["blocks"], given)))


def _article(row: Mapping[str, Any]) -> Article:
    blocks = tuple(Block("", Kind(block["kind"]), block["level"], block["mark"]) for block in row["blocks"])
    return Article(row["document"], row["number"], blocks, Markup(row["markup"]), row["separator"])


def _block_texts(blocks: Iterable[Mapping[str, Any]], targets: Iterable[str]) -> Iterator[str]:
    rest = iter(targets)
    for block in blocks:
        pieces = (next(rest) + separator for separator in block["separators"])
        yield "".join(pieces).rstrip()
