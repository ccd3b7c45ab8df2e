"""The log's own time: how long the bureau has really lived with its log.

A clock set forward must end nobody's term. Whoever sets the clock can write events of any date,
so the newest event's date alone says nothing. What cannot be made up in a minute is a year of daily
work: between two events that follow one another at most MOST_STEP counts as lived through. A jump
of the clock by years is worth three days; setting it back takes back what it gave. A bureau
that was closed for longer than MOST_STEP is some days behind by this clock: what goes, goes later.

Where an RFC 3161 authority is configured, its last word counts and nothing else: the log is
stamped hourly while anything happens, by a clock that is not ours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from liuhen.custody.models import CustodyEvent, Timestamp
from liuhen.retention import proven
from liuhen.retention.models import LogTime

MOST_STEP = timedelta(days=3)
"""A weekend with the evening before it and the morning after. Long holidays are not counted in."""

AT_ONCE = 5000
KEEP_AFTER = 500
ONE = 1


@dataclass(frozen=True)
class Clocks:
    """`wall`: what the machine says; `lived`: the log's own time, None where nothing says so."""

    wall: datetime
    lived: datetime | None

    @property
    def trusted(self) -> datetime | None:
        """Not later than either; None: no term can be said to be over."""
        return min(self.wall, self.lived) if self.lived else None

    @property
    def gap(self) -> timedelta:
        """How far the machine's clock is ahead of the log's."""
        return max(self.wall - self.lived, timedelta(0)) if self.lived else timedelta(0)


def clocks(*, at: datetime) -> Clocks:
    """`at` is the machine's clock now."""
    if settings.LIUHEN_TSA:
        newest = Timestamp.objects.order_by("-gen_time").values_list("gen_time", flat=True).first()
        return Clocks(at, newest)
    known = lived()
    if known is None:
        return Clocks(at, None)
    return Clocks(at, min(known.lived_at + step(known.last_at, at), at))


def step(before: datetime, after: datetime) -> timedelta:
    """How much of the time between two events counts."""
    return max(-MOST_STEP, min(MOST_STEP, after - before))


def lived(*, keep_after: int = KEEP_AFTER) -> LogTime | None:
    """As far as the log goes now; None: nothing has happened yet. Kept once it has grown by
    `keep_after` events, so that nobody counts a year's again."""
    size = proven.signed_size()  # what is beyond it is no event, whatever the table says
    known = kept(size)
    signed = CustodyEvent.objects.filter(index__lt=size).order_by("index")
    events = signed.values_list("index", "at")
    if known is None:
        first = events.first()
        if first is None:
            return None
        known = LogTime(size=1, last_at=first[1], lived_at=first[1])
    before = known.size
    for index, at in events.filter(index__gte=known.size).iterator(chunk_size=AT_ONCE):
        # Never ahead of the event itself: many steps up and one back would pump it up otherwise.
        known.lived_at = min(known.lived_at + step(known.last_at, at), at)
        known.last_at, known.size = at, index + 1
    if known.size - before >= keep_after:
        keep(known)
    return known


def recount() -> None:
    """Forget what was kept and count from the first event, before anything irreversible: a row of
    a table is easily written, a log is not."""
    LogTime.objects.all().delete()
    lived(keep_after=1)


def kept(size: int) -> LogTime | None:
    """What was counted before, if the log still has those events: a restored one may be shorter."""
    known = LogTime.objects.filter(pk=ONE, size__lte=size).first()
    if known and CustodyEvent.objects.filter(index=known.size - 1, at=known.last_at).exists():
        return known
    return None


def keep(counted: LogTime) -> None:
    facts = {"size": counted.size, "last_at": counted.last_at, "lived_at": counted.lived_at}
    LogTime.objects.update_or_create(pk=ONE, defaults=facts)
