"""Shards joined into the tables of one run."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bilingual.checks import Known
from bilingual.cli import _show
from bilingual.cli._record import finish, is_recorded, joined
from bilingual.cli._terms import effective, tell
from bilingual.cli._tools import forbidding
from bilingual.cli.names import Names
from bilingual.errors import ShardError
from bilingual.formats.articles import render_article
from bilingual.glossary.merge import glossary_fingerprint
from bilingual.pipeline import Progress, keep_decided
from bilingual.records import Pair, Term, TermStatus
from bilingual.tables import Window, frame_pairs
from bilingual.web.learn import fold_journals
from bilingual.workspace.decisions import decide
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.shards import Part, check_parts, find_shards, fresh_windows, lost, read_part
from bilingual.workspace.windows import Ledger, decided_pairs, open_ledger


def gather_shards(out: Path, folders: Sequence[Path], glossaries: Sequence[Path], memory: Path) -> int:
    """Join shards into OUT and say what came of it; gives the exit code of the run as one machine would.

    Raises ShardError, WorkspaceError.
    """
    began = time.monotonic()
    merged = effective(glossaries)
    with ExitStack() as stack:
        roots = find_shards(out, folders)
        check_parts(out, [read_part(root) for root in roots])  # before anything is made
        workspace = stack.enter_context(open_workspace(out))
        for root in roots:
            stack.enter_context(open_workspace(root))
        parts = [read_part(root) for root in roots]  # as they stand now that nobody else writes to them
        check_parts(out, parts)
        folded = fold_journals(workspace, memory, datetime.now(UTC).isoformat(timespec="seconds"))
        ledger = open_ledger(workspace)
        done = _take(parts, workspace, ledger, merged.terms)
        record = joined([part.run for part in parts], parts[0].names, time.monotonic() - began)
        if workspace.windows or not is_recorded(workspace, record):
            tell(merged.conflicts)
            ledger.aside += finish(workspace, parts[0].made, record, Names(merged.terms))
    failed = [row["error"] for row in record["failed"]]
    _show.gathered(out, len(parts), done, failed, [*folded.aside, *ledger.aside])
    return 1 if failed else 0


def _take(parts: Sequence[Part], workspace: Workspace, ledger: Ledger, terms: Sequence[Term]) -> Progress:
    """Store what OUT does not have yet as windows of its own, each at once."""
    if problems := list(lost(parts, ledger)):
        raise ShardError(str(workspace.root), problems)
    decided, known = decided_pairs(workspace), forbidding(terms)
    done = Progress()
    for window in (window for part in parts for window in fresh_windows(part, ledger)):
        _refuse_other_glossary(parts[0], terms, workspace)
        ledger.store(_decided(window, decided, known, workspace))
        done.articles += window.articles.height
        done.sentences += window.pairs.height
    return done


def _decided(window: Window, decided: dict[str, Pair], known: Known, workspace: Workspace) -> Window:
    """A window with what a reviewer decided in OUT of the same sentences before."""
    pairs = [pair for pair in frame_pairs(window.pairs) if pair.pair_id in decided] if decided else []
    kept = {pair.pair_id: pair for pair in keep_decided(pairs, decided, known)}
    return decide(window, kept, workspace, render_article)


def _refuse_other_glossary(part: Part, terms: Sequence[Term], workspace: Workspace) -> None:
    """Raise ShardError where the glossary here is not the one that the shards were translated under."""
    approved = {TermStatus.APPROVED}
    layers = (approved, approved | {TermStatus.PROPOSED})
    here = {glossary_fingerprint(term for term in terms if term.status in layer) for layer in layers}
    if part.made["settings"]["glossary"] not in here:
        what = "the glossary here is not that of the shards; give the same --glossary, in the same folder"
        raise ShardError(str(workspace.root), [what])
