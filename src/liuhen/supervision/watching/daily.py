"""The unit head's daily check (neiqiu-health 20): the day's figures, what was not in order, a word.

The figures are put before the head; what is said in a minute does the duty of that day.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.cases.completeness import INCOMPLETE
from liuhen.cases.models import Activity
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices.models import Checkout, RepairTicket, TicketState
from liuhen.duties import closing
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission, may
from liuhen.recordings.models import Recording, RecordingState
from liuhen.recordings.queries import but_secrets
from liuhen.regulations import current, posts
from liuhen.supervision.models import DailyCheck
from liuhen.supervision.watching import errors

MOST_NOTE = 1000
DAY = timedelta(days=1)

POINTS = (
    ("carried", _("应当佩戴设备的活动都佩戴了设备")),
    ("recorded", _("应当记录的活动都作了记录")),
    ("whole", _("记录没有无故间断")),
    ("handed_in", _("资料按时移交")),
    ("devices", _("设备完好、电量和时间正常，按时归还")),
    ("conduct", _("着装、用语和执法行为规范")),
)


@dataclass(frozen=True)
class Seen:
    """The unit's day so far; `late` and `faulty` are as they stand, whenever they began."""

    activities: int
    incomplete: int
    recordings: int
    marked: int
    went_out: int
    still_out: int
    late: int
    faulty: int


def seen(unit: Unit, by: Officer, day: date) -> Seen:
    """Five queries. Days are China's."""
    start, end = midnight(day), midnight(day + DAY)
    held = Activity.objects.filter(unit=unit, voided_at=None, arrived_at__gte=start)
    told = held.filter(arrived_at__lt=end).aggregate(
        activities=Count("pk"), incomplete=Count("pk", filter=Q(verdict__in=INCOMPLETE))
    )
    made = Recording.objects.filter(unit=unit, recorded_at__gte=start, recorded_at__lt=end)
    told |= but_secrets(made, by).aggregate(
        recordings=Count("pk"), marked=Count("pk", filter=Q(state=RecordingState.MARKED))
    )
    told |= Checkout.objects.filter(unit=unit).aggregate(
        went_out=Count("pk", filter=Q(handed_at__gte=start, handed_at__lt=end)),
        still_out=Count("pk", filter=Q(returned_at=None)),
    )
    waiting = Duty.objects.filter(unit=unit, kind=DutyKind.HANDOVER, state=DutyState.OPEN)
    faulty = RepairTicket.objects.filter(device__unit=unit).exclude(state__in=OVER)
    return Seen(**told, late=waiting.filter(due_at__lte=end).count(), faulty=faulty.count())


OVER = (TicketState.CLOSED, TicketState.GIVEN_UP)


def units_of(officer: Officer) -> QuerySet[Unit]:
    """Those the officer heads."""
    return Unit.objects.filter(pk__in=posts.headed_by(officer)).order_by("name", "pk")


def checks_on(units: Sequence[Unit], day: date) -> dict[int, DailyCheck]:
    """By the unit's key."""
    return {one.unit_id: one for one in DailyCheck.objects.filter(unit__in=units, day=day)}


def article_of(officer: Officer, day: date) -> int | None:
    """That asks for the check, if one does."""
    rules = current.rules_if_any(officer.agency, day)
    task = rules.cadences().get("daily_check") if rules else None
    return task.article if task else None


@transaction.atomic
def enter(
    unit: Unit, *, wrong: Sequence[str], note: str, by: Officer, at: datetime
) -> tuple[DailyCheck, Duty | None]:
    """Today's check of this unit; answers the duty it did, if one was owed.

    Refuses: NotHead, NoSuchPoint, WrongUnsaid, CheckedToday.
    """
    log.wait_for_turn()
    day = in_china(at).date()
    if not units_of(by).filter(pk=unit.pk).exists():
        raise errors.NotHead(article_of(by, day))
    codes = [code for code, _said in POINTS]
    if not set(wrong) <= set(codes):
        raise errors.NoSuchPoint()
    said = note.strip()[:MOST_NOTE]
    if wrong and not said:
        raise errors.WrongUnsaid()
    if DailyCheck.objects.filter(unit=unit, day=day).exists():
        raise errors.CheckedToday(unit=unit)
    made = DailyCheck.objects.create(
        agency_id=by.agency_id,
        unit=unit,
        day=day,
        seen=asdict(seen(unit, by, day)),
        wrong=[code for code in codes if code in wrong],
        note=said,
        checked_at=at,
        checked_by=by,
    )
    log.record(Kind.DAILY_CHECK_DONE, subject=f"unit:{unit.pk}", by=by, at=at, **facts_of(made))
    duty = closing.open_in(DutyKind.DAILY_CHECK, at, by, unit)
    if duty is not None:
        closing.complete(duty, note=words_of(made), by=by, at=at)
    return made, duty


def facts_of(check: DailyCheck) -> dict[str, Any]:
    return {
        "day": check.day.isoformat(),
        "seen": check.seen,
        "wrong": check.wrong,
        "note": check.note,
    }


def words_of(check: DailyCheck) -> str:
    """In the duty's own words: what was looked at, and what was not in order."""
    figures = check.seen
    looked = (
        f"当日执法活动 {figures['activities']} 件、资料 {figures['recordings']} 件、"
        f"领用设备 {figures['went_out']} 台次。"
    )
    return f"{looked}{check.note or '未发现问题。'}"[:500]


def visible_to(officer: Officer) -> QuerySet[DailyCheck]:
    """The bureau's for who oversees its duties, else those of one's units."""
    rows = DailyCheck.objects.filter(agency_id=officer.agency_id)
    rows = rows.select_related("unit", "checked_by")
    if may(officer, Permission.SEE_AGENCY):
        return rows
    return rows.filter(unit__in=units_of(officer))
