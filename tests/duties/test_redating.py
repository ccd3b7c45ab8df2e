"""The recording's end stood in; then it belongs to an activity whose end is known."""

from datetime import timedelta

import pytest
from django.db import transaction
from duty_cast import BREACHES, HOUR, NOON, examined, handover, rows, told

import factories
from liuhen.cases.models import Activity, ActivityRecording
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties import deriving, redating
from liuhen.duties.models import Duty
from liuhen.engines.policy.values import HandoverExcused
from liuhen.recordings.models import Recording
from liuhen.regulations.models import Adoption

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

EXCUSED = HandoverExcused(
    article=9, clock="return_to_unit", limit="hours", hours=24, receiver="custodian",
    excuses=["away"],
)  # fmt: skip
TWO_HOURS_LATE = 26 * HOUR


def derive():
    return deriving.catch_up(at=NOON + HOUR)


def by_activity(rules):
    """Within 24 hours of the activity's end, or of the return of who was away."""
    rules(handover=handover(24, "activity_end"), handover_excused=EXCUSED, breaches=BREACHES)


def visit(left: timedelta | None = timedelta(0), **more) -> Activity:
    """Left so long before noon; None: still on site."""
    facts = {
        "arrived_at": NOON - 40 * HOUR,
        "left_at": None if left is None else NOON - left,
    }
    return factories.activity(**facts | more)


@transaction.atomic
def link(recording: Recording, to: Activity):
    ActivityRecording.objects.create(
        activity=to, recording=recording, was_proposed=True, linked_at=NOON,
        linked_by=to.registered_by,
    )  # fmt: skip
    happens(to, Kind.RECORDING_LINKED)


@transaction.atomic
def happens(to: Activity, kind: Kind = Kind.ACTIVITY_CHANGED, **facts):
    Activity.objects.filter(pk=to.pk).update(**facts)
    log.record(kind, subject=f"activity:{to.number}", by=to.registered_by, at=NOON)


@pytest.mark.enforces("handover", article="chengde-safety:19")
def test_what_was_late_by_the_stand_in_is_in_time_by_the_activitys_end(rules):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    derive()
    assert Duty.objects.get().state == "done_late"
    link(made, visit(left=20 * HOUR))
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.due_at, duty.started_at) == ("done", NOON + 4 * HOUR, NOON - 20 * HOUR)
    assert (duty.overdue_noted_at, duty.breach_no) == (None, None)
    assert "stands_in" not in duty.facts


def test_both_dates_and_the_activity_stand_in_the_log(rules):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    derive()
    link(made, visit(left=20 * HOUR))
    derive()
    [said] = told(Kind.DUTY_REDATED)
    assert (said["before"]["state"], said["state"]) == ("done_late", "done")
    assert said["activity"] == "HD-2026-000001"
    assert said["before"]["due_at"] < said["due_at"]
    assert len(told(Kind.DUTY_OVERDUE)) == 1, "what was said before stays"


def test_linked_before_it_is_examined_nothing_need_stand_in(rules):
    by_activity(rules)
    made = factories.recording(recorded_at=NOON - 26 * HOUR, sealed_at=NOON, state="sealed")
    link(made, visit(left=20 * HOUR))
    Recording.objects.update(state="examined")
    with transaction.atomic():
        log.record(Kind.RECORDING_EXAMINED, subject=f"recording:{made.number}", by="x", at=NOON)
    derive()
    assert Duty.objects.get().facts["basis"] == 1
    assert not told(Kind.DUTY_REDATED)


def test_while_they_are_on_site_the_stand_in_stays(rules):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    here = visit(left=None)
    link(made, here)
    derive()
    assert Duty.objects.get().facts["stands_in"] == "activity_end"
    happens(here, Kind.ACTIVITY_LEFT, left_at=NOON - 20 * HOUR)
    derive()
    assert Duty.objects.get().state == "done"


def test_another_end_entered_afterwards_moves_nothing(rules):
    by_activity(rules)
    made, here = examined(after=TWO_HOURS_LATE), visit(left=25 * HOUR)
    link(made, here)
    derive()
    before = rows()
    happens(here, left_at=NOON - HOUR)
    derive()
    assert rows() == before


