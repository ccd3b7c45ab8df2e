import os
from pathlib import Path

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand
from liuhen.ops.terminal import byte_bar


@subcommand("dossier")
@click.argument("party", metavar="PARTY")
@click.option(
    "--to",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which the party's own is made or brought up to date.",
)
@click.option("--reason", default="归档导出", show_default=True, help="Stands in the log.")
@click.option("--agency", metavar="NAME", help="Whose party; needed with several bureaus.")
def command(
    say: Say, folder: DataDir, party: str, to: Path, reason: str, agency: str | None
) -> Answer:
    """Write everything of a PARTY (its name, or its whole number) into folders.

    Papers and originals, by case and activity, with a manifest `sha256sum -c` verifies. What the
    folder has already is checked and not copied again.
    """
    from liuhen.cases import dossier, dossier_export, parties
    from liuhen.kernel.clock import now
    from liuhen.people import agencies

    found = parties.only_one(party, agencies.meant(agency))
    by = f"command:{os.environ.get('USER', 'unknown')}"[:100]
    export = dossier_export.logged(found, dossier.whole(found), reason=reason, by=by, at=now())
    with byte_bar("导出", quiet=say.is_json) as bar:
        done = dossier_export.write(export, to, bar)
    say(f"已导出到 {done.folder}：新增 {done.copied} 个文件，原有 {done.there} 个", fg="green")
    if done.others:
        say(f"文件夹中另有 {done.others} 个不属于本次导出的文件，未作改动")
    say("核对方法：在该文件夹中运行 sha256sum -c manifest-sha256.txt")
    return {
        "ok": True,
        "folder": str(done.folder),
        "files": len(export.files),
        "copied": done.copied,
        "there": done.there,
        "others": done.others,
    }
