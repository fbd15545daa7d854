"""`bilingual gather`."""

from pathlib import Path
from typing import Annotated

import typer


def gather(
    out: Annotated[
        Path, typer.Argument(help="Folder of the run, which `translate --shard` was given as -o.")
    ],
    shards: Annotated[
        list[Path] | None, typer.Argument(help="Folders of shards that lie elsewhere than in OUT/shards.")
    ] = None,
    glossary: Annotated[
        list[Path] | None, typer.Option(help="What the shards were given; may be given again.")
    ] = None,
    memory: Annotated[
        Path, typer.Option(envvar="BILINGUAL_MEMORY", help="The memory of what people decided before.")
    ] = Path("memory.db"),
) -> None:
    """Join the shards of a run into OUT, which then holds what one machine would have made of it.

    Shards are left as they are. What a reviewer has decided in OUT stands. Whatever is missing, not finished
    or made otherwise is named, and nothing is joined.

    Example: bilingual gather out
    """
    from bilingual.cli._gather import gather_shards

    raise typer.Exit(gather_shards(out, shards or [], glossary or [], memory))
