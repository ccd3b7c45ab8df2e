"""A person looks at a lead: there is nothing in it, or somebody is to answer for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties.books import Books
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import course, errors, seeing
from liuhen.supervision.breaches.states import Step
from liuhen.supervision.breaches.suspecting import columns_of, numbered
from liuhen.supervision.models import Breach

MOST_AT_ONCE = 200
MOST_REASON = 1000


@dataclass(frozen=True)
class Charge:
    """Who is to answer for what; `item_no` of the breaches the regulation lists, None where it
    lists none."""

    officer: Officer
    item_no: int | None
    reason: str


@transaction.atomic
def confirm(breach: Breach, charge: Charge, *, by: Officer, at: datetime) -> None:
    """There is something in it: an inquiry begins (立案).

    Refuses: NotPermitted, NoSuchBreach, Concerned, WordsMissing, NotOfThisBureau, NoSuchItem,
    BreachMoved.
    """
    log.wait_for_turn()
    check_handles(breach, by)
    reason = course.words_of(charge.reason, field=_("立案理由"), most=MOST_REASON)
    if charge.officer.agency_id != breach.agency_id:
        raise errors.NotOfThisBureau()
    if charge.officer == by:
        raise errors.Concerned()
    rules = Books().on(breach.agency, rules_day(breach))
    item = numbered(rules, charge.item_no) if rules and charge.item_no is not None else None
    if charge.item_no is not None and item is None:
        raise errors.NoSuchItem(item=charge.item_no)
    columns = columns_of(rules, item)
    course.move(breach, Step.CONFIRM, officer=charge.officer, unit=charge.officer.unit, **columns)
    course.write(breach, Kind.BREACH_CONFIRMED, by=by, at=at, words=reason)


def rules_day(breach: Breach) -> datetime:
    """Whose rules hold: of the day it happened, of a duty those it was made under."""
    return breach.duty.started_at if breach.duty else breach.happened_at


@transaction.atomic
def dismiss(breach: Breach, *, reason: str, by: Officer, at: datetime) -> None:
    """There is nothing in it. Refuses: NotPermitted, NoSuchBreach, Concerned, WordsMissing,
    BreachMoved."""
    dismiss_all([breach], reason=reason, by=by, at=at)


@transaction.atomic
def dismiss_all(breaches: Sequence[Breach], *, reason: str, by: Officer, at: datetime) -> None:
    """Several of one source with one reason; all of them or none.

    Refuses: NothingChosen, NotAlike, and as `dismiss`.
    """
    log.wait_for_turn()
    if not breaches:
        raise errors.NothingChosen()
    if len(breaches) > MOST_AT_ONCE or len({one.source for one in breaches}) > 1:
        raise errors.NotAlike(most=MOST_AT_ONCE)
    words = course.words_of(reason, field=_("排除理由"), most=MOST_REASON)
    acts = []
    for breach in breaches:
        check_handles(breach, by)
        course.move(breach, Step.DISMISS)
        breach.refresh_from_db()
        acts.append(course.step_of(breach, Kind.BREACH_DISMISSED, by=by, at=at, words=words))
    log.record_all(acts)


@transaction.atomic
def reopen(breach: Breach, *, reason: str, by: Officer, at: datetime) -> None:
    """It is looked at again after all. Refuses as `dismiss`."""
    log.wait_for_turn()
    check_handles(breach, by)
    words = course.words_of(reason, field=_("恢复理由"), most=MOST_REASON)
    course.move(breach, Step.REOPEN)
    course.write(breach, Kind.BREACH_REOPENED, by=by, at=at, words=words)


def check_handles(breach: Breach, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchBreach, Concerned."""
    seeing.check_works(breach, by, Permission.HANDLE_BREACHES)
