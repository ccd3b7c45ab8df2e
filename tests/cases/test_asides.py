"""Recordings that belong to no enforcement activity, and why."""

import pytest

import factories
from cases.activity_cast import NOON, bai, facts_of, li, recorded, refused, told, under_way
from liuhen.cases import asides, belonging, linking
from liuhen.cases.models import Aside
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.roles import Role
from liuhen.recordings import secrecy
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import Filters
from people.told import LogDown

pytestmark = pytest.mark.django_db


def set_aside(*recordings, why=Aside.Why.TEST, reason="试拍", by="li"):
    asides.set_aside(recordings, why=why, reason=reason, by=factories.officer(by), at=NOON)


def open_ones(login="zhou"):
    filters = Filters()
    found = belonging.worklist(factories.officer(login), filters, None, at=NOON)
    return found.count


def test_set_aside_with_a_reason_it_is_open_no_longer():
    recording = recorded()
    assert open_ones() == 1
    set_aside(recording)
    assert open_ones() == 0
    assert facts_of(Kind.RECORDING_SET_ASIDE) == [{"why": "test", "reason": "试拍"}]


@pytest.mark.enforces("purpose", article="jiaxian-health:5")
@pytest.mark.enforces("purpose", article="weidong-market:13")
@pytest.mark.enforces("purpose", article="chengde-safety:4")
@pytest.mark.enforces("purpose", article="chengde-safety:16")
@pytest.mark.enforces("purpose", article="neiqiu-health:4")
@pytest.mark.enforces("purpose", article="luohe-livestock:4")
def test_what_was_not_for_enforcement_is_listed_for_supervision():
    """A recording that belongs to no activity is open until somebody says what it was for."""
    recording = recorded()
    assert open_ones("du") == 1
    set_aside(recording, why=Aside.Why.NOT_ENFORCEMENT, reason="拍摄单位活动", by="wang")
    [one] = belonging.asides(belonging.set_aside(factories.officer("du")), None).rows
    assert (one.recording, one.reason) == (recording, "拍摄单位活动")


def test_supervision_is_not_told_of_a_secret_one():
    recording = recorded()
    set_aside(recording)
    secrecy.mark(recording, "privacy", reason="未成年人", by=li(), at=NOON)
    assert belonging.asides(belonging.set_aside(factories.officer("du")), None).rows == []
    [one] = belonging.asides(belonging.set_aside(li()), None).rows
    assert one.recording == recording


def test_taken_back_it_is_open_again():
    recording = recorded()
    set_aside(recording)
    asides.take_back(recording, by=li(), at=NOON)
    assert open_ones() == 1
    assert told(f"recording:{recording.number}")[-1] == Kind.RECORDING_TAKEN_BACK
    with refused("linking.not_aside"):
        asides.take_back(recording, by=li(), at=NOON)


def test_it_wants_a_reason_and_something_chosen():
    recording = recorded()
    with refused("linking.no_reason"):
        set_aside(recording, reason="  ")
    with refused("linking.nothing_chosen"):
        set_aside()


@pytest.mark.parametrize("login", ["bai", "zhao", "du", "fa"])
def test_only_the_maker_the_head_and_the_custodian_set_aside(login):
    recording, _by = recorded(), factories.officer(login)
    with refused("linking.not_yours_to_set_aside"):
        set_aside(recording, by=login)
    set_aside(recording, by="zhou")
    with refused("linking.not_yours_to_set_aside"):
        asides.take_back(recording, by=factories.officer(login), at=NOON)


def test_nothing_of_another_bureau_is_set_aside():
    recording, _far = recorded(), factories.stranger("far", Role.CUSTODIAN)
    with refused("linking.not_yours_to_set_aside"):
        set_aside(recording, by="far")


def test_what_belongs_to_an_activity_is_not_set_aside_nor_twice():
    linked, aside = recorded(1), recorded(2)
    linking.link(under_way(), linked, by=li(), at=NOON)
    set_aside(aside)
    with refused("linking.linked_already"):
        set_aside(linked)
    with refused("linking.aside_already"):
        set_aside(aside)


def test_what_is_set_aside_is_linked_only_when_taken_back():
    activity, recording = under_way(), recorded()
    set_aside(recording)
    with refused("linking.is_aside"):
        linking.link(activity, recording, by=li(), at=NOON)


def test_of_many_all_or_none_are_set_aside():
    mine, colleagues = recorded(1), recorded(2, by="bai")
    bai()
    with refused("linking.not_yours_to_set_aside"):
        set_aside(mine, colleagues)
    assert not Aside.objects.exists()


def test_no_event_nothing_set_aside_nor_taken_back(monkeypatch):
    aside, loose = recorded(1), recorded(2)
    set_aside(aside)

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record_all", down)
    for act in (lambda: set_aside(loose), lambda: asides.take_back(aside, by=li(), at=NOON)):
        with pytest.raises(LogDown):
            act()
    assert Aside.objects.get().recording == aside
    assert Recording.objects.get(pk=loose.pk).settled_at is None
