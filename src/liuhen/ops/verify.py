import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand

if TYPE_CHECKING:
    from liuhen.recordings.integrity import Verdict

PAPER = re.compile(r"document:(\d{1,18})")
MEANING = {
    "missing": "原始文件不在库中或无法读取",
    "not_attached": "存储盘未接入，未能核验；请接入后再核验",
    "changed": "文件内容与封存时不一致",
    "row_changed": "数据库记录与存证事件不一致",
    "log_broken": "存证日志自身不一致",
    "unknown": "库中没有内容相同的音像资料或者文书材料",
}


@subcommand("verify")
@click.argument("what", metavar="RECORDING|document:NO|FILE")
def command(say: Say, folder: DataDir, what: str) -> Answer:
    """Check a recording (its number), a paper (document:NO) or any FILE: hashes, and its place
    in the signed log."""
    from liuhen.cases import integrity as papers
    from liuhen.kernel.clock import now
    from liuhen.recordings import integrity
    from liuhen.recordings.names import shown

    paper = PAPER.fullmatch(what)
    if Path(what).is_file():
        digests, recording = integrity.of_file(Path(what))
        document = None if recording else papers.with_digest(digests.sha256)
        if recording:
            verdict = integrity.prove(recording, digests)
        elif document:
            verdict = papers.prove(document, digests)
        else:
            say.problem(f"{MEANING['unknown']}（SHA-256 {digests.sha256}）")
            return {"ok": False, "problem": "unknown", "sha256": digests.sha256, "sm3": digests.sm3}
    elif paper:
        verdict = papers.verdict_on(papers.numbered(int(paper[1])))
    else:
        verdict = integrity.verify(
            integrity.numbered(shown(os.fsencode(what))), by="command", at=now()
        )
    return tell(say, verdict)


def tell(say: Say, verdict: "Verdict") -> Answer:
    if verdict.is_intact:
        say(f"{verdict.number} 完好：与封存时一致", fg="green")
        say(
            f"  存证事件第 {verdict.event_index} 号，"
            f"包含于 {verdict.checkpoint_size} 个事件的签名检查点"
        )
    else:
        say.problem(f"{verdict.number}：{MEANING[verdict.problem]}")
    say(f"  SHA-256 {verdict.sha256}")
    say(f"  SM3     {verdict.sm3}")
    return {
        "ok": verdict.is_intact,
        "recording": verdict.number,
        "problem": verdict.problem or None,
        "sha256": verdict.sha256,
        "sm3": verdict.sm3,
        "event": verdict.event_index,
        "checkpoint_size": verdict.checkpoint_size,
    }
