"""What the calendar asks for: by unit or for the bureau, once a period."""

from datetime import date

import pytest
from duty_cast import DAY, HOUR, MONDAY, NOON, at, cadence, rows

import factories
from liuhen.duties import recurring
from liuhen.duties.models import Cursor, Duty
from liuhen.people.models import Agency, UnitKind
from liuhen.regulations.models import Adoption, CalendarDay, Proposal, ProposalState

pytestmark = pytest.mark.django_db


def days() -> list[str]:
    return [duty.facts["first"] for duty in Duty.objects.order_by("due_at")]


@pytest.mark.enforces("inspection")
def test_each_units_head_has_a_check_every_working_day(rules):
    rules(daily_check=cadence("unit_head", "working_day"))
    factories.officer("wang")
    factories.officer("two", unit=factories.unit("监督二科"))
    assert recurring.make(at=NOON) == 2
    first = Duty.objects.order_by("pk")[0]
    assert (first.unit, first.post, first.owner) == (factories.unit(), "unit_head", None)
    assert (first.started_at, first.due_at) == (at(MONDAY, 0), at(MONDAY, 24))


def test_again_the_same_day_it_makes_none(rules):
    rules(daily_check=cadence("unit_head", "working_day"))
    factories.officer("wang")
    recurring.make(at=NOON)
    before = rows()
    assert recurring.make(at=NOON + HOUR) == 0
    assert rows() == before


def test_a_weekend_asks_for_nothing(rules):
    rules(collection=cadence("keeper", "working_day"))
    assert recurring.make(at=at(date(2026, 1, 10))) == 0


def test_the_bureaus_own_calendar_has_the_last_word(rules):
    rules(collection=cadence("keeper", "working_day"))
    agency, saturday = factories.agency(), date(2026, 1, 10)
    CalendarDay.objects.create(agency=agency, day=saturday, is_working=True)
    assert recurring.make(at=at(saturday)) == 1


@pytest.mark.enforces("review")
def test_a_yearly_review_is_the_bureaus_and_due_when_the_year_ends(rules):
    rules(review=cadence("legal_office", "year"))
    recurring.make(at=NOON)
    duty = Duty.objects.get()
    assert (duty.unit, duty.post) == (None, "legal_office")
    assert (duty.started_at, duty.due_at) == (at(date(2026, 1, 1), 0), at(date(2026, 12, 31), 24))


@pytest.mark.parametrize(
    ("rhythm", "last"), [("month", date(2026, 1, 31)), ("quarter", date(2026, 3, 31))]
)
def test_a_period_runs_to_its_last_day(rules, rhythm, last):
    rules(inspection=cadence("supervision", rhythm))
    recurring.make(at=NOON)
    assert Duty.objects.get().due_at == at(last, 24)


def test_where_the_text_leaves_it_to_the_bureau_nothing_is_asked(rules):
    rules(inspection=cadence("supervision", None))
    assert recurring.make(at=NOON) == 0


def test_days_missed_while_no_worker_ran_are_made_up_for(rules):
    rules(collection=cadence("keeper", "working_day"))
    recurring.make(at=at(MONDAY))
    recurring.make(at=at(date(2026, 1, 8)))
    assert days() == ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"]


def test_what_is_long_past_is_asked_of_nobody(rules):
    rules(collection=cadence("keeper", "working_day"))
    recurring.make(at=at(MONDAY))
    recurring.make(at=at(date(2026, 6, 30)))
    assert days()[1] == "2026-06-01"  # 31 days back is a Saturday


def test_the_first_time_only_the_current_period_is_asked_for(rules):
    rules(collection=cadence("keeper", "working_day"))
    recurring.make(at=at(date(2026, 1, 9)))
    assert days() == ["2026-01-09"]


def test_a_clock_set_back_makes_nothing_twice(rules):
    rules(collection=cadence("keeper", "working_day"))
    recurring.make(at=at(date(2026, 1, 9)))
    recurring.make(at=at(date(2026, 1, 8)))
    recurring.make(at=at(date(2026, 1, 9)))
    assert days() == ["2026-01-08", "2026-01-09"]
    assert Cursor.objects.get().calendar_until == date(2026, 1, 9)


def test_before_the_bureau_followed_a_regulation_nothing_was_asked(rules):
    rules(collection=cadence("keeper", "working_day"))
    Adoption.objects.update(from_date=date(2026, 1, 7))
    recurring.make(at=at(MONDAY))
    recurring.make(at=at(date(2026, 1, 8)))
    assert days() == ["2026-01-07", "2026-01-08"]


def test_a_period_that_had_begun_counts_from_the_first_day_under_the_regulation(rules):
    rules(review=cadence("legal_office", "year"))
    Adoption.objects.update(from_date=date(2026, 1, 5))
    recurring.make(at=NOON)
    assert Duty.objects.get().started_at == at(MONDAY, 0)


def test_a_new_rhythm_leaves_the_old_periods_as_they_were(rules):
    rules(inspection=cadence("supervision", "month"))
    recurring.make(at=NOON)
    before = rows()
    Proposal.objects.create(
        agency=factories.agency(),
        parameter="inspection",
        value={"article": 20, "posts": ["supervision"], "rhythm": "quarter", "what": "检查"},
        from_date=date(2026, 1, 6),
        state=ProposalState.APPROVED,
        proposed_by=factories.officer("an"),
        proposed_at=NOON,
        decided_by=factories.officer("qian"),
        decided_at=NOON,
    )
    recurring.make(at=NOON + DAY)
    assert (rows()[0], rows()[1]["facts"]["rhythm"]) == (before[0], "quarter")


def test_who_does_not_enforce_has_no_check(rules):
    rules(daily_check=cadence("unit_head", "working_day"))
    office = factories.unit("办公室")
    type(office).objects.update(kind=UnitKind.OFFICE)
    factories.officer("zhou", unit=office)
    factories.unit("空科室")
    assert recurring.make(at=NOON) == 0


def test_a_bureau_set_up_while_no_worker_ran_owes_nothing_of_the_days_before(rules):
    rules(daily_check=cadence("unit_head", "working_day"))
    factories.officer("wang")
    recurring.make(at=NOON - 10 * DAY)
    Duty.objects.all().delete()
    Agency.objects.update(set_up_at=NOON)
    recurring.make(at=NOON + DAY)
    assert days() == ["2026-01-05", "2026-01-06"]


def test_a_clock_that_was_a_year_ahead_loses_no_day_once_it_is_right(rules):
    rules(daily_check=cadence("unit_head", "working_day"))
    factories.officer("wang")
    recurring.make(at=NOON + 365 * DAY)
    Duty.objects.all().delete()
    recurring.make(at=NOON)
    recurring.make(at=NOON + 2 * DAY)
    assert days() == ["2026-01-05", "2026-01-06", "2026-01-07"]
