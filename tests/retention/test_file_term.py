"""When a case file's term begins for a recording: no one person makes it end at once."""

from datetime import date

import pytest
from keeping_cast import DAY, NOON, closed, kept, linked, under, used_in, who

import factories
from liuhen.cases import case_files, evidence
from liuhen.cases.models import Case, Exhibit
from liuhen.kernel.clock import midnight
from liuhen.recordings.models import Recording
from liuhen.retention import guards
from liuhen.retention.known import known_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


@pytest.fixture
def old() -> Case:
    """A case of years ago, Li's."""
    under("chengde-safety")
    return factories.case(opened_date=date(2010, 1, 5), added_by=who("li"))


def close(case: Case, *, day: date, at=NOON + DAY, term: str = "P10Y") -> None:
    case_files.close(case, closed_date=day, term=term, by=who("li"), at=at)


def reopen(case: Case, *, at) -> None:
    case_files.reopen(case, reason="补充调查", by=who("li"), at=at)


def withdraw(*, at) -> None:
    exhibit = Exhibit.objects.get(withdrawn_at=None)
    evidence.withdraw(exhibit, reason="误用", by=who("li"), at=at)


def kept_until(one: Recording):
    return kept(one).until


def test_a_closing_dated_back_by_years_begins_on_the_day_it_was_entered(old):
    one = used_in(old)
    close(old, day=date(2010, 1, 6))
    assert kept_until(one) >= midnight(date(2036, 1, 6))


def test_opening_and_closing_it_again_with_an_earlier_day_gains_nothing(old):
    one = used_in(old)
    close(old, day=date(2026, 1, 5), at=NOON + DAY)
    before = kept_until(one)
    reopen(old, at=NOON + 2 * DAY)
    close(old, day=date(2010, 1, 6), at=NOON + 3 * DAY)
    assert kept_until(one) >= before


def test_evidence_of_a_case_closed_long_ago_counts_from_its_own_use():
    under("chengde-safety")
    one = used_in(closed(opened_date=date(2010, 1, 5), closed_date=date(2012, 2, 1)))
    Exhibit.objects.update(used_at=NOON + 5 * DAY)
    assert kept_until(one) >= midnight(date(2036, 1, 9))


def test_a_recording_is_never_kept_shorter_than_the_term_from_its_own_end():
    under("chengde-safety")
    one = used_in(closed(opened_date=date(2010, 1, 5), closed_date=date(2012, 2, 1)))
    Exhibit.objects.update(used_at=NOON - 4000 * DAY)
    assert kept_until(one) >= midnight(date(2036, 1, 5))


def test_withdrawn_after_the_case_was_closed_with_it_it_goes_on_counting(old):
    one = used_in(old)
    close(old, day=date(2026, 1, 5), term="P30Y")
    reopen(old, at=NOON + 2 * DAY)
    withdraw(at=NOON + 3 * DAY)
    assert guards.is_in_open_case(known_of([one])[one.pk])
    close(old, day=date(2026, 1, 5), at=NOON + 4 * DAY, term="P30Y")
    assert kept_until(one) >= midnight(date(2056, 1, 5))


def test_withdrawn_before_it_was_ever_closed_it_counts_no_more(old):
    one = used_in(old)
    withdraw(at=NOON + DAY)
    close(old, day=date(2026, 1, 5), at=NOON + 2 * DAY, term="P30Y")
    assert kept_until(one) < midnight(date(2030, 1, 1))


def test_the_usual_term_begins_on_the_day_after_the_closing():
    under("chengde-safety")
    activity = factories.activity()
    one = linked(used_in(closed(closed_date=date(2026, 2, 1))), activity)
    assert kept_until(one) == midnight(date(2036, 2, 2))
