"""销毁清册: drawn, reviewed, approved, each by somebody else; and every way back."""

import pytest
from django.db import IntegrityError, transaction

import factories
from liuhen.custody.models import CustodyEvent
from liuhen.people.roles import Role
from liuhen.retention import disposal
from liuhen.retention import disposal_queries as queries
from liuhen.retention.disposal_states import DISPOSAL, Step
from liuhen.retention.models import DisposalItem, DisposalList, DisposalState
from retention.disposal_cast import (
    APPROVED,
    HOUR,
    LATER,
    READY,
    appraised,
    approved,
    broken_log,
    drawn,
    executed,
    expired,
    kinds_of,
    lived_through,
    refused,
    reviewed,
    submitted,
    under,
    waited,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def state(made: DisposalList) -> str:
    made.refresh_from_db()
    return made.state


def draw(*recordings, by: str = "zhou", reason: str = "保存期满"):
    return disposal.draw(recordings, reason=reason, by=who(by), at=LATER)


@pytest.mark.enforces("retention", article="jiaxian-health:15")
def test_a_register_has_the_forms_columns():
    li = factories.officer("li")
    case = factories.case(closed_date=LATER.date(), term="P3Y")
    one = expired()
    activity = factories.activity(party=factories.party())
    link(one, activity, li)
    made = drawn(one)
    [line] = made.items.all()
    assert (line.position, line.year, line.archive_no) == (1, 2026, one.number)
    assert line.title == "某某餐饮店日常检查录像（2026-01-05 12:01）"
    assert (line.term_text, line.kept_text) == ("2年", "2年")
    assert (made.number, made.fonds_no, case.term) == ("XH-2028-000001", "J012", "P3Y")


def link(one, activity, by):
    facts = {"was_proposed": False, "linked_at": LATER, "linked_by": by}
    activity.activity_recordings.create(recording=one, **facts)


def test_the_oldest_comes_first_and_each_has_its_place():
    rows = [expired(f"2026-00000{n}") for n in (3, 1, 2)]
    made = drawn(*rows)
    told = list(made.items.order_by("position").values_list("archive_no", flat=True))
    assert told == ["2026-000001", "2026-000002", "2026-000003"]


def test_each_step_is_somebody_elses_and_leaves_its_event():
    made = approved(expired())
    assert kinds_of(f"disposal:{made.number}") == [
        "disposal.drawn", "disposal.submitted", "disposal.reviewed", "disposal.approved",
    ]  # fmt: skip
    assert (made.drawn_by.login, made.reviewed_by.login, made.approved_by.login) == (
        "zhou", "fa", "qian",
    )  # fmt: skip
    assert (made.state, made.wait_days, made.approved_log_at) == ("waiting", 7, APPROVED)


def test_only_what_was_found_of_no_worth_is_listed():
    one = expired()
    assert refused(draw, one).code == "disposal.not_appraised"


def test_a_recording_is_on_one_register_at_most():
    one = expired()
    drawn(one)
    assert refused(draw, one).code == "disposal.on_another_list"
    other = DisposalList.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalItem.objects.create(
            disposal=other, recording=one, position=2, title="x", year=2026, archive_no="x",
            term_text="x", kept_text="x", due_at=LATER,
        )  # fmt: skip


def test_an_empty_choice_draws_nothing():
    assert refused(draw).code == "disposal.nothing_chosen"


def test_too_many_to_be_looked_through_are_refused(monkeypatch):
    monkeypatch.setattr(disposal, "MOST_LINES", 1)
    rows = [expired("2026-000001"), expired("2026-000002")]
    assert refused(draw, *rows).code == "disposal.too_many_lines"


def test_whoever_drew_it_does_not_review_it():
    factories.officer("zhou", Role.CUSTODIAN, Role.LEGAL_OFFICE, Role.BUREAU_HEAD)
    made = submitted(expired())
    no = refused(disposal.review, made, opinion="同意", by=who("zhou"), at=LATER)
    assert no.code == "disposal.own_list"


def test_whoever_reviewed_it_does_not_approve_it():
    factories.officer("fa", Role.LEGAL_OFFICE, Role.BUREAU_HEAD)
    made = reviewed(expired())
    no = refused(disposal.approve, made, opinion="同意", by=who("fa"), at=LATER)
    assert no.code == "disposal.own_list"


def test_whoever_appraised_a_line_takes_no_further_step():
    factories.officer("bao", Role.CUSTODIAN, Role.LEGAL_OFFICE)
    one, other = expired(), expired("2026-000002")
    appraised(one, by="bao")
    appraised(other)
    made = draw(one, other)
    disposal.submit(made, by=who("zhou"), at=LATER)
    no = refused(disposal.review, made, opinion="同意", by=who("bao"), at=LATER)
    assert no.code == "disposal.own_list"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "qian", "du", "sun"])
def test_only_the_legal_office_reviews(login):
    made = submitted(expired())
    no = refused(disposal.review, made, opinion="同意", by=who(login), at=LATER)
    assert no.code == "people.not_permitted"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "fa", "du", "sun"])
def test_only_the_head_approves(login):
    made = reviewed(expired())
    no = refused(disposal.approve, made, opinion="同意", by=who(login), at=LATER)
    assert no.code == "people.not_permitted"


def test_it_is_not_approved_before_it_is_reviewed():
    made = submitted(expired())
    no = refused(disposal.approve, made, opinion="同意", by=who("qian"), at=LATER)
    assert no.code == "disposal.wrong_step"


