"""鉴定: a person's word on what has come to its end; nothing goes by itself."""

from datetime import date

import pytest

import factories
from liuhen.custody.models import CustodyEvent
from liuhen.people.roles import Role
from liuhen.retention import appraisal, disposal, due, log_time
from liuhen.retention.appraisal import Word
from liuhen.retention.models import Appraisal, Worth
from retention.disposal_cast import (
    DAY,
    HOUR,
    LATER,
    appraised,
    approved,
    broken_log,
    drawn,
    expired,
    is_kept,
    kinds_of,
    lived_through,
    refused,
    under,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def to_appraise(at=LATER) -> list[str]:
    rows = due.to_appraise(factories.agency(), log_time.clocks(at=at))
    return sorted(rows.values_list("number", flat=True))


def word(worth: Worth = Worth.KEEP, until: date | None = None, reason: str = "典型案例") -> Word:
    return Word(worth, reason, until)


def say(*recordings, said: Word | None = None, by: str = "zhou", at=LATER):
    return appraisal.appraise(recordings, said or word(), by=who(by), at=at)


@pytest.mark.enforces("retention", article="chengde-safety:20")
def test_chengde_after_two_years_it_comes_up_and_stays_until_somebody_says_so():
    one = expired()
    assert to_appraise(at=LATER - 90 * DAY) == []
    assert to_appraise() == [one.number]
    assert is_kept(one)


@pytest.mark.enforces("retention", article="jiaxian-health:15")
def test_jiaxian_after_twelve_months_the_custodian_sorts_out_what_goes():
    under("jiaxian-health")
    one, other = expired(), expired("2026-000002")
    assert to_appraise() == [one.number, other.number]
    appraised(one)
    say(other)
    assert to_appraise() == []
    assert is_kept(one)
    assert is_kept(other)


@pytest.mark.enforces("retention", article="luohe-livestock:15")
def test_luohe_a_year_is_a_floor_and_still_a_person_decides():
    under("luohe-livestock")
    one = expired()
    assert to_appraise() == [one.number]
    assert is_kept(one)


@pytest.mark.enforces("retention", article="neiqiu-health:15")
@pytest.mark.parametrize("pack", ["neiqiu-health", "weidong-market"])
def test_where_no_term_is_stated_or_the_file_is_unknown_nothing_comes_up(pack):
    under(pack)
    one = expired()
    assert to_appraise() == []
    assert refused(say, one).code == "disposal.not_yet_due"


def test_what_is_in_an_open_case_does_not_come_up():
    one, other = expired(), expired("2026-000002")
    activity = factories.activity(case=factories.case())
    facts = {"was_proposed": False, "linked_at": LATER, "linked_by": who("li")}
    activity.activity_recordings.create(recording=one, **facts)
    assert to_appraise() == [other.number]
    no = refused(say, one)
    assert (no.code, "尚未结案" in no.text) == ("disposal.not_yet_due", True)


def test_many_at_once_each_with_its_event():
    rows = [expired(f"2026-00000{n}") for n in range(1, 4)]
    assert say(*rows) == 3
    assert Appraisal.objects.filter(ended_at=None).count() == 3
    assert kinds_of("recording:2026-000003")[-1] == "recording.appraised"


def test_kept_to_a_day_it_comes_up_again_after_it():
    one = expired()
    say(one, said=word(until=date(2028, 6, 1)))
    assert to_appraise() == []
    lived_through(LATER + 200 * DAY)
    assert to_appraise(at=LATER + 200 * DAY) == [one.number]


def test_kept_without_a_day_it_does_not_come_up_again():
    one = expired()
    say(one)
    lived_through(LATER + 3000 * DAY)
    assert to_appraise(at=LATER + 3000 * DAY) == []


def test_a_new_word_takes_the_old_ones_place():
    one = expired()
    say(one)
    say(one, said=word(Worth.NONE), at=LATER + HOUR)
    [stands] = Appraisal.objects.filter(ended_at=None)
    assert (stands.worth, Appraisal.objects.count()) == ("none", 2)
    assert [row.number for row in due.of_no_worth(factories.agency())] == [one.number]


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_wants_a_reason(reason):
    one = expired()
    assert refused(say, one, said=word(reason=reason)).code == "disposal.words_blank"


def test_a_day_that_is_past_is_no_day_to_keep_it_to():
    one = expired()
    no = refused(say, one, said=word(until=date(2028, 2, 1)))
    assert no.code == "disposal.keep_date_past"


@pytest.mark.parametrize("login", ["li", "wang", "qian", "fa", "du", "sun", "an", "shen"])
def test_only_the_custodian_appraises(login):
    one = expired()
    assert refused(say, one, by=login).code == "people.not_permitted"


def test_not_what_one_recorded_oneself():
    bao = factories.officer("bao", Role.CUSTODIAN, Role.OFFICER)
    one = expired(officer=bao)
    assert refused(say, one, by="bao").code == "disposal.own_recordings"


def test_another_bureaus_are_not_there():
    one = expired()
    factories.stranger("far", Role.CUSTODIAN)
    assert refused(say, one, by="far").code == "disposal.nothing_chosen"


def test_one_that_is_not_due_keeps_all_of_them_from_being_appraised():
    one, young = expired(), factories.recording("2027-000002", recorded_at=LATER - 30 * DAY)
    no = refused(say, one, young)
    assert (no.code, no.topic) == ("disposal.not_yet_due", "retention")
    assert not Appraisal.objects.exists()


def test_what_stands_on_a_register_is_not_appraised_again():
    one = expired()
    made = drawn(one)
    no = refused(say, one)
    assert (no.code, made.number in no.text) == ("disposal.on_another_list", True)


def test_no_event_no_appraisal():
    one = expired()
    with broken_log(), pytest.raises(RuntimeError):
        say(one)
    assert not Appraisal.objects.exists()


def test_a_revoked_registers_recordings_come_up_again():
    one = expired()
    made = approved(one)
    disposal.revoke(made, reason="再行核实", by=who("qian"), at=LATER + 5 * HOUR)
    assert to_appraise() == [one.number]


def test_asking_for_many_costs_as_many_queries_as_for_one(django_assert_max_num_queries):
    rows = [expired(f"2026-0000{n:02}") for n in range(1, 31)]
    with django_assert_max_num_queries(40):
        say(*rows)
    assert CustodyEvent.objects.filter(kind="recording.appraised").count() == 30
