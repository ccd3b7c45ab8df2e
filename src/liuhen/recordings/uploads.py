"""Files a browser sends: resumed where they broke off, then taken in like a card's."""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings import batches, errors, tasks, upload_files
from liuhen.recordings.models import BatchState, IntakeBatch, ItemState, Upload
from liuhen.recordings.upload_files import folder, length_of, path_of
from liuhen.recordings.upload_names import lay_out

LIFE = timedelta(days=7)
"""An upload nobody went on with for a week is abandoned; its card is still with its owner."""

GROUP = re.compile("[0-9A-Za-z_-]{1,32}", re.ASCII)
"""Files chosen together; it becomes part of a folder's name."""

KEEP_FREE_BYTES = 1 << 30
"""Uploads leave this much: database, log and an intake under way need room to go on."""


class TooLittleSpace(Refusal):
    code = "upload.too_little_space"
    message = _(
        "服务器存储空间不足：需要 {needed} MB，可用 {free} MB，文件未开始上传。"
        "请联系系统管理员清理或扩充磁盘后再上传。"
    )


class BadGroup(Refusal):
    code = "upload.bad_group"
    message = _("上传批次编号无效，文件未开始上传。请刷新页面后重试。")


class GroupClosed(Refusal):
    code = "upload.group_closed"
    message = _("这一批文件已提交入库，不能再添加。请把其余文件作为新的一批上传。")


def create(
    *, by: Officer, at: datetime, size_bytes: int, name: bytes, group: str, mtime_ns: int | None
) -> Upload:
    """Announce a file of `size_bytes`; `name` is its name or path at the sender's, as sent.

    Refuses: NotPermitted, BadGroup, TooLittleSpace, GroupClosed.
    """
    permissions.check(by, Permission.TAKE_IN)
    if not GROUP.fullmatch(group):
        raise BadGroup()
    check_space(size_bytes)
    upload = Upload(
        uid=secrets.token_hex(16),
        officer=by,
        group=group,
        name=name,
        size_bytes=size_bytes,
        mtime_ns=mtime_ns,
        started_at=at,
    )
    with transaction.atomic():
        if Upload.objects.filter(officer=by, group=group, finished_at__isnull=False).exists():
            raise GroupClosed()
        upload_files.make(upload)
        upload.save()
    return upload


def check_space(size_bytes: int) -> None:
    """Room for what is still to come of all uploads, and for this one twice: as it arrives, and
    as the vault's copy that must be verified before the upload may go. Refuses: TooLittleSpace."""
    free = shutil.disk_usage(folder()).free
    unfinished = Upload.objects.filter(finished_at=None).only("uid", "size_bytes")
    promised = sum(upload.size_bytes - length_of(upload) for upload in unfinished)
    needed = 2 * size_bytes + promised + KEEP_FREE_BYTES
    if needed > free:
        raise TooLittleSpace(needed=-(-needed >> 20), free=free >> 20)


def own(uid: str, *, by: Officer) -> Upload:
    """The officer's own upload that is not taken in yet. Refuses: NotPermitted, UploadUnknown."""
    permissions.check(by, Permission.TAKE_IN)
    upload = Upload.objects.filter(uid=uid, officer=by, finished_at=None).first()
    if upload is None or not path_of(upload).is_file():
        raise errors.UploadUnknown()
    return upload


def waiting(group: str, *, by: Officer) -> list[Upload]:
    """The group's files that are not taken in yet, complete or not, in the order they began."""
    found = Upload.objects.filter(officer=by, group=group, finished_at=None)
    return list(found.order_by("pk"))


def append(upload: Upload, chunks: Iterable[bytes], *, offset: int) -> int:
    """`upload_files.append`: answers the new durable end.

    Refuses: UploadUnknown, OffsetMoved, MoreThanDeclared, StoreFull.
    """
    return upload_files.append(upload, chunks, offset=offset)


def cancel(upload: Upload) -> None:
    """Forget an upload and its bytes; one that was taken in meanwhile stays."""
    gone, _rows = Upload.objects.filter(pk=upload.pk, finished_at=None).delete()
    if gone:
        path_of(upload).unlink(missing_ok=True)