def test_of_two_approvals_one_counts():
    made = reviewed(expired())
    again = DisposalList.objects.get(pk=made.pk)
    disposal.approve(made, opinion="同意", by=who("qian"), at=APPROVED)
    no = refused(disposal.approve, again, opinion="同意", by=who("qian"), at=APPROVED)
    assert (no.code, "等待监销" in no.text) == ("disposal.wrong_step", True)


@pytest.mark.parametrize(("made_by", "login"), [(submitted, "fa"), (reviewed, "qian")])
def test_it_is_sent_back_with_a_word_and_handed_in_again(made_by, login):
    made = made_by(expired())
    disposal.send_back(made, opinion="请核对第1件", by=who(login), at=LATER + 3 * HOUR)
    assert (state(made), made.returned_for) == ("returned", "请核对第1件")
    disposal.submit(made, by=who("zhou"), at=LATER + 4 * HOUR)
    assert (state(made), made.reviewed_by) == ("submitted", None)


def test_sending_back_wants_a_word():
    made = submitted(expired())
    no = refused(disposal.send_back, made, opinion=" ", by=who("fa"), at=LATER)
    assert no.code == "disposal.words_blank"


def test_a_line_is_taken_out_while_it_is_written_and_appraised_anew():
    one, other = expired(), expired("2026-000002")
    made = drawn(one, other)
    disposal.take_out(made, [1], reason="涉及在办信访", by=who("zhou"), at=LATER)
    assert disposal.numbers(made) == [other.number]
    appraised(one)
    assert draw(one).number == "XH-2028-000002"


def test_no_line_is_taken_out_once_it_is_handed_in():
    made = submitted(expired())
    no = refused(disposal.take_out, made, [1], reason="x", by=who("zhou"), at=LATER)
    assert no.code == "disposal.wrong_step"


def test_a_line_that_is_not_there_takes_none_out():
    made = drawn(expired())
    no = refused(disposal.take_out, made, [1, 9], reason="x", by=who("zhou"), at=LATER)
    assert (no.code, len(disposal.numbers(made))) == ("disposal.not_on_list", 1)


def test_an_empty_register_is_not_handed_in():
    made = drawn(expired())
    disposal.take_out(made, [1], reason="误列", by=who("zhou"), at=LATER)
    assert refused(disposal.submit, made, by=who("zhou"), at=LATER).code == "disposal.list_empty"


@pytest.mark.parametrize("made_by", [drawn, submitted, reviewed, approved, waited])
@pytest.mark.parametrize("login", ["zhou", "fa", "qian"])
def test_it_is_revoked_up_to_the_end_of_the_waiting_time(made_by, login):
    made = made_by(expired())
    disposal.revoke(made, reason="有新的投诉", by=who(login), at=READY)
    assert (state(made), disposal.numbers(made)) == ("revoked", [])


def test_what_is_done_is_not_revoked():
    made = executed(expired())
    no = refused(disposal.revoke, made, reason="x", by=who("qian"), at=READY)
    assert no.code == "disposal.wrong_step"


def test_revoking_is_not_everybodys():
    made = drawn(expired())
    no = refused(disposal.revoke, made, reason="x", by=who("li"), at=LATER)
    assert no.code == "disposal.not_yours_to_revoke"


STEPS = {
    "submit": lambda made, by: disposal.submit(made, by=by, at=LATER),
    "review": lambda made, by: disposal.review(made, opinion="x", by=by, at=LATER),
    "approve": lambda made, by: disposal.approve(made, opinion="x", by=by, at=LATER),
    "revoke": lambda made, by: disposal.revoke(made, reason="x", by=by, at=LATER),
}


@pytest.mark.parametrize("step", STEPS)
def test_another_bureaus_register_is_not_there(step):
    made = drawn(expired())
    roles = (Role.CUSTODIAN, Role.LEGAL_OFFICE, Role.BUREAU_HEAD)
    far = factories.stranger("far", *roles)
    assert refused(STEPS[step], made, far).code == "disposal.no_such"


@pytest.mark.parametrize(
    ("made_by", "step"), [(drawn, "submit"), (submitted, "review"), (reviewed, "approve")]
)
def test_no_event_no_step(made_by, step):
    made = made_by(expired())
    before = state(made)
    by = {"submit": "zhou", "review": "fa", "approve": "qian"}[step]
    with broken_log(), pytest.raises(RuntimeError):
        STEPS[step](made, who(by))
    assert state(made) == before


def test_no_event_no_register():
    one = expired()
    appraised(one)
    with broken_log(), pytest.raises(RuntimeError):
        draw(one)
    assert not DisposalList.objects.exists()


def test_each_waits_for_its_own():
    made = submitted(expired())
    waits = {login for login in factories.CAST if queries.waiting_for(who(login)).exists()}
    assert waits == {"fa"}
    disposal.review(made, opinion="同意", by=who("fa"), at=LATER)
    waits = {login for login in factories.CAST if queries.waiting_for(who(login)).exists()}
    assert waits == {"qian"}


def test_a_draft_is_the_custodians_alone():
    drawn(expired())
    sees = {login for login in factories.CAST if queries.visible_to(who(login)).exists()}
    assert sees == {"zhou"}


def test_every_state_is_reached_by_the_table():
    reached = {target for _sources, target in DISPOSAL.values()} | {DisposalState.DRAFT}
    assert reached == set(DisposalState)
    assert set(DISPOSAL) == set(Step)


def test_the_database_wants_three_people():
    made = drawn(expired())
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalList.objects.filter(pk=made.pk).update(reviewed_by=made.drawn_by)
    assert CustodyEvent.objects.filter(kind="disposal.drawn").count() == 1
