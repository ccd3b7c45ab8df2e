"""Holds: placed at once by one, lifted by two, and by nobody whom they are about."""

import pytest
from django.db import IntegrityError, transaction
from keeping_cast import (
    DAY,
    NOON,
    count,
    events,
    held_numbers,
    lift,
    linked,
    office_head,
    place,
    told,
    under,
    who,
)

import factories
from liuhen.custody import log
from liuhen.kernel.refusal import Refusal
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from liuhen.regulations import current
from liuhen.retention import guards, holders, holds, log_time
from liuhen.retention import hold_errors as errors
from liuhen.retention.models import Hold, HoldGround, HoldScope
from liuhen.retention.scopes import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


@pytest.mark.enforces("hold")
def test_a_hold_is_told_to_the_log_and_to_each_recordings_own_history():
    made = factories.recording()
    hold = place(made)
    assert (hold.number, hold.state) == ("BQ-2026-000001", "live")
    assert told("hold:BQ-2026-000001")["recordings"] == [made.number]
    assert events(f"recording:{made.number}")[-1] == "recording.held"
    assert held_numbers() == {made.number}


@pytest.mark.enforces("hold")
def test_lifting_takes_two_people():
    hold = place(factories.recording())
    holds.ask_lift(hold, reason="已结束", by=who("zhou"), at=NOON)
    with pytest.raises(errors.LiftByTwo):
        holds.lift(hold, by=who("zhou"), at=NOON)
    assert held_numbers()
    holds.lift(hold, by=who("fa"), at=NOON)
    assert not held_numbers()
    assert events(f"hold:{hold.number}") == ["hold.placed", "hold.lift_asked", "hold.lifted"]


def test_the_database_itself_lets_nobody_lift_alone():
    hold = place(factories.recording())
    holds.ask_lift(hold, reason="已结束", by=who("zhou"), at=NOON)
    alone = {"state": "lifted", "lifted_at": NOON, "lifted_by": who("zhou")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(**alone)


def test_a_no_leaves_it_standing_and_it_may_be_asked_again():
    hold = place(factories.recording())
    holds.ask_lift(hold, reason="已结束", by=who("zhou"), at=NOON)
    holds.refuse_lift(hold, reason="诉讼尚未审结", by=who("fa"), at=NOON)
    assert (hold.state, hold.lift_refused_why) == ("live", "诉讼尚未审结")
    lift(hold)
    assert hold.state == "lifted"


def test_of_two_who_agree_at_once_one_does():
    hold = place(factories.recording())
    holds.ask_lift(hold, reason="已结束", by=who("zhou"), at=NOON)
    also = Hold.objects.get()
    holds.lift(hold, by=who("fa"), at=NOON)
    before = count()
    with pytest.raises(errors.HoldChanged):
        holds.lift(also, by=who("du"), at=NOON)
    assert count() == before


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_chengde_the_posts_the_article_names_preserve_for_a_complaint():
    under("chengde-safety")
    made, head = factories.recording(), office_head()
    who("du")
    with pytest.raises(errors.NotYoursToPlace) as no:
        place(made, ground=HoldGround.COMPLAINT)
    assert (no.value.article, "督查机构" in no.value.text) == ("9", True)
    by_supervision = place(made, ground=HoldGround.COMPLAINT, by="du")
    by_head = place(made, ground=HoldGround.COMPLAINT, by=head.login, reason="电话投诉")
    assert (by_supervision.article, by_head.article) == (9, 9)


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_chengde_for_what_the_article_does_not_name_whoever_handles_complaints_holds():
    under("chengde-safety")
    who("du")
    assert place(factories.recording(), ground=HoldGround.REVIEW).article is None


def test_posts_nobody_holds_keep_nobody_from_preserving():
    under("chengde-safety")
    assert holders.named_for(factories.agency(), "complaint", NOON) is None
    assert place(factories.recording(), ground=HoldGround.COMPLAINT).article is None


@pytest.mark.parametrize("login", ["li", "wang", "kong", "cai", "sun", "an", "shen"])
def test_others_place_none(login):
    before = factories.recording()
    with pytest.raises(NotPermitted):
        place(before, by=login)
    assert not Hold.objects.exists()


@pytest.mark.enforces("hold")
@pytest.mark.parametrize("about", ["officer", "recording", "activity"])
def test_nobody_lifts_what_is_about_themselves(about):
    fa = who("fa")
    own = factories.recording(officer=fa)
    activity = factories.activity(officer=fa)
    hold = place({"officer": fa, "recording": own, "activity": activity}[about])
    for step in (lambda: holds.ask_lift(hold, reason="x", by=fa, at=NOON),
                 lambda: holds.lift(hold, by=fa, at=NOON)):  # fmt: skip
        with pytest.raises(errors.AboutYourself):
            step()


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        (Scope(HoldScope.RECORDINGS), "hold.nothing_named"),
        (Scope(HoldScope.CASE), "hold.nothing_named"),
        (Scope(HoldScope.PERIOD, since=NOON), "hold.period_missing"),
        (Scope(HoldScope.PERIOD, since=NOON, until=NOON - DAY), "hold.period_turned"),
    ],
)
def test_a_scope_that_says_nothing_is_refused(scope, code):
    with pytest.raises(Refusal) as no:
        place(scope)
    assert no.value.code == code
    assert not Hold.objects.exists()


def test_another_bureaus_recording_is_not_held():
    far = factories.stranger()
    theirs = factories.recording("2026-000009", officer=far, agency=far.agency)
    with pytest.raises(errors.OfAnotherBureau):
        place(theirs)


def test_another_bureau_finds_no_hold_of_ours():
    hold, far = place(factories.recording()), factories.stranger("far", Role.LEGAL_OFFICE)
    with pytest.raises(errors.NoSuchHold):
        holds.hold_for(hold.pk, far, NOON)
    with pytest.raises(errors.NoSuchHold):
        holds.ask_lift(hold, reason="x", by=far, at=NOON)


def test_a_form_sent_twice_places_one():
    made = factories.recording()
    place(made)
    with pytest.raises(errors.HeldAlready) as no:
        place(made)
    assert "BQ-2026-000001" in no.value.text
    assert place(made, reason="另案").number == "BQ-2026-000002"


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_placed_or_lifted(reason):
    with pytest.raises(errors.ReasonMissing):
        place(factories.recording(), reason=reason)
    hold = place(factories.recording())
    with pytest.raises(errors.LiftReasonMissing):
        holds.ask_lift(hold, reason=reason, by=who("zhou"), at=NOON)


def test_no_event_no_hold(monkeypatch):
    made = factories.recording()
    monkeypatch.setattr(log, "record_all", lambda acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        place(made)
    assert not Hold.objects.exists()


@pytest.mark.enforces("hold")
def test_what_is_held_does_not_go_and_what_is_linked_later_neither():
    activity = factories.activity()
    held = linked(factories.recording(), activity)
    free = factories.recording("2026-000002")
    place(activity)
    late = linked(factories.recording("2026-000003"), activity)
    book = current.rulebook_if_any(held.agency)
    told = guards.ask([held, free, late], book, log_time.clocks(at=NOON))
    assert [told[one.pk].why == "on_hold" for one in (held, free, late)] == [True, False, True]
