"""Striking out a mark: not one that explains an interruption."""

from decimal import Decimal

import pytest

import factories
from liuhen.cases import errors, marking
from liuhen.cases.models import CauseKind, Interruption, PaperState
from liuhen.recordings import errors as recording_errors
from liuhen.recordings import marks
from liuhen.recordings.marks import Spot
from liuhen.recordings.models import Mark, MarkKind

pytestmark = pytest.mark.django_db
NOON = factories.NOON


@pytest.fixture
def mark(data) -> Mark:
    film, li = factories.recording(), factories.officer("li")
    spot = Spot(MarkKind.INTERRUPTION, Decimal(3))
    return marks.add(film, spot, by=li, at=NOON)


def explain(mark: Mark, state: str) -> None:
    Interruption.objects.create(
        activity=factories.activity(), mark=mark, cause=CauseKind.BATTERY, reason="换电池",
        state=state, from_at=NOON, entered_at=NOON, entered_by=factories.officer("li"),
    )  # fmt: skip


def unmark(mark: Mark) -> None:
    marking.unmark(mark.recording, mark.pk, by=factories.officer("li"), at=NOON)


@pytest.mark.enforces("interruption")
def test_the_mark_an_explanation_rests_on_stays(mark):
    explain(mark, PaperState.SUBMITTED)
    with pytest.raises(errors.MarkExplains):
        unmark(mark)
    assert list(marks.marks_of(mark.recording)) == [mark]


def test_that_of_a_refused_one_goes(mark):
    explain(mark, PaperState.REFUSED)
    unmark(mark)
    assert list(marks.marks_of(mark.recording)) == []


def test_what_is_not_there_is_said_so(mark):
    unmark(mark)
    with pytest.raises(recording_errors.NoSuchMark):
        unmark(mark)


def test_a_mark_names_the_point_it_shows(mark):
    mark.kind, mark.code = MarkKind.SHOT_POINT, "traces"
    assert marking.told(mark, mark.recording, may_remove=False)["shows"] == "shot/traces"