def finish(
    group: str,
    *,
    by: Officer,
    at: datetime,
    device_no: str | None = None,
    officer: Officer | None = None,
) -> IntakeBatch:
    """Take the group in as one card; each upload is removed once the vault's copy is verified.

    Asking twice answers the same batch.
    Refuses: NotPermitted, UploadIncomplete, UploadUnknown.
    """
    permissions.check(by, Permission.TAKE_IN)
    if not Upload.objects.filter(officer=by, group=group).exists():
        raise errors.UploadUnknown()
    with held_card(card_of(group, by)) as card:
        if batch := batch_of(group, by):
            return batch
        uploads = waiting(group, by=by)
        if any(length_of(upload) != upload.size_bytes for upload in uploads):
            raise errors.UploadIncomplete()
        roots = lay_out(uploads, card)
        batch = ask(uploads, roots, group, by=by, at=at, device_no=device_no, officer=officer)
        for upload in uploads:
            path_of(upload).unlink(missing_ok=True)
    return batch


@transaction.atomic
def ask(
    uploads: list[Upload],
    roots: list[Path],
    group: str,
    *,
    by: Officer,
    at: datetime,
    device_no: str | None,
    officer: Officer | None,
) -> IntakeBatch:
    chosen = [upload.pk for upload in uploads]
    moved = Upload.objects.filter(pk__in=chosen, finished_at=None).update(finished_at=at)
    if moved != len(chosen):  # one was cancelled in this very moment
        raise errors.UploadUnknown()
    batch = batches.ask(
        [os.fsencode(root) for root in roots],
        by=by,
        at=at,
        device_no=device_no,
        officer=officer,
        clear_source=True,
    )
    batch.source = [source_of(group)]
    batch.save(update_fields=["source"])
    tasks.take_in.enqueue(batch.pk)
    return batch


def batch_of(group: str, by: Officer) -> IntakeBatch | None:
    """The batch a group has become."""
    return IntakeBatch.objects.filter(started_by=by, source=[source_of(group)]).first()


def source_of(group: str) -> str:
    """What the batch and its events call the source: it leads back to the senders' names."""
    return f"upload:{group}"


def card_of(group: str, by: Officer) -> Path:
    """Named by the officer too: the group's name comes from a browser and is nobody's alone."""
    return folder() / f"card-{by.pk}-{group}"


@contextmanager
def held_card(card: Path) -> Iterator[Path]:
    """The group's folder, made and locked: two clicks become one batch."""
    card.mkdir(mode=0o700, exist_ok=True)
    fd = os.open(card, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield card
    finally:
        os.close(fd)


def expire(*, at: datetime) -> list[str]:
    """Remove what nobody went on with for `LIFE`, and cards whose every file is in the vault.

    A card with a file that was not verified in the vault stays for the officer to look at.
    Answers the names in the uploads folder that are gone.
    """
    return [*expire_abandoned(at), *expire_strays(at), *expire_cards()]


def abandoned(at: datetime) -> list[Upload]:
    unfinished = Upload.objects.filter(finished_at=None, started_at__lt=at - LIFE)
    return [one for one in unfinished if upload_files.last_activity(one) < at - LIFE]


def expire_abandoned(at: datetime) -> Iterator[str]:
    for upload in abandoned(at):
        cancel(upload)
        yield upload.uid


def expire_strays(at: datetime) -> Iterator[str]:
    """Bytes whose row was never written, or whose removal after `finish` was interrupted."""
    for path in sorted(folder().iterdir()):
        if not path.is_file() or path.is_symlink():
            continue
        row = Upload.objects.filter(uid=path.name).first()
        is_old = path.stat().st_ctime < (at - LIFE).timestamp()
        if (row is None and is_old) or (row is not None and row.finished_at is not None):
            path.unlink()
            yield path.name


def expire_cards() -> Iterator[str]:
    for card in sorted(folder().glob("card-*")):
        _card, officer_id, group = card.name.split("-", 2)
        done = IntakeBatch.objects.filter(started_by_id=int(officer_id), state=BatchState.DONE)
        batch = done.filter(source=[source_of(group)]).first()
        if batch and is_settled(batch):
            shutil.rmtree(card)
            yield card.name


def is_settled(batch: IntakeBatch) -> bool:
    """Is every file either verified in the vault and cleared, or no recording at all?"""
    cleared = batch.items.filter(state__in=[ItemState.SEALED, ItemState.DUPLICATE], cleared=True)
    left_out = batch.items.filter(state=ItemState.LEFT_OUT)
    return cleared.count() + left_out.count() == batch.items.count()
