"""Which days are working days: the State Council's, and the bureau's own word above them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission
from liuhen.regulations import calendar_table, office_files
from liuhen.regulations.models import CalendarDay

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day by both sources; `own` is None where the bureau says nothing of its own."""

    day: date
    is_national: bool  # a working day by the State Council's arrangement
    holiday: str  # its name, or ""
    own: bool | None = None
    note: str = ""

    @property
    def is_working(self) -> bool:
        return self.is_national if self.own is None else self.own

    @property
    def is_moved(self) -> bool:
        """A weekend day that is worked, by the State Council's arrangement."""
        return self.is_national and self.day.weekday() >= 5


@lru_cache(maxsize=32)
def national(year: int) -> holidays.HolidayBase:
    """One whole year at a time: the library learns of moved working days year by year."""
    return holidays.country_holidays("CN", years=[year], expand=False, language="zh_CN")


def is_published(year: int) -> bool:
    """Has the library that year's moved days? Without them holidays are by the statute alone."""
    return any(day.year == year for day in national(year).weekend_workdays)


def is_working_day(agency: Agency, day: date) -> bool:
    """One query."""
    own = CalendarDay.objects.filter(agency=agency, day=day).first()
    return own.is_working if own else national(day.year).is_working_day(day)


def working_days(agency: Agency, first: date, last: date) -> list[date]:
    """Those from `first` to `last`, both included; one query."""
    return [one.day for one in days(agency, first, last) if one.is_working]


def days(agency: Agency, first: date, last: date) -> Iterator[Day]:
    """Every day of the range with both sources; one query."""
    rows = CalendarDay.objects.filter(agency=agency, day__range=(first, last))
    own = {row.day: row for row in rows}
    for n in range((last - first).days + 1):
        day = first + n * DAY
        said, table = own.get(day), national(day.year)
        yield Day(
            day,
            table.is_working_day(day),
            table.get(day) or "",
            said.is_working if said else None,
            said.note if said else "",
        )


def special_days(agency: Agency, year: int) -> list[Day]:
    """What differs from plain weeks in a year: holidays, moved days, the bureau's own."""
    whole = days(agency, date(year, 1, 1), date(year, 12, 31))
    return [one for one in whole if one.holiday or one.is_moved or one.own is not None]


@transaction.atomic
def import_table(
    agency: Agency, content: bytes, *, file_name: str, by: Officer, at: datetime
) -> int:
    """Take the days of an Excel or CSV table over, all of them or none; answers how many.

    Refuses: NotPermitted, FileTooLarge, FileEmpty, FileTypeUnknown, FileUnreadable, FileBloated,
    TableRefused.
    """
    permissions.check(by, Permission.KEEP_RULES)
    rows = calendar_table.read(content, file_name)
    log.wait_for_turn()
    CalendarDay.objects.filter(agency=agency, day__in=[row.day for row in rows]).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(agency=agency, day=row.day, is_working=row.is_working, note=row.note)
        for row in rows
        if row.is_working is not None
    )
    log.record(
        Kind.CALENDAR_IMPORTED,
        subject=f"agency:{agency.pk}",
        by=by,
        at=at,
        file_name=office_files.plain_name(file_name),
        sha256=hashlib.sha256(content).hexdigest(),
        days=told(rows),
    )
    return len(rows)


def told(rows: list[calendar_table.Row]) -> Mapping[str, bool | None]:
    return {row.day.isoformat(): row.is_working for row in rows}
