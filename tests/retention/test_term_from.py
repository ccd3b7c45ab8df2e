"""A clock nobody compared makes nothing due: the term runs from the intake at the earliest."""

from datetime import timedelta

import pytest
from keeping_cast import NOON, codes, kept, under

import factories
from liuhen.retention.known import term_from
from liuhen.web.keeping_text import keeping_told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
YEARS_BACK = NOON - timedelta(days=900)


@pytest.mark.enforces("retention")
def test_set_back_by_years_and_never_compared_it_runs_from_the_intake():
    under("chengde-safety")
    made = factories.recording(recorded_at=YEARS_BACK)
    assert (term_from(made), kept(made).until > NOON + timedelta(days=700)) == (NOON, True)
    assert "from_intake" in codes(made)
    assert any("从未比对" in line.text for line in keeping_told(made).lines)


def test_compared_it_runs_from_its_end():
    under("chengde-safety")
    made = factories.recording(recorded_at=YEARS_BACK, clock_offset_seconds=0)
    assert term_from(made) == YEARS_BACK + timedelta(minutes=1)
    assert "from_intake" not in codes(made)


def test_ahead_of_the_intake_it_runs_from_what_it_claims():
    under("chengde-safety")
    made = factories.recording(recorded_at=NOON + timedelta(days=3))
    assert term_from(made) > NOON + timedelta(days=3)
    assert "from_intake" not in codes(made)
