"""Stored discs read again every two years: when it is owed, and what does it."""

from datetime import date, datetime

import pytest
from duty_cast import DAY, at, told

from liuhen.custody.kinds import Kind
from liuhen.duties import deriving, disc_checks
from liuhen.duties.models import Duty
from liuhen.retention import disc_handling, disc_jobs
from liuhen.retention.models import Disc
from retention.disc_cast import keeper, stored, under

pytestmark = pytest.mark.usefixtures("bureau")
DUE = at(date(2028, 1, 6), 0)
"""Read back on 2026-01-05: 2028-01-05 is the last day."""


@pytest.fixture
def disc(tmp_path, settings):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    under("jiaxian-health")
    return stored(tmp_path)


def checked(one: Disc, place: object, when: datetime) -> None:
    asked = disc_jobs.ask(one, "check", str(place), by=keeper(), at=when)
    disc_jobs.run(asked, clock=lambda: when)


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_month_before_its_time_it_is_the_custodians_duty(disc):
    assert disc_checks.make(at=DUE - 31 * DAY - DAY) == 0
    assert disc_checks.make(at=DUE - 30 * DAY) == 1
    duty = Duty.objects.get()
    assert (duty.kind, duty.post, duty.article, duty.due_at) == ("disc_check", "custodian", 16, DUE)
    assert duty.facts["disc_no"] == "GP-2026-000001-1/1"


def test_looked_at_again_it_is_owed_once(disc):
    disc_checks.make(at=DUE)
    assert disc_checks.make(at=DUE + DAY) == 0


def test_what_is_not_stored_yet_is_not_owed(disc):
    Disc.objects.filter(pk=disc[0].pk).update(state="lent")
    assert disc_checks.make(at=DUE) == 0


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_reading_it_is_what_does_it(disc):
    disc_checks.make(at=DUE - 10 * DAY)
    checked(*disc, DUE - 5 * DAY)
    deriving.catch_up(at=DUE - 4 * DAY)
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_at, duty.closed_by) == ("done", DUE - 5 * DAY, keeper())
    assert len(told(Kind.DUTY_DONE)) == 1
    assert disc_checks.make(at=DUE) == 0


def test_read_too_late_it_is_done_late(disc):
    disc_checks.make(at=DUE - 10 * DAY)
    checked(*disc, DUE + DAY)
    deriving.catch_up(at=DUE + DAY)
    assert Duty.objects.get().state == "done_late"


def test_a_replaced_disc_owes_nothing_more(disc):
    disc_checks.make(at=DUE - 10 * DAY)
    disc_handling.replace(disc[0], reason="划伤", by=keeper(), at=DUE - 5 * DAY)
    deriving.catch_up(at=DUE - 5 * DAY)
    assert Duty.objects.get().state == "done"


def test_a_check_that_fails_is_a_check(disc):
    one, place = disc
    disc_checks.make(at=DUE - 10 * DAY)
    place.write_bytes(place.read_bytes().replace(b"film of 2026-000001", b"FILM OF 2026-000001"))
    checked(one, place, DUE - 5 * DAY)
    deriving.catch_up(at=DUE - 5 * DAY)
    assert (Duty.objects.get().state, Disc.objects.get(pk=one.pk).state) == ("done", "faulty")


def test_nobodys_word_stands_in_for_reading_it(disc):
    from liuhen.duties import closing
    from liuhen.kernel.refusal import Refusal

    disc_checks.make(at=DUE)
    with pytest.raises(Refusal) as no:
        closing.complete(Duty.objects.get(), note="已检查", by=keeper(), at=DUE)
    assert no.value.code == "duties.closed_by_facts"


def test_the_years_are_the_installations_to_set(disc, settings):
    settings.LIUHEN_DISC_YEARS = 4
    assert disc_checks.make(at=DUE) == 0
    assert disc_checks.make(at=at(date(2030, 1, 6), 0)) == 1


def test_a_leap_day_has_its_last_day():
    from liuhen.retention.disc_queries import years_on

    assert years_on(at(date(2028, 2, 29)), 2) == at(date(2030, 3, 1), 0)
