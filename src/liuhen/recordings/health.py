"""Does this installation have what it needs? Facts and problems, for the page and the command."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.vault import marker
from liuhen.people import agencies
from liuhen.recordings import copy_words, second_copy, vault_disk, vaults
from liuhen.recordings.batches import letter_boxes
from liuhen.recordings.models import Recording, Words
from liuhen.recordings.search import keeping
from liuhen.recordings.second_place import is_bucket

LEAST_FREE_BYTES = 5 * 1024**3
"""About two hours of 1080p at the 2.6 GB/h body cameras quote (GA/T 947.2)."""


@dataclass(frozen=True)
class Fact:
    """One line of the report; `problem` says what to do about it, empty when all is well."""

    name: str
    value: str
    problem: str = ""


def facts() -> list[Fact]:
    return [*places(), *copies(), *programs(), *work(), *searching(), *checks()]


def places() -> Iterator[Fact]:
    data = settings.DATA
    yield Fact(_("数据目录"), str(data.root))
    yield Fact(_("原始资料"), str(data.vault))
    yield disk()
    yield Fact(_("监视文件夹"), str(settings.LIUHEN_WATCH))
    yield from strays()
    free = shutil.disk_usage(data.root).free
    yield Fact(
        _("可用空间"),
        f"{free / 1024**3:.1f} GB",
        _("可用空间不足，请尽快清理或扩充磁盘。") if free < LEAST_FREE_BYTES else "",
    )
    if not os.access(data.vault, os.W_OK):
        yield Fact(_("资料库写入"), _("不可写"), _("运行本程序的用户没有写入权限，请检查。"))


def disk() -> Fact:
    """Without it an empty folder lies where the originals are."""
    if vault_disk.is_attached():
        return Fact(_("存储盘"), _("已接入"))
    todo = _(
        "存储盘未接入，采集、巡检和销毁均已暂停，未作任何改动。"
        "请将存储盘挂载到 {place} 后重新启动；"
        "确已更换磁盘并完整复制了资料的，请在该文件夹中建立文件 {file}，内容为 {mark}。"
    )
    facts = {"place": settings.DATA.vault, "file": marker.NAME, "mark": vaults.mark()}
    return Fact(_("存储盘"), _("未接入"), todo.format(**facts))


def copies() -> Iterator[Fact]:
    """The second copy, and what lies damaged in either store."""
    standing = second_copy.standing()
    if standing is None:
        yield Fact(_("第二副本"), _("未启用"), unbegun())
        damaged = second_copy.open_damage()
        for store, n in damaged.items():
            yield Fact(_("受损的原件"), str(n), copy_words.damage_text(store, n))
        return
    problem = copy_words.problem_of(standing)
    place = standing.store.place
    if not problem and not is_bucket(place) and second_copy.is_same_disk(Path(place)):
        problem = _("第二副本与主存储在同一块磁盘上，磁盘损坏时两份都会丢失。请改用另一块磁盘。")
    yield Fact(_("第二副本"), copy_words.state_of(standing), problem)


def unbegun() -> str:
    """Set and not begun is an oversight; none at all is the bureau's choice."""
    if not settings.LIUHEN_SECOND_COPY:
        return ""
    return _("已设置位置但未启用，请运行 liuhen second-copy --begin。")


def strays() -> Iterator[Fact]:
    """With several bureaus each has its own folder; what lies elsewhere is nobody's."""
    watched = Path(settings.LIUHEN_WATCH)
    if len(agencies.all_set_up()) < 2 or not watched.is_dir():
        return
    boxes = letter_boxes()
    n = sum(1 for path in watched.iterdir() if path not in boxes)
    yield Fact(
        _("监视文件夹中无法确定单位的内容"),
        str(n),
        _(
            "无法确定属于哪个单位，未采集。请将采集站的投递位置改为本单位的子文件夹，并把已有内容移入。"
        )
        if n
        else "",
    )


def programs() -> Iterator[Fact]:
    version = ".".join(map(str, connection.get_database_version()))
    yield Fact(_("数据库"), f"{connection.display_name} {version}")
    sandboxed = shutil.which("bwrap") is not None
    yield Fact(_("解析隔离"), "bubblewrap" if sandboxed else _("内核隔离或资源限制"))


def work() -> Iterator[Fact]:
    alive = worker_is_alive()
    yield Fact(
        _("后台进程"),
        _("运行中") if alive else _("未运行"),
        "" if alive else _("采集和检验暂停。请用 liuhen serve 或 liuhen worker 启动。"),
    )
    yield Fact(_("待办任务"), str(DBTaskResult.objects.ready().count()))
    failed = DBTaskResult.objects.failed().count()
    yield Fact(
        _("失败任务"), str(failed), _("重新启动后会再次尝试；仍失败请查看日志。") if failed else ""
    )


def worker_is_alive() -> bool:
    """The worker holds its lock as long as it lives."""
    try:
        lock = os.open(Path(settings.DATA.root) / "worker.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def searching() -> Iterator[Fact]:
    lacking = Recording.objects.count() - Words.objects.count()
    is_whole = keeping.is_built() and not lacking
    yield Fact(
        _("检索索引"),
        _("完整") if is_whole else _("不完整"),
        "" if is_whole else _("部分资料可能检索不到。请执行 liuhen reindex 重新建立。"),
    )


def checks() -> Iterator[Fact]:
    aside = sum(1 for path in Path(settings.DATA.quarantine).rglob("*") if path.is_file())
    yield Fact(
        _("隔离区"),
        str(aside),
        _("有中断时留下的不完整副本，请由保管员核对后处理。") if aside else "",
    )
    last = CustodyEvent.objects.filter(kind=Kind.SCRUB_FINISHED).order_by("-index").first()
    yield Fact(_("最近一次完整性巡检"), f"{last.at:%Y-%m-%d}" if last else _("尚未进行"))
