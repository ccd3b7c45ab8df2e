"""Marks for long keeping: by the regulation's own list, set by one, lifted by another."""

import pytest
from case_cast import count, events, last_facts
from unrecorded_cast import under, who

import factories
from factories import NOON
from liuhen.cases import trigger_errors as errors
from liuhen.cases import triggers
from liuhen.cases.errors import NoSuchActivity, NoSuchCase
from liuhen.cases.models import LongTermMark
from liuhen.custody import log
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.people.permissions import NotPermitted
from liuhen.recordings.errors import NoSuchRecording

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def mark(thing=None, trigger=Trigger.OBJECTION, *, by="li", reason="当场提出异议") -> LongTermMark:
    thing = thing or factories.recording()
    return triggers.mark(thing, trigger, reason=reason, by=who(by), at=NOON)


@pytest.mark.enforces("long_term", article="neiqiu-health:7")
def test_neiqiu_the_officer_who_was_there_marks_it():
    made = mark()
    assert (made.recording.number, made.trigger) == ("2026-000001", "objection")
    assert events("recording:2026-000001")[-1] == "long_term.marked"
    assert last_facts("recording:2026-000001")["trigger"] == "objection"


@pytest.mark.enforces("long_term")
@pytest.mark.parametrize(
    ("pack", "offers"),
    [
        ("jiaxian-health", 8),
        ("neiqiu-health", 9),
        ("chengde-safety", 1),
        ("weidong-market", 0),
        ("luohe-livestock", 0),
    ],
)
def test_the_choice_is_the_regulations_own(pack, offers):
    under(pack)
    assert len(triggers.offered(factories.recording(), NOON)) == offers


def test_what_the_regulation_does_not_list_would_keep_nothing():
    under("weidong-market")
    with pytest.raises(errors.NotListed) as no:
        mark()
    assert "办理保全" in no.value.text
    assert not LongTermMark.objects.exists()


@pytest.mark.enforces("long_term")
def test_somebody_else_lifts_it_with_a_reason():
    made = mark()
    for login, refusal in (("li", errors.NotYoursToMark), ("du", NotPermitted)):
        with pytest.raises(refusal):
            triggers.lift(made, reason="误标", by=who(login), at=NOON)
    own = mark(trigger=Trigger.ABUSE, by="zhou")
    with pytest.raises(errors.LiftByAnother):
        triggers.lift(own, reason="误标", by=who("zhou"), at=NOON)
    triggers.lift(made, reason="误标", by=who("zhou"), at=NOON)
    assert events("recording:2026-000001")[-1] == "long_term.lifted"
    assert list(triggers.standing(factories.recording())) == [own]


def test_it_is_lifted_once():
    made = mark()
    triggers.lift(made, reason="误标", by=who("zhou"), at=NOON)
    before = count()
    with pytest.raises(errors.NoSuchMark):
        triggers.lift(made, reason="误标", by=who("fa"), at=NOON)
    assert count() == before


def test_the_same_is_marked_once_and_again_after_it_was_lifted():
    made = mark()
    with pytest.raises(errors.MarkedAlready):
        mark()
    triggers.lift(made, reason="误标", by=who("zhou"), at=NOON)
    assert mark().pk != made.pk


@pytest.mark.parametrize("reason", ["", " \u200b"])
def test_it_says_why(reason):
    with pytest.raises(errors.ReasonMissing):
        mark(reason=reason)


def test_what_is_not_ones_own_is_not_there():
    gao = factories.officer("gao", unit=factories.unit("监督二科"))
    case, activity = factories.case(), factories.activity()
    for thing, refusal in (
        (factories.recording(), NoSuchRecording),
        (activity, NoSuchActivity),
        (case, NoSuchCase),
    ):
        with pytest.raises(refusal):
            mark(thing, by=gao.login)


def test_a_case_is_marked_by_who_handles_it():
    assert mark(factories.case(), Trigger.MASS_INCIDENT).case.case_no == "内卫罚〔2026〕1号"
    assert events(f"case:{factories.case().pk}")[-1] == "long_term.marked"


def test_no_event_no_mark(monkeypatch):
    made = factories.recording()
    monkeypatch.setattr(log, "record", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mark(made)
    assert not LongTermMark.objects.exists()
