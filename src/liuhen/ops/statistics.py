"""`liuhen statistics`: prepared counts."""

import click

from liuhen.ops.cli import Lazy

COMMANDS = {
    "recompute": ("liuhen.ops.statistics_recompute", "Count everything anew from the rows."),
}


@click.group("statistics", cls=Lazy, table=COMMANDS)
def command() -> None:
    """What dashboard, assessment and reports are read from."""
