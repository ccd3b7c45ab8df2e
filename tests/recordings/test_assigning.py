"""Whose recording it is."""

import pytest

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings import assigning, errors
from liuhen.recordings.models import Recording

pytestmark = pytest.mark.django_db


def assign(recording: Recording, login: str) -> None:
    by = factories.officer("zhou")
    assigning.assign(recording, factories.officer(login), by=by, at=factories.NOON)


def test_of_two_at_once_the_second_is_told(data):
    seen_by_both = factories.unassigned("2026-000001")
    assign(Recording.objects.get(), "li")
    with pytest.raises(errors.AssignedMeanwhile):
        assign(seen_by_both, "wang")
    assert Recording.objects.get().officer.login == "li"
    assert CustodyEvent.objects.filter(kind=Kind.RECORDING_ASSIGNED).count() == 1


@pytest.mark.enforces("access")
def test_nobody_makes_a_recording_their_own(data):
    factories.recording()
    with pytest.raises(errors.AssignedToYourself):
        assign(Recording.objects.get(), "zhou")
    assert Recording.objects.get().officer == factories.officer("li")
