import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand
from liuhen.ops.terminal import byte_bar


@subcommand("scrub")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only N, drawn anew.")
def command(say: Say, folder: DataDir, sample: int | None) -> Answer:
    """Re-read stored originals and compare them with the digests they were sealed under."""
    from liuhen.kernel.clock import now
    from liuhen.recordings import scrubbing
    from liuhen.recordings.copy_words import away_text

    with byte_bar("巡检", quiet=say.is_json) as bar:
        result = scrubbing.scrub(sample=sample, by="command", at=now(), tell=bar)
    for problem in result.problems:
        name = problem.get("recording") or f"文书 {problem.get('document')}"
        where = "第二副本 " if "store" in problem else ""
        say.problem(f"{where}{name}：{problem['problem']}（{problem['vault_key']}）")
    copies = "" if result.copies is None else f"、第二副本 {result.copies} 件"
    say(
        f"已巡检 {result.checked} 件{copies}，异常 {len(result.problems)} 件，"
        f"修复 {result.mended} 件",
        fg="red" if result.problems else "green",
    )
    if result.away:
        say.problem(away_text(result.away))
    return {
        "ok": not result.problems and not result.away,
        "checked": result.checked,
        "copies": result.copies,
        "away": result.away or None,
        "mended": result.mended,
        "problems": result.problems,
    }
