"""The tree asked for on a page: below a folder a page may write to, by the worker."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.engines.vault.errors import VaultError
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings import locks
from liuhen.recordings.names import shown
from liuhen.recordings.own_folders import check_outside
from liuhen.retention import disc_errors as errors
from liuhen.retention import tree_export
from liuhen.retention.discs import need
from liuhen.retention.models import TreeExport, TreeState

TOLD_BYTES = 64 << 20


def runs_of(officer: Officer) -> QuerySet[TreeExport]:
    rows = TreeExport.objects.filter(agency_id=officer.agency_id).select_related("asked_by")
    return rows if Permission.KEEP_DISCS in permissions_of(officer) else rows.none()


@transaction.atomic
def ask(
    place: str,
    *,
    reason: str,
    since: date | None = None,
    until: date | None = None,
    by: Officer,
    at: datetime,
) -> TreeExport:
    """Have the worker bring the tree below `place` up to date.

    Refuses: NotPermitted, WordsMissing, TreePlaceNotAllowed, TreeUnderWay.
    """
    from liuhen.retention import disc_tasks

    permissions.check(by, Permission.KEEP_DISCS)
    reason = need(reason, gettext_lazy("事由"))[:200]
    check_place(place)
    try:
        with transaction.atomic():
            run = TreeExport.objects.create(
                agency_id=by.agency_id,
                place=place,
                reason=reason,
                since_date=since,
                until_date=until,
                asked_at=at,
                asked_by=by,
            )
    except IntegrityError:
        raise errors.TreeUnderWay() from None
    disc_tasks.export_tree.enqueue(run.pk)
    return run


def check_place(place: str) -> Path:
    """A folder that is there, below those that disks are mounted under. Refuses:
    TreePlaceNotAllowed."""
    roots = settings.LIUHEN_INTAKE_ROOTS
    told = {"path": shown(os.fsencode(place)), "roots": "、".join(map(str, roots))}
    if "\0" in place:
        raise errors.TreePlaceNotAllowed(**told)
    real = Path(os.path.realpath(place))
    below = any(real.is_relative_to(os.path.realpath(root)) for root in roots)
    if not below or not real.is_dir():
        raise errors.TreePlaceNotAllowed(**told)
    check_outside(os.fsencode(real))
    return real


def run(row: TreeExport, *, clock: Callable[[], datetime]) -> None:
    """What stops it is kept on its row; asked for again, it goes on where it stopped."""
    with locks.held(f"tree{row.pk}") as is_ours:
        row.refresh_from_db()
        if is_ours and row.finished_at is None:
            do(row, clock)


def do(row: TreeExport, clock: Callable[[], datetime]) -> None:
    TreeExport.objects.filter(pk=row.pk).update(state=TreeState.RUNNING)
    try:
        said = written(row, at=clock())
    except (Refusal, VaultError, OSError) as failed:
        said = {"state": TreeState.STOPPED, "problem": words_of(failed)[:500]}
    TreeExport.objects.filter(pk=row.pk).update(finished_at=clock(), **said)


def written(row: TreeExport, *, at: datetime) -> dict[str, object]:
    folder = check_place(row.place) / tree_export.folder_of(row.agency)
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done - told >= TOLD_BYTES:
            told = done
            rows = TreeExport.objects.filter(pk=row.pk)
            rows.update(done_bytes=done, total_bytes=total)

    wanted = tree_export.recordings_of(row.agency, row.since_date, row.until_date)
    done = tree_export.write(wanted, folder, reason=row.reason, by=row.asked_by, at=at, tell=tell)
    return {
        "state": TreeState.DONE,
        "copied": done.copied,
        "there": done.there,
        "moved": done.moved,
        "conflicts": len(done.conflicts),
        "folder": str(folder),
        "problem": "、".join(done.conflicts[:5])[:500],
    }


def words_of(failed: Exception) -> str:
    if isinstance(failed, Refusal):
        return failed.text
    why = failed.strerror if isinstance(failed, OSError) else getattr(failed, "reason", "")
    return _("写入时出错（%(why)s）。请检查移动硬盘和剩余空间，再次导出时从中断处继续。") % {
        "why": why or failed
    }