@pytest.mark.enforces("handover", article="jiaxian-health:13")
def test_who_was_away_has_a_day_from_the_return(rules):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    here = visit(left=25 * HOUR, excuse="away")
    link(made, here)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.facts["stands_in"]) == ("done_late", "return_to_unit")
    happens(here, returned_at=NOON - 2 * HOUR)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.due_at, duty.facts["basis"]) == ("done", NOON + 22 * HOUR, 2)
    assert "stands_in" not in duty.facts


def test_an_excuse_the_regulation_does_not_know_moves_nothing(rules):
    by_activity(rules)
    here = visit(left=25 * HOUR, excuse="on_water", returned_at=NOON)
    link(examined(after=TWO_HOURS_LATE), here)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.facts["basis"]) == ("done_late", 1)
    assert "excuse_not_listed" in {said["code"] for said in duty.facts["grounds"]}


def test_what_belongs_to_another_activity_after_all_is_dated_by_that(rules):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    link(made, visit(left=25 * HOUR))
    derive()
    ActivityRecording.objects.all().delete()
    link(made, visit(left=20 * HOUR, number="HD-2026-000002"))
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.facts["activity"]) == ("done", "HD-2026-000002")


@pytest.mark.enforces("handover", article="weidong-market:9")
def test_where_the_recordings_own_end_counts_no_activity_moves_it(rules):
    rules(handover=handover(24))
    made = examined(after=TWO_HOURS_LATE)
    derive()
    before = rows()
    link(made, visit(left=HOUR))
    derive()
    assert rows() == before


@pytest.mark.enforces("handover", article="neiqiu-health:16")
def test_a_matter_ends_with_the_activity_that_carries_it_out():
    Adoption.objects.update(pack_id="neiqiu-health")
    made = examined(after=TWO_HOURS_LATE)
    link(made, visit(left=20 * HOUR))
    derive()
    duty = Duty.objects.get(kind="handover")
    assert (duty.article, duty.state, duty.started_at) == (16, "done", NOON - 20 * HOUR)


@pytest.mark.enforces("handover", article="luohe-livestock:13")
def test_the_same_day_is_the_day_on_which_they_left():
    Adoption.objects.update(pack_id="luohe-livestock")
    made = examined(after=13 * HOUR)
    derive()
    assert Duty.objects.get(kind="handover").state == "done_late"
    link(made, visit(left=HOUR))
    derive()
    assert Duty.objects.get(kind="handover").state == "done"


def test_what_was_recorded_after_leaving_counts_from_its_own_end(rules):
    by_activity(rules)
    link(examined(after=20 * HOUR), visit(left=30 * HOUR))
    derive()
    assert Duty.objects.get().due_at == NOON + 4 * HOUR


def test_read_again_the_log_moves_nothing(rules):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    link(made, visit(left=20 * HOUR))
    derive()
    before, events = rows(), CustodyEvent.objects.count()
    assert deriving.recompute(factories.agency(), at=NOON + HOUR) == 0
    assert (rows(), CustodyEvent.objects.count()) == (before, events)


def test_no_event_no_new_date(rules, monkeypatch):
    by_activity(rules)
    made = examined(after=TWO_HOURS_LATE)
    derive()
    before = rows()
    link(made, visit(left=20 * HOUR))

    def fail(*_args, **_more):
        raise OSError

    monkeypatch.setattr(redating.overdue, "act_of", fail)
    with pytest.raises(OSError):
        derive()
    assert rows() == before


def test_taken_out_of_the_activity_again_its_own_end_counts_again(rules):
    by_activity(rules)
    recording, activity = examined(after=TWO_HOURS_LATE), visit()
    link(recording, activity)
    derive()
    assert Duty.objects.get(kind="handover").state == "done"
    with transaction.atomic():
        ActivityRecording.objects.all().delete()
        log.record(
            Kind.RECORDING_UNLINKED, subject=f"activity:{activity.number}",
            by=activity.registered_by, at=NOON, recording=recording.number,
        )  # fmt: skip
    derive()
    duty = Duty.objects.get(kind="handover")
    assert (duty.state, duty.breach_no) == ("done_late", 2)
    assert told(Kind.DUTY_REDATED)[-1]["activity"] is None
