"""A test photo or clip sent at the counter: on disk for the examining child, then gone again."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from liuhen.engines.media.clock_shots import ClockShown, Why, clock_shown
from liuhen.recordings.patterns import all_patterns

SALT = "counter-opened"
OPEN_FOR = timedelta(hours=1)
"""A form that lay open longer says nothing of when a picture was made."""

MOST_BYTES = 300 << 20
"""Some seconds of the best quality; a clip of an afternoon is no test."""

WHYS = {
    Why.UNREADABLE: _("无法读取这个文件，请上传设备刚拍摄的照片或短片。"),
    Why.NO_TIME: _("文件和文件名中都没有拍摄时间，请改为录入设备显示的时间。"),
    Why.CODE_NOT_CURRENT: _("画面中的时间码不是刚才显示的，请重新拍摄后上传。"),
}
TOO_LARGE = _("文件超过 300MB。请用设备拍摄几秒钟的短片或一张照片后上传。")


def opening(at: datetime) -> str:
    """When the counter's form was shown, for the form to bring back."""
    return signing.dumps(at.isoformat(), salt=SALT)


def opened_at(token: str, *, at: datetime) -> datetime:
    """Without a form that says when it was opened, as long ago as one may be open."""
    try:
        return datetime.fromisoformat(signing.loads(token, salt=SALT, max_age=OPEN_FOR))
    except signing.BadSignature:
        return at - OPEN_FOR


def read(sent: UploadedFile, *, token: str, at: datetime) -> ClockShown:
    """`at`: when the request began, before the examination takes its time."""
    with on_disk(sent) as path:
        return clock_shown(
            path,
            path.parent,
            name=os.fsencode(sent.name or ""),
            opened_at=opened_at(token, at=at),
            uploaded_at=at,
            patterns=all_patterns(),
        )


@contextmanager
def on_disk(sent: UploadedFile) -> Iterator[Path]:
    folder = settings.DATA.uploads
    with tempfile.TemporaryDirectory(prefix=".clock-", dir=folder) as own:
        path = Path(own) / "sent"
        with path.open("wb") as file:
            for chunk in sent.chunks():
                file.write(chunk)
        yield path
