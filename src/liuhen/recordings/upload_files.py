"""The bytes of an upload: one file that only ever grows, whose length is the offset.

No row, cache or counter can disagree with it, whatever moment the process is killed at.
"""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from liuhen.engines.vault.writeback import start_writing
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import errors
from liuhen.recordings.models import Upload

OPEN_FLAGS = os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC


class OffsetMoved(Refusal):
    code = "upload.offset_moved"
    message = _("上传位置不符：服务器上已有 {offset} 字节。请刷新页面，将从断点继续上传。")


class MoreThanDeclared(Refusal):
    code = "upload.more_than_declared"
    message = _("收到的数据超过文件大小（{size} 字节），超出部分未保存。请移除该文件后重新上传。")


def folder() -> Path:
    return Path(settings.DATA.uploads)


def path_of(upload: Upload) -> Path:
    return folder() / upload.uid


def make(upload: Upload) -> None:
    os.close(os.open(path_of(upload), OPEN_FLAGS | os.O_CREAT | os.O_EXCL, 0o600))
    sync_folder(folder())


def length_of(upload: Upload) -> int:
    """Bytes so far by the file's length alone; a file that is not there has none."""
    try:
        return path_of(upload).stat().st_size
    except FileNotFoundError:
        return 0


def durable_length_of(upload: Upload) -> int:
    """Bytes here to stay: what is told to the sender is made durable first."""
    with opened(upload) as fd:
        os.fdatasync(fd)
        return os.fstat(fd).st_size


def last_activity(upload: Upload) -> datetime:
    """When a byte last came. The inode's change time: no claim of the sender's can shift it."""
    try:
        return datetime.fromtimestamp(path_of(upload).stat().st_ctime, UTC)
    except FileNotFoundError:
        return upload.started_at


def append(upload: Upload, chunks: Iterable[bytes], *, offset: int) -> int:
    """Append at `offset`, which must be where the file ends; answers the new end, now durable.

    What arrived before a connection broke stays. The lock is held for each chunk and not for
    the request: a connection that died without a word would keep its successor out for hours.
    Of two writers the one that finds the file grown by the other stops.
    Refuses: UploadUnknown, OffsetMoved, MoreThanDeclared, StoreFull.
    """
    with opened(upload) as fd:
        check_end(fd, offset)
        position = offset
        try:
            for chunk in chunks:
                write_at(fd, position, chunk, limit=upload.size_bytes)
                start_writing(fd, position, len(chunk))
                position += len(chunk)
        finally:
            make_durable(fd, offset)
    return position


def write_at(fd: int, position: int, chunk: bytes, *, limit: int) -> None:
    if position + len(chunk) > limit:
        raise MoreThanDeclared(size=limit)
    fcntl.flock(fd, fcntl.LOCK_EX)
    try:
        check_end(fd, position)
        rest = memoryview(chunk)
        while rest:
            written = os.pwrite(fd, rest, position)
            position, rest = position + written, rest[written:]
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise errors.StoreFull() from error
        raise
    finally:
        fcntl.flock(fd, fcntl.LOCK_UN)


def check_end(fd: int, position: int) -> None:
    end = os.fstat(fd).st_size
    if end != position:
        raise OffsetMoved(offset=end)


def make_durable(fd: int, acknowledged: int) -> None:
    """After a failed fsync nobody knows which bytes are on the disk: none of them counts."""
    try:
        os.fdatasync(fd)
    except OSError:
        os.ftruncate(fd, acknowledged)
        raise


@contextmanager
def opened(upload: Upload) -> Iterator[int]:
    """Refuses: UploadUnknown when the bytes are gone, e.g. cancelled from another window."""
    try:
        fd = os.open(path_of(upload), OPEN_FLAGS)
    except FileNotFoundError:
        raise errors.UploadUnknown() from None
    try:
        yield fd
    finally:
        os.close(fd)


def sync_folder(path: Path | bytes) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
