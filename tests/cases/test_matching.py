"""Which activity a recording may belong to."""

from decimal import Decimal

import pytest

import factories
from cases.activity_cast import HOUR, MINUTE, NOON, facts, li, recorded, registered, under_way
from liuhen.cases import activities, linking, matching, voiding
from liuhen.cases.matching import LONGEST, MARGIN, Reason, proposals_for
from liuhen.cases.models import Activity
from liuhen.devices.models import Checkout
from liuhen.recordings.models import Recording

pytestmark = pytest.mark.django_db
LATER = NOON + 2 * HOUR


def half_an_hour(**more):
    """From noon; nobody has said with which devices."""
    return registered(arrived_at=NOON, left_at=NOON + 30 * MINUTE, at=LATER, **more)


def proposed(activity, at=LATER):
    return [(one.recording.number, one.score) for one in proposals_for(activity, at=at)]


def test_the_officers_device_and_time_speak_for_it():
    activity = half_an_hour(devices=(factories.device(),))
    recording = recorded()
    [one] = proposals_for(activity, at=LATER)
    assert (one.recording, one.score, one.is_sure) == (recording, 100, True)
    assert one.reasons == (Reason.DEVICE, Reason.OFFICER, Reason.TIME)


def test_a_device_held_by_one_of_them_counts_without_being_named():
    activity, device = half_an_hour(), factories.device()
    use = Checkout.objects.create(
        agency=device.agency, device=device, officer=li(), handed_at=NOON - HOUR, handed_by=li()
    )
    recorded(by=None, checkout=use)
    [one] = proposals_for(activity, at=LATER)
    assert (one.score, one.reasons) == (70, (Reason.DEVICE, Reason.TIME))


def test_the_officer_and_time_alone_are_proposed_but_not_ticked():
    activity = half_an_hour()
    recorded()
    [one] = proposals_for(activity, at=LATER)
    assert (one.score, one.is_sure) == (60, False)


def test_the_time_alone_proposes_nothing():
    recorded(by="he", device=factories.device("ZF-009"))
    assert proposed(half_an_hour()) == []


@pytest.mark.parametrize(
    ("minutes", "scores"),
    [(-26, []), (-20, [85]), (-15, [100]), (35, [100]), (40, [85]), (45, [])],
)
def test_the_time_counts_by_the_part_within_the_margin(minutes, scores):
    """Ten minutes' recording; a quarter of an hour about noon to half past."""
    assert MARGIN == 15 * MINUTE
    activity = half_an_hour(devices=(factories.device(),))
    recorded(minutes=minutes)
    assert [points for _number, points in proposed(activity)] == scores


def test_the_corrected_clock_is_what_counts():
    """`recorded_at` is what placing made of the device's own time."""
    activity = half_an_hour(devices=(factories.device(),))
    recording = recorded(minutes=300)
    assert proposed(activity) == []
    recording.recorded_at, recording.clock_offset_seconds = NOON, Decimal(18000)
    recording.save()
    assert len(proposed(activity)) == 1


def test_an_activity_under_way_takes_what_is_recorded_until_now_but_not_for_days():
    activity = under_way(devices=(factories.device(),))
    recorded(minutes=100)
    assert proposed(activity, at=NOON + HOUR) == []
    assert len(proposed(activity, at=NOON + 2 * HOUR)) == 1
    recorded(2, minutes=int(LONGEST / MINUTE) + 60)
    assert len(proposed(activity, at=NOON + 48 * HOUR)) == 1


def test_nothing_is_proposed_before_arrival_or_once_voided():
    planned, activity = registered(), half_an_hour()
    recorded()
    assert proposed(planned) == []
    voiding.void(activity, reason="重复", by=li(), at=LATER)
    activity.refresh_from_db()
    assert proposed(activity) == []


@pytest.mark.parametrize(
    ("north", "score", "reason"),
    [("37.300", 70, Reason.PLACE), ("37.400", 20, Reason.OTHER_PLACE), ("37.310", 60, None)],
)
def test_a_place_counts_only_where_both_are_known(north, score, reason):
    activity = half_an_hour(latitude=Decimal("37.3001"), longitude=Decimal("114.5"))
    header = {"latitude": float(north), "longitude": 114.5}
    recorded(examination={"header": header})
    [one] = proposals_for(activity, at=LATER)
    assert one.score == score
    assert (reason in one.reasons) if reason else set(one.reasons) == {Reason.OFFICER, Reason.TIME}


def test_a_place_the_file_does_not_tell_says_nothing():
    activity = half_an_hour(latitude=Decimal("37.3"), longitude=Decimal("114.5"))
    recorded()
    assert proposed(activity) == [("2026-000001", 60)]


def test_of_two_that_fit_alike_neither_is_ticked():
    first, second = half_an_hour(), half_an_hour()
    recorded()
    [one] = proposals_for(first, at=LATER)
    assert (one.rival, one.is_sure) == (second, False)


def test_of_two_one_after_the_other_the_one_it_lies_in_is_the_better():
    first = half_an_hour(devices=(factories.device(),))
    second = registered(arrived_at=NOON + 40 * MINUTE, devices=(factories.device(),), at=LATER)
    recorded(minutes=22)
    assert proposals_for(first, at=LATER)[0].rival is None
    [beside] = proposals_for(second, at=LATER)
    assert (beside.rival, beside.score < 100) == (first, True)


def test_what_is_settled_or_declined_is_not_proposed_again():
    activity = half_an_hour()
    linked, declined = recorded(1), recorded(2)
    linking.link(activity, linked, by=li(), at=LATER)
    linking.decline(activity, [declined], by=li(), at=LATER)
    assert proposed(activity) == []


def test_another_bureaus_activity_is_no_candidate():
    activity = half_an_hour()
    far = factories.stranger("far")
    recorded(by="far", agency=far.agency, unit=None, device=activity.devices.first())
    assert proposed(activity) == []


def test_a_page_of_recordings_asks_as_often_as_one(django_assert_num_queries):
    for n in range(1, 31):
        recorded(n, minutes=n)
    for _ in range(5):
        half_an_hour(devices=(factories.device(),))
    rows = matching.with_position(Recording.objects.all())
    with django_assert_num_queries(4):
        found = matching.by_recording(rows, at=LATER, among=Activity.objects.all())
    assert len(found) == 30


def test_changing_the_times_changes_what_is_proposed():
    activity = half_an_hour()
    recorded(minutes=100)
    assert proposed(activity) == []
    longer = facts(arrived_at=NOON, left_at=NOON + 2 * HOUR)
    activities.change(activity, longer, by=li(), at=LATER)
    activity.refresh_from_db()
    assert len(proposed(activity)) == 1
