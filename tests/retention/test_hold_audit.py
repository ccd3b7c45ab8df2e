"""A hold that is let go, changed or made up in the tables alone is found by the audit."""

import pytest
from keeping_cast import NOON, complain, lift, place, who

import factories
from liuhen.retention import complaints
from liuhen.retention.integrity import audit
from liuhen.retention.models import Complaint, Hold, HoldRecording, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def found() -> list[str]:
    return [deviation.code for deviation in audit()]


def test_holds_that_went_the_proper_way_agree_with_the_log():
    place(factories.recording())
    lift(place(factories.case()))
    assert found() == []


@pytest.mark.enforces("hold")
def test_one_lifted_in_the_table_alone_is_found():
    hold = place(factories.recording())
    Hold.objects.filter(pk=hold.pk).update(
        state="lifted", lifted_at=NOON, lifted_by=who("fa"), lift_asked_by=who("zhou")
    )
    assert found() == ["hold.state_changed"]


@pytest.mark.parametrize("name", ["since", "until"])
def test_one_narrowed_in_the_table_is_found(name):
    place(who("li"))
    Hold.objects.update(**{name: NOON})
    assert found() == ["hold.row_changed"]


def test_a_recording_taken_out_of_it_is_found():
    place(factories.recording())
    HoldRecording.objects.all().delete()
    assert found() == ["hold.row_changed"]


def test_other_words_than_were_entered_are_found():
    complaint = complain(factories.recording())
    complaints.close(complaint, Outcome.UNFOUNDED, text="不属实", by=who("fa"), at=NOON)
    assert found() == []
    Complaint.objects.update(text="表扬", outcome_text="属实")
    assert found() == ["complaint.row_changed", "complaint.row_changed"]


def test_one_that_is_gone_and_one_nobody_placed_are_found():
    hold = place(factories.case())
    Hold.objects.filter(pk=hold.pk).update(number="BQ-2026-000009")
    assert found() == ["hold.row_missing", "hold.never_placed"]
