"""The inquiry (调查): its log book, what the person concerned says, the legal office's word."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import compensating
from liuhen.devices.models import CompensationCase
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import course, errors, seeing
from liuhen.supervision.breaches.sifting import check_handles
from liuhen.supervision.models import Breach


@transaction.atomic
def note(breach: Breach, *, words: str, by: Officer, at: datetime) -> None:
    """What was asked, looked at, found. Refuses: NotPermitted, NoSuchBreach, Concerned,
    WordsMissing, BreachMoved."""
    log.wait_for_turn()
    check_handles(breach, by)
    said = course.words_of(words, field=_("调查情况"))
    course.hold(breach, Kind.BREACH_NOTED)
    course.write(breach, Kind.BREACH_NOTED, by=by, at=at, words=said)


@transaction.atomic
def tell(breach: Breach, *, until: date, words: str, by: Officer, at: datetime) -> None:
    """The person concerned is told, and may state their view up to `until`, that day included.

    Told again, they have the later day. Refuses as `note`, and DayPassed.
    """
    log.wait_for_turn()
    check_handles(breach, by)
    said = course.words_of(words, field=_("告知内容"))
    if until < in_china(at).date():
        raise errors.DayPassed(day=until.isoformat())
    breach.refresh_from_db()
    first, last = breach.told_at or at, max(until, breach.state_by_date or until)
    course.hold(breach, Kind.BREACH_TOLD, told_at=first, state_by_date=last)
    course.write(breach, Kind.BREACH_TOLD, by=by, at=at, words=said, until=last.isoformat())


@transaction.atomic
def state(breach: Breach, *, words: str, by: Officer, at: datetime) -> None:
    """What the person concerned says, in their own words; more than once, if there is more.

    Refuses: NotConcerned, NotTold, WordsMissing, BreachMoved.
    """
    log.wait_for_turn()
    check_own(breach, by)
    said = course.words_of(words, field=_("陈述申辩"))
    course.hold(breach, Kind.BREACH_STATED, heard_at=breach.heard_at or at)
    course.write(breach, Kind.BREACH_STATED, by=by, at=at, words=said)


@transaction.atomic
def not_stated(breach: Breach, *, words: str, by: Officer, at: datetime) -> None:
    """They decline, or it was said by word of mouth: noted by who inquires, with how.

    Refuses as `note`, and NotTold.
    """
    log.wait_for_turn()
    check_handles(breach, by)
    breach.refresh_from_db()
    if breach.told_at is None:
        raise errors.NotTold()
    said = course.words_of(words, field=_("未作陈述申辩的情况"))
    course.hold(breach, Kind.BREACH_NOT_STATED, heard_at=breach.heard_at or at)
    course.write(breach, Kind.BREACH_NOT_STATED, by=by, at=at, words=said)


def check_own(breach: Breach, by: Officer) -> None:
    """Refuses: NotConcerned, NotTold."""
    breach.refresh_from_db()
    if breach.officer_id != by.pk or not by.is_active:
        raise errors.NotConcerned()
    if breach.told_at is None:
        raise errors.NotTold()


def is_heard(breach: Breach, at: datetime) -> bool:
    """They said something or declined, or their time is over."""
    if breach.heard_at is not None:
        return True
    last = breach.state_by_date
    return breach.told_at is not None and last is not None and in_china(at).date() > last


@transaction.atomic
def consult(breach: Breach, *, words: str, by: Officer, at: datetime) -> None:
    """The legal office is asked, and sees it from now on. Refuses as `note`."""
    log.wait_for_turn()
    check_handles(breach, by)
    said = course.words_of(words, field=_("征求意见的事项"))
    breach.refresh_from_db()
    course.hold(breach, Kind.BREACH_CONSULTED, consulted_at=breach.consulted_at or at)
    course.write(breach, Kind.BREACH_CONSULTED, by=by, at=at, words=said)


@transaction.atomic
def advise(breach: Breach, *, words: str, by: Officer, at: datetime) -> None:
    """The legal office's opinion. Refuses: NotPermitted, NoSuchBreach, Concerned, NotConsulted,
    WordsMissing, BreachMoved."""
    log.wait_for_turn()
    seeing.check_works(breach, by, Permission.ADVISE_BREACHES)
    breach.refresh_from_db()
    if breach.consulted_at is None:
        raise errors.NotConsulted()
    said = course.words_of(words, field=_("法制意见"))
    course.hold(breach, Kind.BREACH_ADVISED)
    course.write(breach, Kind.BREACH_ADVISED, by=by, at=at, words=said)


@transaction.atomic
def compensate(breach: Breach, *, story: str, by: Officer, at: datetime) -> CompensationCase:
    """What was broken or lost is paid for by its own procedure, which is opened here.

    Refuses: NoDevice, and as `note` and `compensating.open_case`.
    """
    log.wait_for_turn()
    check_may_compensate(breach, by)
    course.hold(breach, Kind.BREACH_COMPENSATION)
    assert breach.device is not None
    assert breach.officer is not None  # beyond a lead it is somebody's
    case = compensating.open_case(breach.device, officer=breach.officer, story=story, by=by, at=at)
    course.write(breach, Kind.BREACH_COMPENSATION, by=by, at=at, words=story, case=case.pk)
    return case


def check_may_compensate(breach: Breach, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchBreach, Concerned, NoDevice."""
    decides = Permission.DECIDE_BREACHES
    seeing.check_works(breach, by, decides)
    if breach.device is None:
        raise errors.NoDevice()
