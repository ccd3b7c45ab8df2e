"""How full the store is, how fast it fills, and what will come to its end when. Reads."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet, Sum

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency
from liuhen.recordings import second_copy
from liuhen.recordings.models import Recording
from liuhen.recordings.second_copy import Standing
from liuhen.retention import due
from liuhen.retention.log_time import Clocks

PAST_MONTHS, COMING_MONTHS = 12, 24
LOOKED_BACK = timedelta(days=90)
"""Long enough to even out quiet weeks, short enough to notice new devices."""

FARTHEST = timedelta(days=20 * 365)
"""A forecast beyond it says nothing about this disk."""


@dataclass(frozen=True)
class Amount:
    count: int
    size_bytes: int


@dataclass(frozen=True)
class Month:
    """`first` is its first day."""

    first: date
    amount: Amount

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Disk:
    total_bytes: int
    free_bytes: int

    @property
    def used_bytes(self) -> int:
        return self.total_bytes - self.free_bytes

    @property
    def percent(self) -> int:
        return round(100 * self.used_bytes / self.total_bytes) if self.total_bytes else 0


@dataclass(frozen=True)
class Forecast:
    """`daily_bytes`: originals of all bureaus, by the last 90 days; None: nothing came in.
    `full_date` None: not within twenty years."""

    daily_bytes: int | None
    full_date: date | None


@dataclass(frozen=True)
class Storage:
    disk: Disk
    kept: Amount
    gone: Amount
    expired: Amount
    past: list[Month]
    coming: list[Month]
    forecast: Forecast
    second: Standing | None
    scrubbed_at: datetime | None


def storage(agency: Agency, clocks: Clocks) -> Storage:
    """Of one bureau, on the disk it may share with others; so many queries for any number."""
    rows = Recording.objects.filter(agency=agency)
    kept, gone = rows.filter(disposed_at=None), rows.filter(disposed_at__isnull=False)
    today = in_china(clocks.wall).date()
    usage = shutil.disk_usage(existing(settings.DATA.vault))
    disk = Disk(usage.total, usage.free)
    return Storage(
        disk=disk,
        kept=amount(kept),
        gone=amount(gone),
        expired=amount(due.to_appraise(agency, clocks)),
        past=by_month(rows, "sealed_at", months_before(today, PAST_MONTHS)),
        coming=by_month(kept, "term__until", months_from(today, COMING_MONTHS)),
        forecast=forecast(disk, at=clocks.wall),
        second=second_copy.standing(),
        scrubbed_at=last_scrub(),
    )


def existing(folder: Path) -> Path:
    """A disk can be asked of a folder that is there."""
    return folder if folder.exists() else settings.DATA.root


def amount(rows: QuerySet[Recording]) -> Amount:
    found = rows.order_by().aggregate(n=Count("pk"), size=Sum("size_bytes"))
    return Amount(found["n"], found["size"] or 0)


def by_month(rows: QuerySet[Recording], column: str, months: list[date]) -> list[Month]:
    """One query: each month a sum of its own, over the rows of all of them alone."""
    wanted: dict[str, Any] = {}
    for n, first in enumerate(months):
        within = Q(**{f"{column}__gte": midnight(first), f"{column}__lt": midnight(after(first))})
        wanted[f"n{n}"] = Count("pk", filter=within)
        wanted[f"size{n}"] = Sum("size_bytes", filter=within)
    span = {f"{column}__gte": midnight(months[0]), f"{column}__lt": midnight(after(months[-1]))}
    found = rows.filter(**span).order_by().aggregate(**wanted)
    return [
        Month(first, Amount(found[f"n{n}"], found[f"size{n}"] or 0))
        for n, first in enumerate(months)
    ]


def after(first: date) -> date:
    """The next month's first day."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_from(today: date, n: int) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < n:
        found.append(after(found[-1]))
    return found


def months_before(today: date, n: int) -> list[date]:
    """The last `n`, this one too, oldest first."""
    found = [today.replace(day=1)]
    while len(found) < n:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def forecast(disk: Disk, *, at: datetime) -> Forecast:
    rows = Recording.objects.filter(sealed_at__gt=at - LOOKED_BACK, sealed_at__lte=at)
    found = rows.order_by().aggregate(size=Sum("size_bytes"), first=Min("sealed_at"))
    if not found["size"]:
        return Forecast(None, None)
    # A new installation has not ninety days behind it.
    days = max((at - found["first"]).total_seconds() / 86400, 1.0)
    daily = int(found["size"] / days)
    if daily <= 0:
        return Forecast(None, None)
    left = timedelta(days=min(disk.free_bytes / daily, FARTHEST.days + 1))
    return Forecast(daily, None if left > FARTHEST else in_china(at + left).date())


def last_scrub() -> datetime | None:
    rows = CustodyEvent.objects.filter(kind=Kind.SCRUB_FINISHED).order_by("-index")
    return rows.values_list("at", flat=True).first()
