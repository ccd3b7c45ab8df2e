"""Which recordings belong to which activity, and who sees them then."""

import pytest

import factories
from cases.activity_cast import (
    NOON,
    bai,
    facts_of,
    li,
    recorded,
    refused,
    told,
    under_way,
)
from liuhen.cases import linking, voiding
from liuhen.cases.linking import Pair
from liuhen.cases.models import ActivityRecording, Aside, Declined
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices.models import Device, DeviceKind
from liuhen.people.models import Officer
from liuhen.people.roles import Role
from liuhen.recordings import sharing
from liuhen.recordings.models import Recording, Share
from liuhen.recordings.queries import visible_to
from people.told import LogDown

pytestmark = pytest.mark.django_db


def numbers(activity):
    return [one.number for one in linking.recordings_of(activity)]


def test_linked_recordings_stand_in_the_order_recorded():
    activity = under_way()
    late, early = recorded(1, minutes=20), recorded(2, minutes=5)
    linking.link(activity, late, by=li(), at=NOON)
    linking.link(activity, early, by=li(), at=NOON, was_proposed=True)
    assert numbers(activity) == [early.number, late.number]
    assert facts_of(Kind.RECORDING_LINKED)[1] == {"recording": early.number, "proposed": True}


def test_those_who_took_part_see_it_as_their_own():
    activity, recording = under_way(), recorded()
    assert not visible_to(bai()).exists()
    linking.link(activity, recording, by=li(), at=NOON)
    assert visible_to(bai()).get() == recording
    assert told(f"recording:{recording.number}") == [Kind.RECORDING_SEALED, Kind.RECORDING_SHARED]
    assert facts_of(Kind.RECORDING_SHARED)[0]["activity"] == activity.number


def test_moved_out_they_see_it_no_longer_though_their_number_changed():
    activity, recording = under_way(), recorded()
    linking.link(activity, recording, by=li(), at=NOON)
    Officer.objects.filter(pk=bai().pk).update(officer_cert_no="HB-NEW")
    linking.unlink(activity, recording, reason="另一次检查", by=li(), at=NOON)
    assert not Share.objects.exists()


def test_moved_out_they_see_it_no_longer():
    activity, recording = under_way(), recorded()
    linking.link(activity, recording, by=li(), at=NOON)
    linking.unlink(activity, recording, reason="另一次检查", by=li(), at=NOON)
    assert not visible_to(bai()).exists()
    assert numbers(activity) == []
    assert Recording.objects.get().settled_at is None
    assert told(f"recording:{recording.number}")[-1] == Kind.RECORDING_UNSHARED


def test_what_was_shared_by_hand_stays_shared():
    activity, recording = under_way(), recorded()
    sharing.share(recording, bai(), by=li(), at=NOON)
    linking.link(activity, recording, by=li(), at=NOON)
    linking.unlink(activity, recording, reason="另一次检查", by=li(), at=NOON)
    assert Share.objects.get().officer == bai()


def test_a_recording_belongs_to_one_activity():
    first, second, recording = under_way(), under_way(), recorded()
    linking.link(first, recording, by=li(), at=NOON)
    for activity in (first, second):
        with refused("linking.linked_already"):
            linking.link(activity, recording, by=bai(), at=NOON)
    assert numbers(first) == [recording.number]


def test_two_who_confirm_at_once_have_one_effect():
    activity, recordings = under_way(), [recorded(1), recorded(2)]
    pairs = [Pair(activity, one, was_proposed=True) for one in recordings]
    linking.link_all(pairs[:1], by=li(), at=NOON)
    done = linking.link_all(pairs, by=li(), at=NOON)
    assert ([one.recording for one in done.linked], len(done.skipped)) == ([recordings[1]], 1)
    assert len(facts_of(Kind.RECORDING_LINKED)) == 2


def test_confirming_many_is_one_step_in_few_queries(django_assert_max_num_queries):
    activity = under_way()
    pairs = [Pair(activity, recorded(n), was_proposed=True) for n in range(1, 41)]
    with django_assert_max_num_queries(40):
        linking.link_all(pairs, by=li(), at=NOON)
    assert ActivityRecording.objects.count() == 40


