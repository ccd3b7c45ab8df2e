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
from liuhen.people import agencies
from liuhen.recordings.batches import letter_boxes
from liuhen.recordings.models import Recording, Words
from liuhen.recordings.search import keeping

LEAST_FREE_BYTES = 5 * 1024**3
"""About two hours of 1080p at the 2.6 GB/h body cameras quote (GA/T 947.2)."""


@dataclass(frozen=True)
class Fact:
    """One line of the report; `problem` says what to do about it, empty when all is well."""

    name: str
    value: str
    problem: str = ""


def facts() -> list[Fact]:
    return [*places(), *programs(), *work(), *searching(), *checks()]


def places() -> Iterator[Fact]:
    data = settings.DATA
    yield Fact(_("数据目录"), str(data.root))
    yield Fact(_("原始资料"), str(data.vault))
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
