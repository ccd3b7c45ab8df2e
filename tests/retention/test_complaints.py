"""Complaints: entered with a hold in one step; closed by others than those complained of."""

import pytest
from keeping_cast import DAY, NOON, complain, count, events, held_numbers, told, under, who

import factories
from liuhen.custody import log
from liuhen.people.roles import Role
from liuhen.retention import complaints
from liuhen.retention import hold_errors as errors
from liuhen.retention.models import Complaint, Hold, HoldGround, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def close(complaint: Complaint, *, by: str = "fa", outcome=Outcome.FOUNDED, text="属实") -> None:
    complaints.close(complaint, outcome, text=text, by=who(by), at=NOON)


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_chengde_entering_a_complaint_holds_what_it_is_about_at_once():
    under("chengde-safety")
    made = factories.recording()
    complaint = complain(made, by="du")
    assert held_numbers() == {made.number}
    assert (complaint.number, complaint.hold.article) == ("TS-2026-000001", 9)
    assert events("complaint:TS-2026-000001") == ["complaint.entered"]


@pytest.mark.enforces("long_term", article="neiqiu-health:7")
def test_neiqiu_a_complaint_about_an_officer_holds_their_recordings():
    made = factories.recording()
    complain(who("li"), kind=HoldGround.PETITION)
    assert held_numbers() == {made.number}


def test_neither_the_log_nor_the_hold_says_who_complained_of_what():
    complaint = complain(factories.recording(), text="李某收受好处", told_by="张三")
    close(complaint, text="李某未收受好处")
    said = [told("complaint:TS-2026-000001"), told(f"hold:{complaint.hold.number}")]
    assert "张三" not in str(said)
    assert "好处" not in str(said)


def test_without_the_event_neither_complaint_nor_hold_is_there(monkeypatch):
    made = factories.recording()
    monkeypatch.setattr(log, "record", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        complain(made)
    assert not Complaint.objects.exists()
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"text": " "}, errors.ComplaintBlank),
        ({"received_at": NOON + DAY}, errors.ReceivedLater),
    ],
)
def test_what_cannot_be_is_refused(said, refusal):
    with pytest.raises(refusal):
        complain(factories.recording(), **said)
    assert not Hold.objects.exists()


def test_sent_twice_it_is_entered_once_and_another_one_about_the_same_is_entered():
    made = factories.recording()
    complain(made)
    with pytest.raises(errors.ComplaintThere):
        complain(made)
    assert complain(made, told_by="李四").number == "TS-2026-000002"


@pytest.mark.enforces("hold")
def test_closing_it_does_not_lift_the_hold():
    complaint = complain(factories.recording())
    close(complaint)
    assert (complaint.outcome, complaint.closed_by) == ("founded", who("fa"))
    assert held_numbers() == {"2026-000001"}


def test_it_is_closed_once():
    complaint = complain(factories.recording())
    also = Complaint.objects.get()
    close(complaint)
    before = count()
    with pytest.raises(errors.ComplaintClosed):
        close(also, by="du")
    assert count() == before


@pytest.mark.parametrize(("outcome", "text"), [(Outcome.PENDING, "…"), (Outcome.FOUNDED, " ")])
def test_it_is_closed_with_an_outcome_in_words(outcome, text):
    complaint = complain(factories.recording())
    with pytest.raises(errors.OutcomeMissing):
        close(complaint, outcome=outcome, text=text)


def test_whoever_is_complained_of_neither_reads_nor_closes_it():
    fa = who("fa")
    about_fa = complain(fa)
    of_fa = complain(factories.recording(officer=fa), text="粗暴")
    assert list(complaints.seen_by(fa, NOON)) == []
    assert set(complaints.seen_by(who("du"), NOON)) == {about_fa, of_fa}
    with pytest.raises(errors.AboutYourself):
        close(about_fa)
    with pytest.raises(errors.NoSuchComplaint):
        complaints.complaint_for(of_fa.pk, fa, NOON)


def test_another_bureau_sees_none():
    complaint, far = complain(factories.recording()), factories.stranger("far", Role.LEGAL_OFFICE)
    with pytest.raises(errors.NoSuchComplaint):
        complaints.complaint_for(complaint.pk, far, NOON)
    with pytest.raises(errors.NoSuchComplaint):
        complaints.close(complaint, Outcome.FOUNDED, text="x", by=far, at=NOON)
