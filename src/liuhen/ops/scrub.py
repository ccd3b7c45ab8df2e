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

    with byte_bar("巡检", quiet=say.is_json) as bar:
        result = scrubbing.scrub(sample=sample, by="command", at=now(), tell=bar)
    for problem in result.problems:
        name = problem.get("recording") or f"文书 {problem.get('document')}"
        say.problem(f"{name}：{problem['problem']}（{problem['vault_key']}）")
    say(
        f"已巡检 {result.checked} 件，异常 {len(result.problems)} 件",
        fg="red" if result.problems else "green",
    )
    return {"ok": not result.problems, "checked": result.checked, "problems": result.problems}
