"""Enforcement work stopped until a day."""

from datetime import UTC, date, datetime

import pytest

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.people import errors, suspending
from liuhen.people.models import Officer
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")
END = date(2026, 1, 31)


def suspend(officer: Officer, until: date = END, at: datetime = NOON, reason: str = "违规") -> None:
    suspending.suspend(officer, until=until, reason=reason, by=factories.officer("an"), at=at)
    officer.refresh_from_db()


def lift(officer: Officer, at: datetime = NOON, reason: str = "整改完毕") -> None:
    suspending.lift(officer, reason=reason, by=factories.officer("an"), at=at)
    officer.refresh_from_db()


def test_suspended_and_lifted():
    li = factories.officer("li")
    suspend(li)
    assert li.suspended_until == END
    lift(li)
    assert li.suspended_until is None
    assert kinds("officer:li") == [Kind.OFFICER_SUSPENDED, Kind.OFFICER_REINSTATED]


def test_until_today_by_chinas_clock_is_not_past():
    li = factories.officer("li")
    suspend(li, date(2026, 1, 6), at=datetime(2026, 1, 5, 16, 30, tzinfo=UTC))
    assert li.suspended_until == date(2026, 1, 6)


def test_a_day_that_is_past_is_refused():
    li = factories.officer("li")
    with pytest.raises(errors.SuspensionOver):
        suspend(li, date(2026, 1, 4))
    assert kinds("officer:li") == []


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_reason_no_suspension(reason):
    li = factories.officer("li")
    with pytest.raises(errors.SuspensionNeedsReason):
        suspend(li, reason=reason)


def test_what_is_not_suspended_cannot_be_lifted():
    li = factories.officer("li")
    suspend(li)
    after = datetime(2026, 2, 1, 4, tzinfo=UTC)
    with pytest.raises(errors.NotSuspended):
        lift(li, at=after)


def test_a_stranger_is_not_suspended():
    with pytest.raises(errors.NotOfThisAgency):
        suspend(factories.stranger())


def test_no_event_no_suspension(log_down):
    li, an = factories.officer("li"), factories.officer("an")
    log_down()
    with pytest.raises(LogDown):
        suspending.suspend(li, until=END, reason="违规", by=an, at=NOON)
    assert Officer.objects.get(login="li").suspended_until is None


def test_no_event_nothing_lifted(log_down):
    li = factories.officer("li")
    suspend(li)
    log_down()
    with pytest.raises(LogDown):
        lift(li)
    assert Officer.objects.get(login="li").suspended_until == END
