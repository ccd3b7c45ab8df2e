"""How long a sign-in lasts, who ends it, what is written meanwhile."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError

import factories
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import now
from liuhen.people import sessions, staff
from liuhen.people.models import OfficerSession
from liuhen.people.sessions import Ending, SessionStore
from people.told import LogDown, kinds

MINUTE = timedelta(minutes=1)


@pytest.fixture
def li(bureau):
    return factories.officer("li")


def signed_in(officer, at: datetime | None = None) -> SessionStore:
    store = SessionStore()
    store[SESSION_KEY] = str(officer.pk)
    store[sessions.BEGUN] = sessions.beginning(at=at or now(), address="10.0.0.7", agent="Firefox")
    store.save()
    return store


def read(store: SessionStore) -> SessionStore:
    """The same session in the next request."""
    again = SessionStore(store.session_key)
    again.get(SESSION_KEY)
    return again


def row(store: SessionStore) -> OfficerSession:
    return OfficerSession.objects.get(pk=store.session_key)


def test_a_session_knows_whose_it_is_and_from_where(li):
    made = row(signed_in(li))
    assert (made.officer, made.address, made.agent) == (li, "10.0.0.7", "Firefox")
    assert made.seen_at - made.signed_in_at < MINUTE


def test_it_lasts_half_an_hour(li):
    made = row(signed_in(li))
    assert made.expire_date - made.seen_at == 30 * MINUTE


def test_use_makes_it_last_from_then(li):
    store = signed_in(li)
    later = now() + 20 * MINUTE
    sessions.touch(read(store), at=later)
    assert row(store).expire_date == later + 30 * MINUTE


def test_use_is_written_once_a_minute(li, django_assert_num_queries):
    again = read(signed_in(li))
    with django_assert_num_queries(0):
        sessions.touch(again, at=now() + 0.9 * MINUTE)
    with django_assert_num_queries(1):
        sessions.touch(again, at=now() + 2 * MINUTE)


def test_saving_is_no_use(li):
    store = signed_in(li)
    OfficerSession.objects.update(expire_date=now() + MINUTE)
    again = read(store)
    again["anything"] = 1
    again.save()
    assert row(store).expire_date < now() + 2 * MINUTE


def test_after_twelve_hours_it_is_over_whatever_is_done(li):
    began = now() - timedelta(hours=11, minutes=50)
    store = signed_in(li, at=began)
    sessions.touch(read(store), at=now() + 5 * MINUTE)
    assert row(store).expire_date == began + timedelta(hours=12)


def test_a_new_key_does_not_begin_it_anew(li):
    began = now() - timedelta(hours=11)
    store = read(signed_in(li, at=began))
    store.cycle_key()
    store.save()
    assert row(store).signed_in_at == began
    assert OfficerSession.objects.count() == 1


def test_ending_all_but_one(li):
    here, there, other = signed_in(li), signed_in(li), signed_in(factories.officer("wang"))
    assert sessions.end(li, by=li, at=now(), why=Ending.REVOKED, but=here.session_key) == 1
    assert (bool(read(here).keys()), bool(read(there).keys())) == (True, False)
    assert read(other).keys()
    assert kinds("officer:li") == [Kind.SESSION_REVOKED]


def test_ending_none_is_no_event(li):
    assert sessions.end(li, by=li, at=now(), why=Ending.REVOKED) == 0
    assert kinds("officer:li") == []


def test_one_is_ended_by_its_handle(li):
    here, there = signed_in(li), signed_in(li)
    sessions.end_one(li, sessions.handle(row(there)), by=li, at=now())
    assert (bool(read(here).keys()), bool(read(there).keys())) == (True, False)


def test_another_officers_is_not_ended_by_its_handle(li):
    theirs = signed_in(factories.officer("wang"))
    with pytest.raises(sessions.SessionGone):
        sessions.end_one(li, sessions.handle(row(theirs)), by=li, at=now())
    assert read(theirs).keys()


def test_no_event_no_ending(li, log_down):
    store = signed_in(li)
    log_down()
    with pytest.raises(LogDown):
        sessions.end(li, by=li, at=now(), why=Ending.REVOKED)
    assert read(store).keys()


def test_a_request_under_way_does_not_bring_an_ended_one_back(li):
    under_way = read(signed_in(li))
    sessions.end(li, by=li, at=now(), why=Ending.REVOKED)
    sessions.touch(under_way, at=now() + 2 * MINUTE)
    under_way["anything"] = 1
    with pytest.raises(UpdateError):
        under_way.save()
    assert not read(under_way).keys()


def test_it_can_tell_why_it_is_over(li):
    ended, idle = signed_in(li), signed_in(li)
    sessions.end_one(li, sessions.handle(row(ended)), by=li, at=now())
    OfficerSession.objects.filter(pk=idle.session_key).update(expire_date=now())
    assert sessions.ending_of(ended.session_key, at=now()) == Ending.REVOKED
    assert sessions.ending_of(idle.session_key, at=now()) == Ending.TIME
    assert sessions.ending_of(signed_in(li).session_key, at=now()) is None


def test_what_is_over_is_swept_a_day_later_and_visitors_at_once(li):
    ended, visitor = signed_in(li), SessionStore()
    visitor["halfway"] = 1
    visitor.save()
    OfficerSession.objects.update(expire_date=now())
    assert sessions.sweep(at=now()) == 1
    assert sessions.sweep(at=now() + timedelta(days=1)) == 1
    assert not OfficerSession.objects.filter(pk=ended.session_key).exists()


@pytest.mark.parametrize("why", ["password", "disabled"])
def test_what_ends_all_sign_ins_of_an_officer(li, why):
    store, an = signed_in(li), factories.officer("an")
    if why == "password":
        staff.set_password(li, "Snow-on-Cedar-8", by=an, at=now())
    else:
        staff.switch(li, active=False, by=an, at=now())
    assert sessions.ending_of(store.session_key, at=now()) == why
