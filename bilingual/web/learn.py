"""What was decided on the page goes into the memory, each sentence with its neighbours."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from bilingual.formats.articles import render_article
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.memory import Remembered, open_memory, pair_units, remember
from bilingual.records import Pair, Status
from bilingual.tables import PAIRS, frame_pairs
from bilingual.workspace.folder import Workspace
from bilingual.workspace.journal import Folded, fold, read_journal, rotate

_GOOD = frozenset({Status.ACCEPTED, Status.EDITED})


def fold_journals(workspace: Workspace, memory: Path, at: str) -> Folded:
    """Take what the page's journals hold into the memory, then into the tables; raises WorkspaceError."""
    journals = rotate(workspace)
    decided = {pair.pair_id: pair for path in journals for pair in read_journal(path)}
    learn(workspace, decided, memory, at)
    return fold(workspace, journals, render=render_article, table=write_pairs_csv)


def learn(workspace: Workspace, decided: Mapping[str, Pair], memory: Path, at: str) -> Remembered:
    """Take decided pairs, by id, that were accepted or edited into the memory. Raises WorkspaceError."""
    good = {pair_id for pair_id, pair in decided.items() if pair.status in _GOOD}
    if not good:
        return Remembered()
    articles = list({decided[pair_id].article for pair_id in good})
    table = pl.scan_parquet(workspace.pairs).match_to_schema(PAIRS)
    around = frame_pairs(table.filter(pl.col("article").is_in(articles)).collect())
    units = pair_units(decided.get(pair.pair_id, pair) for pair in around)
    with open_memory(memory) as opened:
        return remember(opened, (unit for unit in units if unit.unit_id in good), at, latest=True)
