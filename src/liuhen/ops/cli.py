"""The `liuhen` command. Each subcommand lives in its own module and is imported when asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from liuhen import __version__

COMMANDS = {
    "serve": ("liuhen.ops.serve", "Serve the web pages and work in the background."),
    "worker": ("liuhen.ops.worker", "Work off queued tasks and the watched folder."),
    "intake": ("liuhen.ops.intake", "Take in recordings from cards or folders."),
    "verify": ("liuhen.ops.verify", "Check a recording, or any file, against the log."),
    "audit": ("liuhen.ops.audit", "Replay the log against tables, vault and tiles."),
    "scrub": ("liuhen.ops.scrub", "Re-read stored originals and compare their hashes."),
    "second-copy": ("liuhen.ops.second_copy", "Begin, retire or show the second copy."),
    "export-proof": ("liuhen.ops.export_proof", "Write a recording with its proof to a folder."),
    "dossier": ("liuhen.ops.dossier", "Write everything of a party into folders."),
    "export-tree": ("liuhen.ops.export_tree", "Write originals into folders by day and case."),
    "package": ("liuhen.ops.package", "Write an evidence package to a folder or a disc image."),
    "witness": ("liuhen.ops.witness", "Check, from elsewhere, that a log only grew; cosign it."),
    "witness-add": ("liuhen.ops.witness_add", "Register the key of a witness of this log."),
    "policy": ("liuhen.ops.policy", "Check rules: a pack's file, a change, one recording's."),
    "draw": ("liuhen.ops.draw", "Draw a spot check's sample again, and compare."),
    "sign-in-reset": ("liuhen.ops.sign_in_reset", "Let an officer in again who is locked out."),
    "reindex": ("liuhen.ops.reindex", "Build the index that searches read anew."),
    "demo": ("liuhen.ops.demo", "Fill a demonstration bureau and serve it."),
    "doctor": ("liuhen.ops.doctor", "Say what this installation has and lacks."),
}


class Lazy(click.Group):
    """Imports only the subcommand that runs: `liuhen intake` need not pay for the others.

    `table`: name → (module, one line of help); the module has the subcommand as `command`.
    """

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.table = table

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.table:
            return None
        command: click.Command = import_module(self.table[name][0]).command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in self.table.items()])


@click.group(cls=Lazy, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="liuhen")
def main() -> None:
    """留痕: enforcement recordings from the memory card to court, unchanged and provable.

    Exit status: 0 done, 1 refused or problems found, 2 wrong usage.
    """
