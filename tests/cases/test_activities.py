"""Registering an activity, on site or afterwards, and putting it right."""

import pytest

import factories
from cases.activity_cast import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    bai,
    facts,
    facts_of,
    li,
    recorded,
    refused,
    registered,
    told,
)
from liuhen.cases import activities, activity_facts, linking
from liuhen.cases.models import Activity
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.roles import Role
from people.told import LogDown

pytestmark = pytest.mark.django_db


def test_registered_with_its_people_and_devices():
    made = registered(devices=(factories.device(),), arrived_at=NOON)
    assert made.number == "HD-2026-000001"
    assert [one.name for one in made.officers.order_by("pk")] == ["李执法", "bai"]
    assert made.activity_officers.get(is_lead=True).officer == li()
    assert [one.device_no for one in made.devices.all()] == ["ZF-001"]
    assert told("activity:HD-2026-000001") == [Kind.ACTIVITY_REGISTERED, Kind.ACTIVITY_ARRIVED]
    [said] = facts_of(Kind.ACTIVITY_REGISTERED)
    assert said["officers"] == ["HB-bai", "HB-li"]
    assert said["arrived_at"] == "2026-01-05T04:00:00+00:00"


def test_numbers_count_without_holes_and_anew_each_year():
    assert registered().number == "HD-2026-000001"
    with refused("activity.two_officers"):
        registered("li")
    assert registered().number == "HD-2026-000002"
    assert registered(at=NOON + 365 * DAY).number == "HD-2027-000001"


def test_entered_afterwards_with_its_times():
    made = registered(arrived_at=NOON - 2 * HOUR, left_at=NOON - HOUR, at=NOON)
    assert told(f"activity:{made.number}") == [
        Kind.ACTIVITY_REGISTERED,
        Kind.ACTIVITY_ARRIVED,
        Kind.ACTIVITY_LEFT,
    ]


def test_one_officer_alone_is_refused_with_the_laws_article():
    with pytest.raises(Exception, match="行政处罚法》第四十二条"):
        registered("li")
    with refused("activity.two_officers"):
        activities.register(facts("li", "li"), by=li(), at=NOON)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("activity.place_missing", {"place": "  "}),
        ("activity.in_the_future", {"arrived_at": NOON + MINUTE}),
        ("activity.times_out_of_order", {"arrived_at": NOON, "left_at": NOON - MINUTE}),
        ("activity.times_out_of_order", {"left_at": NOON}),
        ("activity.position_half", {"latitude": 37}),
        ("activity.position_half", {"latitude": 137, "longitude": 1}),
    ],
)
def test_what_cannot_have_been_is_refused(code, more):
    with refused(code):
        registered(**more)
    assert not Activity.objects.exists()


def test_the_leader_on_site_is_one_of_those_who_took_part():
    with refused("activity.lead_not_among"):
        registered(lead=factories.officer("wang"))
    assert registered(lead=bai()).activity_officers.get(is_lead=True).officer == bai()


@pytest.mark.parametrize("login", ["kong", "zhou", "zhao", "sun"])
def test_those_who_do_not_enforce_take_no_part(login):
    factories.officer(login)
    with refused("activity.officer_not_fit"):
        registered("li", login)


@pytest.mark.parametrize("login", ["zhao", "zhou", "fa", "du", "sun", "kong"])
def test_only_those_who_enforce_register(login):
    by = factories.officer(login)
    with refused("people.not_permitted"):
        activities.register(facts(), by=by, at=NOON)


def test_who_took_no_part_does_not_register_but_the_head_does():
    factories.officer("he")
    with refused("activity.not_among_officers"):
        registered(by="he")
    assert registered(by="wang").registered_by.login == "wang"


def test_nothing_of_another_bureau_stands_in_it():
    far = factories.stranger("far", Role.OFFICER)
    with refused("activity.officer_not_fit"):
        activities.register(facts("li", "far"), by=li(), at=NOON)
    with refused("activity.of_another_bureau"):
        registered(unit=factories.unit("二科", of=far.agency))


def test_put_right_tells_what_it_was():
    made = registered()
    activities.change(made, facts(place="中兴路14号"), by=bai(), at=NOON)
    assert Activity.objects.get().place == "中兴路14号"
    assert facts_of(Kind.ACTIVITY_CHANGED) == [{"place": ["中兴路12号", "中兴路14号"]}]


def test_put_right_with_the_same_is_no_event():
    made = registered()
    activities.change(made, facts(), by=li(), at=NOON)
    assert told(f"activity:{made.number}") == [Kind.ACTIVITY_REGISTERED]


def test_times_entered_later_are_told_as_arrival_and_leaving():
    made = registered()
    activities.change(made, facts(arrived_at=NOON, left_at=NOON + HOUR), by=li(), at=NOON + DAY)
    assert told(f"activity:{made.number}")[1:] == [
        Kind.ACTIVITY_CHANGED,
        Kind.ACTIVITY_ARRIVED,
        Kind.ACTIVITY_LEFT,
    ]


def test_of_two_who_change_at_once_the_second_is_told():
    made = registered()
    seen = activity_facts.fingerprint(made)
    activities.change(made, facts(place="甲"), by=li(), at=NOON, seen=seen)
    with refused("activity.changed_meanwhile"):
        activities.change(made, facts(place="乙"), by=bai(), at=NOON, seen=seen)
    assert Activity.objects.get().place == "甲"


def test_who_took_no_part_does_not_change_it():
    made = registered()
    for login in ("he", "zhou", "zhao"):
        with refused("activity.not_yours"):
            activities.change(made, facts(place="乙"), by=factories.officer(login), at=NOON)
    far = factories.stranger("far", Role.UNIT_HEAD)
    with refused("activity.not_yours"):
        activities.change(made, facts(place="乙"), by=far, at=NOON)


def test_a_colleague_who_left_stays_in_what_they_took_part_in():
    made, colleague = registered(), bai()
    colleague.is_active = False
    colleague.save()
    activities.change(made, facts(place="中兴路14号"), by=li(), at=NOON)
    assert made.officers.count() == 2


def test_a_new_colleague_sees_its_recordings_and_a_struck_out_one_no_longer():
    made, recording = registered(arrived_at=NOON), recorded()
    linking.link(made, recording, by=li(), at=NOON)
    activities.change(made, facts("li", "he", arrived_at=NOON), by=li(), at=NOON)
    assert [share.officer.login for share in recording.shares.all()] == ["he"]


def test_no_event_no_activity_and_no_change(monkeypatch):
    made = registered()

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record_all", down)
    for act in (
        lambda: registered(),
        lambda: activities.change(made, facts(place="乙"), by=li(), at=NOON),
    ):
        with pytest.raises(LogDown):
            act()
    assert [(one.number, one.place) for one in Activity.objects.all()] == [
        ("HD-2026-000001", "中兴路12号")
    ]
