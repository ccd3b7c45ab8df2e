from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand

if TYPE_CHECKING:
    from liuhen.custody.deviations import Deviation
    from liuhen.engines.merkle.witness_state import WitnessState


@subcommand("audit")
@click.option(
    "--witness-state",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A witness's folder (see `witness`): compare the log with what it saw.",
)
def command(say: Say, folder: DataDir, witness_state: Path | None) -> Answer:
    """Replay the log and compare it with tables, vault and tiles; name every deviation.

    Presence and size of every original are checked here; `scrub` reads their bytes.
    """
    from liuhen.custody.models import Checkpoint
    from liuhen.engines.merkle.witness_state import WitnessState

    found = []
    for deviation in deviations(WitnessState(witness_state) if witness_state else None):
        found.append(deviation.as_dict())
        say.problem(f"{deviation.code}  {deviation.subject}  {deviation.detail}")
    head = Checkpoint.objects.order_by("-size").first()
    if not found:
        say(
            f"审计通过：{head.size if head else 0} 个存证事件，与数据库、资料库、哈希树一致",
            fg="green",
        )
    if head:
        say(head.note.rstrip())
    return {
        "ok": not found,
        "events": head.size if head else 0,
        "checkpoint": head.note if head else None,
        "deviations": found,
    }


def deviations(witness: "WitnessState | None" = None) -> "Iterator[Deviation]":
    """The log's own first, then those of every room that keeps what the log tells of."""
    from liuhen.cases import integrity as papers
    from liuhen.cases import search_index
    from liuhen.custody import audit as custody_audit
    from liuhen.recordings import integrity
    from liuhen.retention import disposal_audit, keeping_audit
    from liuhen.retention import integrity as holds
    from liuhen.supervision import integrity as draws
    from liuhen.supervision.breaches import integrity as breaches
    from liuhen.supervision.corrections import integrity as corrections
    from liuhen.supervision.reviews import integrity as reviews
    from liuhen.supervision.watching import integrity as watching

    kept = (integrity, papers, holds, keeping_audit, disposal_audit)
    watched = (draws, breaches, corrections, reviews, watching)
    rooms = (*kept, *watched, search_index)
    return chain(custody_audit.audit(witness), *(room.audit() for room in rooms))
