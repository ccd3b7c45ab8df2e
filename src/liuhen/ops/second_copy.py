import os

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("second-copy")
@click.option("--begin", is_flag=True, help="Make the place in LIUHEN_SECOND_COPY the second copy.")
@click.option("--same-disk", is_flag=True, help="Begin it even on the disk of the originals.")
@click.option("--retire", metavar="REASON", help="Use it no longer; says where its disk goes.")
def command(say: Say, folder: DataDir, begin: bool, same_disk: bool, retire: str | None) -> Answer:
    """Show how the second copy of the originals stands; begin or retire it.

    The worker fills it. Nothing in a retired one is removed: destroy its disk or keep it.
    """
    from liuhen.kernel.clock import now
    from liuhen.recordings import copy_words, second_copy

    by = f"command:{os.environ.get('USER', 'unknown')}"[:100]
    if begin and retire is not None:
        raise click.UsageError("--begin or --retire, not both")
    if begin:
        second_copy.begin(by=by, at=now(), same_disk=same_disk)
    if retire is not None:
        second_copy.retire(retire, by=by, at=now())
    standing = second_copy.standing()
    if standing is None:
        say(str(copy_words.NONE))
        return {"ok": True, "place": None}
    say(f"{standing.store.place}：{copy_words.state_of(standing)}")
    problem = copy_words.problem_of(standing)
    if problem:
        say.problem(f"  {problem}")
    return {
        "ok": not problem,
        "place": standing.store.place,
        "kept": standing.kept,
        "waiting": standing.waiting,
        "failed": standing.failed,
        "away": standing.store.problem or None,
        "damaged": standing.damaged,
    }
