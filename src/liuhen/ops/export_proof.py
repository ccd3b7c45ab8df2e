from pathlib import Path

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand


@subcommand("export-proof")
@click.argument("recording", metavar="ID")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A new or empty folder.",
)
def command(say: Say, folder: DataDir, recording: str, out: Path) -> Answer:
    """Write a recording (ID is its number), its event, its .tlog-proof and the public key."""
    from liuhen.kernel.clock import now
    from liuhen.recordings import exporting, integrity

    done = exporting.export(integrity.numbered(recording), out, by="command", at=now())
    say(f"已导出到 {done.folder}")
    for name in done.files:
        say(f"  {name}")
    return {"ok": True, "folder": str(done.folder), "files": list(done.files)}
