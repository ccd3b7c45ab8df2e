"""Who reviews looks at it without a request, as long as the review lasts."""

from datetime import timedelta

import pytest
from review_cast import LATER, OBJECT_BY, opened, scored, who

from liuhen.access import rights
from liuhen.access.rights import Ground
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Recording
from liuhen.supervision.reviews import finishing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def right_of(login: str, *, at=LATER):
    return rights.right_to_play(who(login), Recording.objects.get(number="2026-000001"), at=at)


def test_a_reviewer_looks_by_the_review_and_takes_nothing_along():
    opened("du")
    assert right_of("du").ground == Ground.REVIEW
    assert not right_of("du").may_copy
    assert CustodyEvent.objects.filter(kind=Kind.VIEWING_ASSIGNED).count() == 1


def test_it_ends_when_the_result_is_told():
    made = scored("du")
    finishing.announce(made, object_by=OBJECT_BY, by=who("du"), at=LATER)
    assert right_of("du", at=LATER + timedelta(minutes=1)) is None


def test_it_ends_when_the_review_is_given_up():
    made = opened("du")
    finishing.abandon(made, reason="重复组织", by=who("du"), at=LATER)
    assert right_of("du", at=LATER + timedelta(minutes=1)) is None


def test_it_does_not_last_for_ever():
    opened("du")
    assert right_of("du", at=LATER + timedelta(days=61)) is None
