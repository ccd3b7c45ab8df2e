"""Who took part in what is shown has no word in its end, nor in lifting a hold on it."""

import pytest

import factories
from liuhen.cases import linking
from liuhen.people.roles import Role
from liuhen.recordings.models import Recording
from liuhen.retention import appraisal, disposal, disposal_queries, execution, holds
from liuhen.retention.appraisal import Word
from liuhen.retention.models import HoldScope, Worth
from liuhen.retention.scopes import Scope
from retention.disposal_cast import (
    DAY,
    LATER,
    NOON,
    READY,
    expired,
    lived_through,
    refused,
    reviewed,
    submitted,
    under,
    waited,
    who,
)
from retention.keeping_cast import place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def with_part(login: str) -> Recording:
    """They were at the activity, and did not record it."""
    one = expired()
    linking.link(factories.activity("HD-2026-000001", login), one, by=who("li"), at=LATER)
    return one


def test_it_is_not_theirs_to_appraise():
    one, word = with_part("zhou"), Word(Worth.NONE, "重复")
    no = refused(appraisal.appraise, [one], word, by=who("zhou"), at=LATER)
    assert no.code == "disposal.own_recordings"


def test_nor_to_review():
    made = submitted(with_part("fa"))
    no = refused(disposal.review, made, opinion="同意", by=who("fa"), at=LATER)
    assert no.code == "disposal.own_recordings"
    assert made not in disposal_queries.waiting_for(who("fa"))


def test_nor_to_approve():
    made = reviewed(with_part("qian"))
    no = refused(disposal.approve, made, opinion="同意", by=who("qian"), at=LATER)
    assert no.code == "disposal.own_recordings"
    assert made not in disposal_queries.waiting_for(who("qian"))


def test_nor_to_witness():
    made = waited(with_part("zhao"))
    assert refused(execution.witness, made, by=who("zhao"), at=READY).code == (
        "disposal.own_recordings"
    )
    assert made not in disposal_queries.waiting_for(who("zhao"))


def test_nor_for_one_entered_beside_the_maker():
    one = expired()
    factories.share(one, "zhao")
    no = refused(execution.witness, waited(one), by=who("zhao"), at=READY)
    assert no.code == "disposal.own_recordings"


def scopes(one: Recording) -> dict[str, Scope]:
    return {
        "party": Scope.of(one.activity_recording.activity.party),
        "device": Scope.of(one.device),
        "period": Scope(HoldScope.PERIOD, since=NOON - DAY, until=NOON + DAY),
        "recordings": Scope.of(one),
    }


@pytest.mark.enforces("hold")
@pytest.mark.parametrize("by", ["party", "device", "period", "recordings"])
def test_nor_to_lift_a_hold_whatever_it_goes_by(by):
    factories.officer("fang", Role.LEGAL_OFFICE)
    one = expired()
    activity = factories.activity("HD-2026-000001", "fang", party=factories.party())
    linking.link(activity, one, by=who("li"), at=LATER)
    hold = place(scopes(Recording.objects.get(pk=one.pk))[by], at=LATER)
    no = refused(holds.ask_lift, hold, reason="已结", by=who("fang"), at=LATER)
    assert no.code == "hold.about_yourself"
    assert not holds.may_lift(hold, holds.Step.ASK, who("fang"), LATER)
    holds.ask_lift(hold, reason="已结", by=who("zhou"), at=LATER)
