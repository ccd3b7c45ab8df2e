"""An activity's recordings on one clock: lanes, holes, photos, points."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.cases import timeline
from liuhen.cases.models import (
    Activity,
    ActivityRecording,
    CauseKind,
    Interruption,
    PaperState,
    Part,
    Tick,
)
from liuhen.recordings.models import Mark, MarkKind, MediaKind, Recording

pytestmark = pytest.mark.django_db
NOON = factories.NOON
MINUTE = timedelta(minutes=1)


@pytest.fixture
def activity(data) -> Activity:
    """From noon for half an hour."""
    return factories.activity()


def put(activity: Activity, number: str, after: int, minutes: int = 1, **more) -> Recording:
    facts = {"recorded_at": NOON + after * MINUTE, "duration_seconds": minutes * 60} | more
    made = factories.recording(number, **facts)
    ActivityRecording.objects.create(
        activity=activity, recording=made, was_proposed=False, linked_at=NOON,
        linked_by=factories.officer("li"),
    )  # fmt: skip
    return made


def seen(activity: Activity, by: str = "li") -> timeline.Timeline:
    return timeline.of(activity, by=factories.officer(by))


def holes(activity: Activity) -> list[tuple[int, int, bool]]:
    return [
        ((one.start - NOON) // MINUTE, (one.end - NOON) // MINUTE, one.is_explained)
        for one in seen(activity).gaps
    ]


def test_each_device_has_its_lane_in_the_order_it_began(activity):
    put(activity, "2026-000001", 5)
    put(activity, "2026-000002", 1, device=factories.device("ZF-002"), device_no="ZF-002")
    put(activity, "2026-000003", 9)
    lanes = [[one.number for one in lane.recordings] for lane in seen(activity).lanes]
    assert lanes == [["2026-000002"], ["2026-000001", "2026-000003"]]


@pytest.mark.enforces("site", article="jiaxian-health:11")
def test_photos_stand_at_their_moments_beside_the_lanes(activity):
    put(activity, "2026-000001", 0, 30)
    photo = put(activity, "2026-000002", 7, kind=MediaKind.PHOTO, duration_seconds=None)
    assert seen(activity).photos == [photo]
    assert seen(activity).gaps == []


def test_what_nobody_recorded_is_a_hole_whatever_the_device(activity):
    put(activity, "2026-000001", 0, 10)
    put(activity, "2026-000002", 8, 4, device=factories.device("ZF-002"), device_no="ZF-002")
    put(activity, "2026-000003", 20, 5)
    assert holes(activity) == [(12, 20, False), (25, 30, False)]


def test_an_interruption_explains_the_hole_it_lies_in(activity):
    put(activity, "2026-000001", 0, 10)
    put(activity, "2026-000002", 20, 10)
    Interruption.objects.create(
        activity=activity, cause=CauseKind.BATTERY, reason="换电池", state=PaperState.SUBMITTED,
        from_at=NOON + 10 * MINUTE, until_at=NOON + 19 * MINUTE, entered_at=NOON,
        entered_by=factories.officer("li"),
    )  # fmt: skip
    assert holes(activity) == [(10, 20, True)]


def test_where_nobody_has_arrived_there_is_no_hole(activity):
    Activity.objects.update(arrived_at=None, left_at=None)
    activity.refresh_from_db()
    put(activity, "2026-000001", 5)
    assert holes(activity) == []


def test_what_somebody_else_recorded_is_there_and_not_open(activity):
    put(activity, "2026-000001", 0)
    foreign = put(activity, "2026-000002", 2, officer=factories.officer("other"))
    found = seen(activity)
    assert foreign in found.lanes[0].recordings
    assert foreign.pk not in found.seen


@pytest.mark.enforces("shot_list", article="neiqiu-health:6")
def test_a_point_is_kept_by_a_mark_or_by_an_officers_word(activity):
    film, li = put(activity, "2026-000001", 0), factories.officer("li")
    facts = {"recording": film, "start_seconds": 1, "made_at": NOON, "made_by": li}
    Mark.objects.create(kind=MarkKind.SHOT_POINT, code="traces", **facts)
    Mark.objects.create(kind=MarkKind.SHOT_POINT, code="scene", removed_at=NOON, **facts)
    Tick.objects.create(
        activity=activity, part=Part.SHOT, code="place", ticked_at=NOON, ticked_by=li
    )
    assert {one.point.code for one in seen(activity).points if one.is_kept} == {"traces", "place"}


def test_more_recordings_and_marks_cost_no_more_queries(activity):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            [list(one.standing_marks) for one in seen(activity).recordings]
        return len(asked)

    def add(first: int, count: int) -> None:
        for n in range(first, first + count):
            film = put(activity, f"2026-{n:06d}", n, examination={"browser_playable": False})
            Mark.objects.create(
                recording=film, kind=MarkKind.NOTICE, start_seconds=1, made_at=NOON,
                made_by=film.officer,
            )  # fmt: skip

    add(1, 2)
    few = cost()
    add(3, 8)
    assert cost() == few
