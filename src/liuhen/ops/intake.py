import os
from typing import Any

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand
from liuhen.ops.terminal import byte_bar

MOST_ACTOR = 100
"""Characters the log has for who acted."""

LISTED = 200
"""Problem files printed by name; `--json` has them all."""


@subcommand("intake")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--device", metavar="NO", help="Number of the device the card comes from.")
@click.option("--officer", metavar="CERT", help="Certificate number of who used it.")
@click.option("--agency", metavar="NAME", help="Whose recordings; needed with several bureaus.")
@click.option("--clear-source", is_flag=True, help="Remove from the card what was verified.")
def command(
    say: Say,
    folder: DataDir,
    paths: tuple[str, ...],
    device: str | None,
    officer: str | None,
    agency: str | None,
    clear_source: bool,
) -> Answer:
    """Take in recordings from PATHS: cards, folders or single files.

    Every file is copied, hashed, read back and sealed before it is reported. What is not media
    is left out by name; what cannot be read is reported and the rest goes on.
    """
    from liuhen.kernel.clock import now
    from liuhen.people import agencies
    from liuhen.recordings import batches, intake

    bureau = agencies.meant(agency)
    batch = batches.ask(
        [os.fsencode(path) for path in paths],
        by=f"command:{os.environ.get('USER', 'unknown')}"[:MOST_ACTOR],
        at=now(),
        agency=bureau,
        device_no=as_text(device),
        officer=batches.officer_with_cert(as_text(officer), bureau),
        clear_source=clear_source,
    )
    with byte_bar("采集", quiet=say.is_json) as bar:

        def tell(progress: intake.Progress) -> None:
            note = f"{progress.done_files}/{progress.total_files}"
            bar(progress.done_bytes, progress.total_bytes, note)

        batch = intake.run(batch, clock=now, tell=tell)
    return report(say, folder, batch)


def as_text(argument: str | None) -> str | None:
    """Bytes no terminal shows stay what they are, in writing a database takes."""
    from liuhen.recordings.names import shown

    return argument and shown(os.fsencode(argument))


def report(say: Say, folder: DataDir, batch: Any) -> Answer:
    from liuhen.recordings.intake import counts_of
    from liuhen.recordings.models import ItemState

    counts = counts_of(batch)
    items = [as_dict(item) for item in batch.items.select_related("recording").order_by("pk")]
    failed = counts[ItemState.UNREADABLE] + counts[ItemState.INTERRUPTED]
    for label, state in (
        ("封存", "sealed"),
        ("此前已入库", "duplicate"),
        ("不属于音像资料", "left_out"),
    ):
        say(f"{label}：{counts[state]}")
    said = [item for item in items if item["state"] != ItemState.SEALED]
    for item in said[:LISTED]:
        where = f" → {item['recording']}" if item["recording"] else ""
        say(f"  {item['name']}：{item['state']} {item['reason']}{where}")
    if len(said) > LISTED:
        say(f"  …另有 {len(said) - LISTED} 个，见网页“采集”或 --json")
    if failed:
        say.problem(f"未能采集：{failed}（源文件未作改动，排除故障后请重新采集）")
    say(f"资料保存在 {folder.vault}")
    return {
        "ok": not failed and not batch.problem,
        "batch": batch.uid,
        "problem": batch.problem or None,
        "counts": counts,
        "items": items,
    }


def as_dict(item: Any) -> dict[str, Any]:
    from liuhen.recordings.names import shown

    name = bytes(item.name)
    return {
        "name": shown(name),
        "name_hex": name.hex(),
        "state": item.state,
        "reason": item.reason,
        "size_bytes": item.size_bytes,
        "sha256": item.sha256,
        "sm3": item.sm3,
        "recording": item.recording.number if item.recording else None,
        "vault_key": item.recording.vault_key if item.recording else None,
        "cleared": item.cleared,
    }