def test_who_cannot_see_a_recording_does_not_link_it():
    """Or anybody could make themselves see a colleague's recordings by naming both."""
    activity, recording = under_way(), recorded()
    with refused("recordings.no_such_recording"):
        linking.link(activity, recording, by=bai(), at=NOON)


def test_the_head_and_the_custodian_link_what_they_see():
    activity = under_way()
    for n, login in enumerate(("wang", "zhou"), 1):
        linking.link(activity, recorded(n), by=factories.officer(login), at=NOON)
    assert len(numbers(activity)) == 2


@pytest.mark.parametrize("login", ["zhao", "du", "fa", "he"])
def test_others_do_not_link(login):
    activity, recording = under_way(), recorded()
    with refused("linking.not_yours"):
        linking.link(activity, recording, by=factories.officer(login), at=NOON)


def test_nothing_of_another_bureau_is_linked():
    activity, recording = under_way(), recorded()
    far = factories.stranger("far", Role.CUSTODIAN)
    with refused("linking.not_yours"):
        linking.link(activity, recording, by=far, at=NOON)


@pytest.mark.parametrize("n", [0, linking.MOST_AT_ONCE + 1])
def test_none_or_too_many_are_refused(n):
    pair = Pair(under_way(), recorded())
    with refused("linking.too_many_chosen" if n else "linking.nothing_chosen"):
        linking.link_all([pair] * n, by=li(), at=NOON)


def test_moving_out_wants_a_reason_and_something_to_move():
    activity, recording = under_way(), recorded()
    with refused("linking.not_linked"):
        linking.unlink(activity, recording, reason="另一次检查", by=li(), at=NOON)
    linking.link(activity, recording, by=li(), at=NOON)
    with refused("activity.reason_missing"):
        linking.unlink(activity, recording, reason=" ", by=li(), at=NOON)


def test_a_proposal_declined_is_declined_once():
    activity, recording = under_way(), recorded()
    assert linking.decline(activity, [recording], by=li(), at=NOON) == 1
    assert linking.decline(activity, [recording], by=li(), at=NOON) == 0
    assert Declined.objects.get().declined_by == li()
    assert facts_of(Kind.RECORDING_DECLINED) == [{"recording": recording.number}]


def test_a_voided_activity_keeps_no_recording():
    activity, recording = under_way(), recorded()
    linking.link(activity, recording, by=li(), at=NOON)
    voiding.void(activity, reason="重复登记", by=bai(), at=NOON)
    assert numbers(activity) == []
    assert not Share.objects.exists()
    assert told(f"activity:{activity.number}")[-2:] == [
        Kind.ACTIVITY_VOIDED,
        Kind.RECORDING_UNLINKED,
    ]
    with refused("activity.voided"):
        linking.link(activity, recording, by=li(), at=NOON)


def test_what_a_window_records_is_never_open_again():
    activity, recording = under_way(), recorded(settled_at=NOON)
    Device.objects.update(kind=DeviceKind.FIXED_CAMERA)
    linking.link(activity, recording, by=li(), at=NOON)
    linking.unlink(activity, recording, reason="误选", by=li(), at=NOON)
    assert Recording.objects.get().settled_at == recording.sealed_at


def test_no_event_no_link_no_move_and_no_decline(monkeypatch):
    activity, linked, loose = under_way(), recorded(1), recorded(2)
    linking.link(activity, linked, by=li(), at=NOON)

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record_all", down)
    for act in (
        lambda: linking.link(activity, loose, by=li(), at=NOON),
        lambda: linking.unlink(activity, linked, reason="误", by=li(), at=NOON),
        lambda: linking.decline(activity, [loose], by=li(), at=NOON),
        lambda: voiding.void(activity, reason="误", by=li(), at=NOON),
    ):
        with pytest.raises(LogDown):
            act()
    assert numbers(activity) == [linked.number]
    assert Recording.objects.get(pk=loose.pk).settled_at is None
    assert not Declined.objects.exists()
    assert not Aside.objects.exists()
