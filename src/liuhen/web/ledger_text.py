"""A line of the ledger in words: what was recorded, in which state the device came back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from liuhen.devices.models import Checkout
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import MediaKind
from liuhen.recordings.under_checkout import Recorded, recorded_under
from liuhen.web.templatetags.screen import clock

LINES_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """One use and what the recordings say of it."""

    checkout: Checkout
    recorded: str

    @property
    def content(self) -> str:
        """What the user says was recorded, and what came in; — for neither."""
        return "；".join(filter(None, [self.checkout.content, self.recorded])) or "—"

    @property
    def state(self) -> str:
        if self.checkout.returned_at is None:
            return _("未归还")
        said = str(self.checkout.get_condition_display())
        note = self.checkout.condition_note
        return f"{said}（{note}）" if note else said


def lines_of(checkouts: Iterable[Checkout]) -> list[Line]:
    """One query for the recordings of all of them."""
    rows = list(checkouts)
    recorded = recorded_under(rows)
    return [Line(row, recorded_text(recorded.get(row.pk))) for row in rows]


def lines_in_turn(checkouts: Iterator[Checkout]) -> Iterator[Line]:
    """The same for a long book, without all of it in memory."""
    while some := list(islice(checkouts, LINES_AT_ONCE)):
        yield from lines_of(some)


def recorded_text(recorded: Recorded | None) -> str:
    """视频3段、照片2张，共12:30."""
    if recorded is None:
        return ""
    words = {
        MediaKind.VIDEO: _("视频%(n)d段"),
        MediaKind.AUDIO: _("录音%(n)d段"),
        MediaKind.PHOTO: _("照片%(n)d张"),
    }
    parts = [
        said % {"n": recorded.by_kind[kind]}
        for kind, said in words.items()
        if recorded.by_kind.get(kind)
    ]
    told = _("、").join(parts)
    if recorded.seconds:
        told += _("，共%(length)s") % {"length": clock(recorded.seconds)}
    return told


def signed(moment: datetime | None) -> str:
    """When the user signed under the own account; "" leaves the line to be signed by hand."""
    return _("已确认 %(at)s") % {"at": f"{in_china(moment):%m-%d %H:%M}"} if moment else ""
