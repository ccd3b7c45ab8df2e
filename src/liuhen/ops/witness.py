"""Watch another installation's log, from another office's PC or a USB stick."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from liuhen.engines.merkle.checkpoints import open_checkpoint
from liuhen.engines.merkle.errors import (
    EvidenceInvalid,
    LogRewritten,
    LogRolledBack,
    NoteInvalid,
    StateInvalid,
    TileInvalid,
)
from liuhen.engines.merkle.keys import check_name
from liuhen.engines.merkle.notes import Verifier
from liuhen.engines.merkle.witness import witness
from liuhen.engines.merkle.witness_state import WitnessState
from liuhen.kernel.refusal import Refusal
from liuhen.ops.shell import Answer, Say, standalone
from liuhen.ops.witness_sources import NoLogThere, Source, source_of


class Rewritten(Refusal):
    code = "witness.log_rewritten"
    message = "警报：日志被改写！它与本见证人此前见证过的日志不一致。{kept}"


class RolledBack(Refusal):
    code = "witness.log_rolled_back"
    message = "警报：日志被回退！{detail}。{kept}"


class LogKeyChanged(Refusal):
    code = "witness.log_key_changed"
    message = (
        "警报：日志的公钥与首次见证时记住的不同，日志可能被整体替换（改写），未签名。"
        "记住的：{pinned}；现在的：{shown}。请向该单位查明；见证记录未改动。"
    )


class BadSignature(Refusal):
    code = "witness.bad_signature"
    message = "警报：检查点的签名无效，日志可能被改写，未签名。{detail}。见证记录未改动。"


class TilesUnfit(Refusal):
    code = "witness.tiles_unfit"
    message = "警报：日志的哈希树与其签署的检查点不符，未签名。{detail}。见证记录未改动。"


class StateUnfit(Refusal):
    code = "witness.state_unfit"
    message = "见证记录文件夹 {folder} 已损坏或不完整，未签名。{detail}。请换回其备份。"


class OtherName(Refusal):
    code = "witness.other_name"
    message = "此文件夹中的见证人名为 {name}。请去掉 --name，或换一个文件夹。"


class Busy(Refusal):
    code = "witness.busy"
    message = "另一个见证进程正在使用 {folder}，本次未执行。"


KEPT = "未签名；见证记录未改动，对方签署的矛盾检查点已另存于 {}。请立即保全现场并报告。"


def check_option(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    try:
        if name is not None:
            check_name(name)
    except NoteInvalid:
        raise click.BadParameter("neither empty nor with spaces or +") from None
    return name


@standalone("witness")
@click.argument("log", metavar="[LOG]", required=False)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="A data directory on this machine, instead of LOG.",
)
@click.option(
    "--state",
    "state_folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The witness's own folder: its key and what it has seen. Keep it away from the log.",
)
@click.option("--name", callback=check_option, help="The witness's name, given at first use.")
def command(
    say: Say, log: str | None, data: Path | None, state_folder: Path, name: str | None
) -> Answer:
    """Check that LOG only grew since last time; remember it; cosign it.

    LOG is the address of a server (http://host:8000) or a data directory on this machine. At first
    use a key is made and the log's key remembered.
    """
    from liuhen.kernel.clock import now

    place = place_of(log, data)
    source = source_of(place)
    shown = shown_key(source, place)
    note = source.checkpoint()
    if note is None:
        raise NoLogThere(place=place, why="尚无存证事件")
    state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with only_one(state_folder):
        state = WitnessState(state_folder)
        prepare(state, name, shown, say)
        before = state.newest()
        made = judged(note, shown, source, state, at=int(now().timestamp()))
        vkey = state.witness().vkey
    head = open_checkpoint(made, shown)
    say(
        f"已核对：{before.head.size if before else 0} → {head.size} 个存证事件，只增未改；"
        "已保存并签名",
        fg="green",
    )
    source.hand_over(made, vkey)
    say("见证签名已交给该日志")
    say(made.rstrip())
    return {
        "ok": True,
        "seen_before": before.head.size if before else None,
        "size": head.size,
        "vkey": vkey,
        "log": shown.vkey,
        "note": made,
    }


def place_of(log: str | None, data: Path | None) -> str:
    place = str(data) if data else log
    if not place or (data and log):
        raise click.UsageError("Name either LOG or --data DIR.")
    return place


def shown_key(source: Source, log: str) -> Verifier:
    try:
        return Verifier.from_vkey(source.key())
    except (NoteInvalid, OSError):
        raise NoLogThere(place=log, why="没有日志公钥") from None


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    lock = os.open(folder / "witness.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy(folder=folder) from None
    finally:
        os.close(lock)


def prepare(state: WitnessState, name: str | None, shown: Verifier, say: Say) -> None:
    """Key and pin at first use, said loudly. Refuses: OtherName, LogKeyChanged, StateUnfit."""
    try:
        is_new = state.create(name or f"witness/{secrets.token_hex(4)}")
        own, pinned = state.witness(), state.log()
    except StateInvalid as problem:
        raise StateUnfit(folder=state.folder, detail=problem) from None
    if name is not None and own.name != name:
        raise OtherName(name=own.name)
    if is_new:
        say("已生成见证人密钥。请在该单位登记其公钥：", fg="yellow")
        say(f"  liuhen witness-add {own.vkey}")
    if pinned is None:
        say("首次见证：此后只认下面这个日志公钥。", fg="yellow", bold=True)
        say("请现在就与该单位“存证日志”页面显示的公钥逐字核对，不一致即停止使用：", fg="yellow")
        say(f"  {shown.vkey}")
    elif pinned != shown:
        raise LogKeyChanged(pinned=pinned.vkey, shown=shown.vkey)


def judged(note: str, log: Verifier, source: Source, state: WitnessState, *, at: int) -> str:
    """The cosigned note, kept. What speaks against the log becomes a refusal in words."""
    kept = KEPT.format(state.contradictions)
    try:
        return witness(note, log, source, state, at=at)
    except LogRewritten:
        raise Rewritten(kept=kept) from None
    except LogRolledBack as problem:
        raise RolledBack(detail=problem, kept=kept) from None
    except TileInvalid as problem:
        raise TilesUnfit(detail=problem) from None
    except StateInvalid as problem:
        raise StateUnfit(folder=state.folder, detail=problem) from None
    except EvidenceInvalid as problem:
        raise BadSignature(detail=problem) from None
