import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand
from liuhen.ops.terminal import byte_bar

if TYPE_CHECKING:  # Django is not up yet when this is read
    from liuhen.retention.tree_export import Done

DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST_NAMED = 20


@subcommand("export-tree")
@click.option(
    "--to",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder, on an external disk, in which the tree is made or brought up to date.",
)
@click.option("--since", type=DAY, help="First day of recording, e.g. 2026-01-01.")
@click.option("--until", type=DAY, help="Last day of recording.")
@click.option("--verify", is_flag=True, help="Read again what an earlier run left there.")
@click.option("--reason", default="归档导出", show_default=True, help="Stands in the log.")
@click.option("--agency", metavar="NAME", help="Whose recordings; needed with several bureaus.")
def command(
    say: Say,
    folder: DataDir,
    to: Path,
    since: datetime | None,
    until: datetime | None,
    verify: bool,
    reason: str,
    agency: str | None,
) -> Answer:
    """Write the originals into folders by year, month, day and case.

    What an earlier run left is kept and not copied again; a file of another content that bears
    the name is left as it is, and told of. The manifest is one `sha256sum -c` verifies.
    """
    from liuhen.kernel.clock import now
    from liuhen.people import agencies
    from liuhen.retention import tree_export

    bureau = agencies.meant(agency)
    rows = tree_export.recordings_of(
        bureau, since.date() if since else None, until.date() if until else None
    )
    by = f"command:{os.environ.get('USER', 'unknown')}"[:100]
    target = to / tree_export.folder_of(bureau)
    with byte_bar("导出", quiet=say.is_json) as bar:
        done = tree_export.write(
            rows, target, reason=reason, by=by, at=now(), verify=verify, tell=bar
        )
    tell(say, done)
    return {
        "ok": not done.conflicts,
        "folder": str(done.folder),
        "copied": done.copied,
        "there": done.there,
        "moved": done.moved,
        "conflicts": done.conflicts,
    }


def tell(say: Say, done: "Done") -> None:
    said = f"已导出到 {done.folder}：新增 {done.copied} 个文件，原有 {done.there} 个"
    say(f"{said}，改放 {done.moved} 个", fg="green")
    for path in done.conflicts[:MOST_NAMED]:
        say.problem(f"已有内容不同的同名文件或者链接，未作改动：{path}")
    say("核对方法：在该文件夹中运行 sha256sum -c manifest-sha256.txt")
