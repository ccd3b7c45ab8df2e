"""`liuhen draw`: what has to do with samples that were drawn."""

import click

from liuhen.ops.cli import Lazy

COMMANDS = {
    "verify": ("liuhen.ops.draw_verify", "Draw again from a spot check's list, and compare."),
}


@click.group("draw", cls=Lazy, table=COMMANDS)
def command() -> None:
    """Check that a sample (抽查) is what its list, its rule and the log's root give."""
