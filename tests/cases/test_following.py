"""What happens to recordings reaches the activity they belong to through the log."""

import pytest
from coverage_cast import HOUR, NOON, film, listed, visit
from coverage_cast import follow as follow_pack
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.cases import coverage, following
from liuhen.cases.models import Activity, JudgingCursor, ListedMatter
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Recording, RecordingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

DAY = 24 * HOUR


def follow():
    return following.catch_up(at=NOON + HOUR)


@transaction.atomic
def happens(to: str, kind: Kind = Kind.RECORDING_EXAMINED):
    log.record(kind, subject=to, by=log.SYSTEM, at=NOON)


def verdict() -> str:
    return Activity.objects.get().verdict


def test_the_examination_of_the_last_recording_settles_the_verdict():
    made = film(-1, 31, state=RecordingState.SEALED)
    coverage.refresh(visit(), by=log.SYSTEM, at=NOON)
    assert verdict() == "pending"
    Recording.objects.filter(pk=made.pk).update(state=RecordingState.EXAMINED)
    happens(f"recording:{made.number}")
    assert follow() == 1
    assert verdict() == "complete"


def test_a_clock_read_later_moves_the_recording_and_the_verdict():
    made = film(-1, 31)
    coverage.refresh(visit(), by=log.SYSTEM, at=NOON)
    Recording.objects.filter(pk=made.pk).update(recorded_at=NOON + HOUR)
    happens(f"recording:{made.number}", Kind.RECORDING_PLACED)
    follow()
    assert verdict() == "not_recorded"


@pytest.mark.parametrize("kind", [Kind.MATTERS_IMPORTED, Kind.REGULATION_ADOPTED])
def test_what_is_judged_by_another_list_or_regulation_of_its_day_is_judged_anew(kind):
    coverage.refresh(visit(), by=log.SYSTEM, at=NOON)
    Activity.objects.update(verdict="not_required")  # as the list before had it
    happens(f"agency:{factories.stranger().agency_id}", kind)
    follow()
    assert verdict() == "not_required"
    happens(f"agency:{factories.agency().pk}", kind)
    follow()
    assert verdict() == "not_recorded"


def test_read_again_the_log_changes_nothing():
    film(5, 31)
    happens("activity:HD-2026-000001", Kind.ACTIVITY_LEFT)
    follow()
    JudgingCursor.objects.update(next_index=0)
    before = CustodyEvent.objects.count()
    assert follow() == 1
    assert CustodyEvent.objects.count() == before


def test_idle_it_asks_twice_only():
    happens("activity:none", Kind.ACTIVITY_LEFT)
    follow()
    with CaptureQueriesContext(connection) as queries:
        assert follow() == 0
    assert len(queries) == 2


def test_what_it_wrote_itself_it_does_not_read():
    film(5, 31)
    happens("activity:HD-2026-000001", Kind.ACTIVITY_LEFT)
    assert [follow(), follow()] == [1, 0]


def test_a_matter_list_imported_on_the_day_settles_what_hung_on_it():
    """卫东第五条: what is recorded is what the list says."""
    follow_pack("weidong-market")
    made = visit(listed=None)
    ListedMatter.objects.all().delete()
    coverage.refresh(made, by=log.SYSTEM, at=NOON)
    assert verdict() == "pending"
    Activity.objects.update(listed=listed())
    happens(f"agency:{factories.agency().pk}", Kind.MATTERS_IMPORTED)
    assert follow() == 1
    assert verdict() == "not_recorded"


def test_a_list_concerns_no_activity_of_an_earlier_day_or_another_bureau():
    visit(arrived_at=NOON - 2 * DAY, left_at=NOON - 2 * DAY)
    visit(number="HD-2026-000002", agency=factories.stranger().agency)
    happens(f"agency:{factories.agency().pk}", Kind.MATTERS_IMPORTED)
    assert follow() == 0


def test_a_recording_of_no_activity_concerns_none():
    happens(f"recording:{factories.recording().number}")
    assert follow() == 0


def test_of_two_rounds_one_looks():
    visit()
    happens("activity:HD-2026-000001", Kind.ACTIVITY_LEFT)
    JudgingCursor.objects.create(pk=1)
    assert following.read_on(0, at=NOON) == 1
    assert following.read_on(0, at=NOON) == 0


def test_a_log_brought_back_is_read_from_its_start():
    film(5, 31)
    happens("activity:HD-2026-000001", Kind.ACTIVITY_LEFT)
    JudgingCursor.objects.create(pk=1, next_index=10**6)
    assert follow() == 1


def test_a_long_log_is_read_in_steps_with_rests(monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 2)
    rests = []
    for n in range(5):
        visit(number=f"HD-2026-{n:06d}")
        happens(f"activity:HD-2026-{n:06d}", Kind.ACTIVITY_LEFT)
    assert following.catch_up(at=NOON, rest=lambda: rests.append(1)) == 5
    assert len(rests) >= 3


def test_a_transaction_judges_few_activities_and_none_twice(monkeypatch):
    monkeypatch.setattr(following, "JUDGED_AT_ONCE", 2)
    for n in range(5):
        visit(number=f"HD-2026-{n:06d}")
    for kind in (Kind.ACTIVITY_ARRIVED, Kind.ACTIVITY_LEFT):
        for n in (0, 1):
            happens(f"activity:HD-2026-{n:06d}", kind)
    for n in (2, 3, 4):
        happens(f"activity:HD-2026-{n:06d}", Kind.ACTIVITY_LEFT)
    JudgingCursor.objects.create(pk=1)
    steps = [following.read_on(JudgingCursor.objects.get().next_index, at=NOON) for _ in range(4)]
    assert steps == [2, 2, 1, 0]
