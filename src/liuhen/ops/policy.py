"""`liuhen policy`: what has to do with rules. Each subcommand lives in its own module."""

import click

from liuhen.ops.cli import Lazy

COMMANDS = {
    "check": ("liuhen.ops.policy_check", "Check a pack's file and run its worked cases."),
    "simulate": ("liuhen.ops.policy_simulate", "Try a change of the rules on the last 12 months."),
    "report": ("liuhen.ops.policy_report", "Write the year's self-assessment, by article."),
    "explain": ("liuhen.ops.policy_explain", "Say why, and how long, a recording is kept."),
}


@click.group("policy", cls=Lazy, table=COMMANDS)
def command() -> None:
    """Check rules: a pack's file, what a change would do, how a year was, why it is kept."""
