"""What a hold covers: by each kind of scope, in time, and of what comes later. The database's
answer and the one row by row are the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from keeping_cast import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    events,
    held_numbers,
    in_case,
    lift,
    linked,
    place,
    told,
    used_in,
    who,
)

import factories
from liuhen.cases.models import Activity, ActivityRecording, CaseParty, Exhibit, Party
from liuhen.recordings.models import Recording
from liuhen.retention import following, holds
from liuhen.retention.known import known_of
from liuhen.retention.models import HoldScope
from liuhen.retention.scopes import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def covered() -> set[str]:
    """Both ways agree, each time they are asked."""
    found = held_numbers()
    rows = list(Recording.objects.all())
    each = holds.on_each(known_of(rows))
    assert {one.number for one in rows if each[one.pk]} == found
    one_by_one = [holds.recordings_of(hold) for hold in holds.live()]
    assert {row.number for some in one_by_one for row in some} == found
    return found


@pytest.fixture(autouse=True)
def another(bureau):
    """Nothing holds this one."""
    gao = factories.officer("gao", unit=factories.unit("监督二科"))
    return factories.recording("2026-000099", officer=gao, device=None, device_no="X-9")


def test_named_recordings():
    place(factories.recording())
    assert covered() == {"2026-000001"}


def test_an_activity_with_what_is_linked_later():
    activity = factories.activity()
    place(activity)
    assert covered() == set()
    linked(factories.recording(), activity)
    assert covered() == {"2026-000001"}


def test_a_case_with_its_activities_and_its_evidence():
    case = factories.case()
    place(case)
    in_case(case)
    used_in(case, "2026-000002")
    assert covered() == {"2026-000001", "2026-000002"}


def test_a_party_by_activity_case_and_evidence():
    party = factories.party()
    case = factories.case("乙号", party)
    linked(factories.recording(), factories.activity(party=party))
    in_case(case, "2026-000002")
    used_in(case, "2026-000003")
    place(party)
    assert covered() == {"2026-000001", "2026-000002", "2026-000003"}


def test_a_party_that_was_merged_since_is_held_with_the_one_it_became():
    party, kept = factories.party(), factories.party("合并后")
    place(party)
    Party.objects.filter(pk=party.pk).update(merged_into=kept)
    linked(factories.recording(), factories.activity(party=kept))
    case = factories.case()
    CaseParty.objects.create(case=case, party=kept)
    in_case(case, "2026-000002")
    assert covered() == {"2026-000001", "2026-000002"}


def test_an_officer_who_made_it_was_there_or_took_part():
    factories.recording()
    gao = who("gao")
    shared = factories.recording("2026-000002", officer=gao)
    factories.share(shared, "li")
    linked(factories.recording("2026-000003", officer=gao), factories.activity())
    place(who("li"))
    assert covered() == {"2026-000001", "2026-000002", "2026-000003"}


def test_a_device_also_by_its_number_alone():
    factories.recording()
    factories.recording("2026-000002", device=None)
    place(factories.device())
    assert covered() == {"2026-000001", "2026-000002"}


@pytest.mark.parametrize(
    ("since", "until", "is_held"),
    [
        (NOON - HOUR, NOON + HOUR, True),
        (NOON + MINUTE + timedelta(seconds=59), NOON + HOUR, True),  # still being recorded
        (NOON + 2 * MINUTE + timedelta(seconds=1), NOON + HOUR, False),
        (NOON - HOUR, NOON + MINUTE, True),
        (NOON - HOUR, NOON + timedelta(seconds=59), False),
    ],
)
def test_a_period_covers_what_touches_it(since, until, is_held):
    # From 12:01 for a minute; the other one is made that day, too, but later.
    made = factories.recording()
    place(Scope(HoldScope.PERIOD, since=since, until=until))
    assert (made.number in covered()) == is_held


def test_a_scope_may_be_narrowed_in_time():
    factories.recording()
    factories.recording("2026-000002", recorded_at=NOON + DAY)
    place(Scope.of(who("li"), since=NOON + HOUR))
    assert covered() == {"2026-000002"}


def test_a_photo_has_no_length():
    factories.recording(duration_seconds=None)
    place(Scope(HoldScope.PERIOD, since=NOON + MINUTE, until=NOON + HOUR))
    assert "2026-000001" in covered()


def test_lifted_it_covers_nothing_unless_another_one_does():
    made = factories.recording()
    first = place(made)
    second = place(made.device, reason="设备调查")
    lift(first)
    assert covered() == {"2026-000001"}
    lift(second)
    assert covered() == set()


def test_another_bureaus_holds_are_not_ours():
    far = factories.stranger()
    theirs = factories.recording("2026-000005", officer=far, agency=far.agency)
    place(Scope(HoldScope.PERIOD, since=NOON - DAY, until=NOON + DAY))
    assert theirs.number not in covered()


def test_the_held_ones_of_many_are_found_in_one_query():
    for number in range(5):
        factories.recording(f"2026-00001{number}")
    place(factories.device())
    with CaptureQueriesContext(connection) as queries:
        assert len(held_numbers()) == 5
    assert len(queries) == 1


def catch_up() -> None:
    following.catch_up(at=NOON)


def test_taking_it_out_of_the_scope_does_not_undo_the_hold():
    activity = factories.activity()
    made = linked(factories.recording(), activity)
    place(Scope.of(activity, since=NOON - DAY, until=NOON + DAY))
    ActivityRecording.objects.all().delete()
    Recording.objects.filter(pk=made.pk).update(recorded_at=NOON - 9 * DAY)
    assert covered() == {"2026-000001"}


def test_nor_does_withdrawing_the_evidence_or_another_case():
    case = factories.case()
    used_in(case)
    in_case(case, "2026-000002")
    place(case)
    Exhibit.objects.update(withdrawn_at=NOON, withdrawn_by=who("li"), withdrawn_reason="误用")
    Activity.objects.update(case=None)
    assert covered() == {"2026-000001", "2026-000002"}


def test_what_came_into_the_scope_later_stays_held_as_well():
    activity = factories.activity()
    place(activity)
    catch_up()
    linked(factories.recording(), activity)
    catch_up()
    ActivityRecording.objects.all().delete()
    assert covered() == {"2026-000001"}


def test_two_lift_it_from_what_it_came_to_cover_too():
    activity = factories.activity()
    linked(factories.recording(), activity)
    hold = place(activity)
    ActivityRecording.objects.all().delete()
    lift(hold)
    assert covered() == set()


def test_what_its_scope_covers_is_not_told_as_named():
    activity = factories.activity()
    linked(factories.recording(), activity)
    hold = place(activity)
    assert told(f"hold:{hold.number}")["recordings"] == []
    assert events("recording:2026-000001") == ["recording.sealed"]
