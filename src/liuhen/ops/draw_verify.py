import re
from pathlib import Path

import click

from liuhen.engines.drawing import choosing, frames
from liuhen.engines.drawing.frames import Frame, FrameUnreadable
from liuhen.ops.shell import Answer, Say, standalone

ROOT = re.compile(r"[0-9a-f]{64}")


@standalone("verify")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--root", help="Root hash as printed on the sheet; then no data directory is needed.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Data directory whose log is asked; default $LIUHEN_DATA or ~/liuhen-data.",
)
def command(say: Say, path: Path, root: str | None, data: Path | None) -> Answer:
    """Draw again from FILE, the list (抽查名册.txt) of a spot check.

    Without --root the log is asked: whether this list was announced, and whether what it says
    was drawn comes out again.
    """
    try:
        content = path.read_bytes()
        frame = frames.read(content)
    except FrameUnreadable as error:
        say.problem(f"{path.name} 不是完整的抽查名册：{error}")
        return {"ok": False, "refused": "draw.frame_unreadable", "message": str(error)}
    if root is not None:
        if not ROOT.fullmatch(root.lower()):
            raise click.BadParameter("64 hex digits", param_hint="--root")
        return told(say, frame, again(frame, root.lower()), root.lower())
    return by_the_log(say, frame, content, data)


def again(frame: Frame, root: str) -> list[str]:
    drawn = choosing.draw(
        frame.candidates,
        root_hex=root,
        draw_no=frame.draw_no,
        percent=frame.percent,
        least=frame.least,
    )
    return [one.item for one in drawn]


def told(say: Say, frame: Frame, items: list[str], root: str) -> Answer:
    say(f"抽查 {frame.draw_no}：名册 {len(frame.candidates)} 项，按此根哈希抽取 {len(items)} 项")
    for item in items:
        say(f"  {item}")
    return {"ok": True, "draw": frame.draw_no, "root": root, "items": items}


def by_the_log(say: Say, frame: Frame, content: bytes, data: Path | None) -> Answer:
    from liuhen.ops import boot

    boot.start(data)
    from liuhen.supervision import spot_proofs

    said = spot_proofs.said_of(frame.draw_no)
    items = again(frame, said.root)
    answer = told(say, frame, items, said.root)
    problems = []
    if frames.digest(content) != said.frame_sha256:
        problems.append("名册不是公布时的名册，校验值不一致")
    if said.items is None:
        problems.append("日志中没有抽取结果，尚未抽取")
    elif said.items != items:
        problems.append("日志中的抽取结果与重新抽取的不一致")
    for one in problems:
        say.problem(one)
    if not problems:
        say("与存证日志中公布的名册和抽取结果一致", fg="green")
    return answer | {"ok": not problems, "problems": problems}
