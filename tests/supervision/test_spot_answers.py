"""Each answer at once in the log; closed when all is answered, and the inspection with it."""

from datetime import timedelta

import pytest
from spot_cast import (
    LATER,
    activity,
    announced,
    answer_all,
    closed,
    drawn,
    film,
    kinds_of,
    refused,
    who,
    work,
)

import factories
from factories import NOON
from liuhen.access.models import Assignment
from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.policy.vocabulary import Post
from liuhen.supervision import spot_answers, spot_queries
from liuhen.supervision.models import SpotAnswer, SpotItem, SpotState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
CODES = ["recorded", "no_gap", "handled", "angle", "conduct"]


def inspection(post: Post = Post.SUPERVISION, **more) -> Duty:
    facts = {
        "agency": factories.agency(), "key": f"inspection:{post}", "kind": DutyKind.INSPECTION,
        "pack_id": "chengde-safety", "article": 26, "post": post,
        "started_at": NOON - timedelta(days=4), "due_at": NOON + timedelta(days=26),
    } | more  # fmt: skip
    return Duty.objects.create(**facts)


def close(check, *, by: str = "du", conclusion: str = "已检查，未发现问题"):
    return spot_answers.close(check, conclusion=conclusion, by=who(by), at=LATER)


@pytest.mark.enforces("sampling", article="chengde-safety:26")
@pytest.mark.enforces("picture", article="chengde-safety:17")
@pytest.mark.enforces("conduct", article="chengde-safety:18")
def test_the_rules_questions_and_what_only_looking_tells_are_asked():
    film(1)
    asked = announced().questions
    assert [one["code"] for one in asked] == CODES
    assert [one["article"] for one in asked] == [26, 26, 26, 17, 18]


def test_an_answer_is_kept_at_once_and_is_its_event():
    film(1)
    check = drawn(percent=100)
    spot_answers.answer(check, 1, "no_gap", "no", by=who("du"), at=LATER)
    said = proofs.facts_of(
        CustodyEvent.objects.filter(kind=Kind.SPOT_CHECK_ANSWERED).latest("index")
    )
    assert said == {
        "item": "recording:2026-000001", "question": "no_gap", "answer": "no",
        "failing": ["no_gap"],
    }  # fmt: skip


def test_another_answer_takes_the_first_ones_place_and_the_log_keeps_both():
    film(1)
    check = drawn(percent=100)
    for said in ("no", "yes", "yes"):
        spot_answers.answer(check, 1, "no_gap", said, by=who("du"), at=LATER)
    assert SpotAnswer.objects.get().answer == "yes"
    assert kinds_of(check).count("spot_check.answered") == 2


def test_with_the_last_question_the_thing_is_done():
    film(1)
    check = drawn(percent=100)
    for code in CODES[:-1]:
        spot_answers.answer(check, 1, code, "yes", by=who("du"), at=LATER)
    assert SpotItem.objects.get().answered_at is None
    spot_answers.answer(check, 1, CODES[-1], "na", by=who("du"), at=LATER)
    assert SpotItem.objects.get().answered_at == LATER


@pytest.mark.parametrize("login", ["li", "ban", "zhao", "fa"])
def test_nobody_answers_for_the_checker(login):
    film(1)
    check = drawn(percent=100)
    assert (
        refused(spot_answers.answer, check, 1, "no_gap", "yes", by=who(login), at=LATER)
        == "spot_check.not_your_item"
    )


@pytest.mark.parametrize(
    ("position", "question", "said", "code"),
    [
        (9, "no_gap", "yes", "no_such_item"),
        (1, "weather", "yes", "no_such_question"),
        (1, "no_gap", "perhaps", "no_such_question"),
    ],
)
def test_what_was_not_asked_is_not_answered(position, question, said, code):
    film(1)
    check = drawn(percent=100)
    assert (
        refused(spot_answers.answer, check, position, question, said, by=who("du"), at=LATER)
        == f"spot_check.{code}"
    )


def test_a_note_is_kept_and_taken_back():
    film(1)
    check = drawn(percent=100)
    spot_answers.note(check, 1, " 第3分钟镜头被遮挡 ", by=who("du"), at=LATER)
    assert SpotItem.objects.get().note == "第3分钟镜头被遮挡"
    spot_answers.note(check, 1, "", by=who("du"), at=LATER)
    assert SpotItem.objects.get().note == ""
    assert kinds_of(check).count("spot_check.noted") == 2


def test_nothing_is_closed_before_all_is_answered():
    work(2, 2)
    check = drawn(percent=100)
    assert refused(close, check) == "spot_check.not_all_answered"
    answer_all(check)
    assert refused(close, check, conclusion=" ") == "spot_check.words_blank"
    assert refused(close, check, by="zhao") == "spot_check.not_a_checker"


def test_closed_it_says_how_many_failed_and_the_looks_are_over():
    work(2, 2)
    check = drawn(percent=100)
    answer_all(check)
    spot_answers.answer(check, 2, "no_gap", "no", by=who("du"), at=LATER)
    close(check)
    said = proofs.facts_of(proofs.event_of(f"spot_check:{check.number}", Kind.SPOT_CHECK_CLOSED))
    assert (said["items"], said["failing"]) == (4, 1)
    assert not Assignment.objects.filter(ended_at=None).exists()


def test_after_the_close_nothing_is_answered():
    film(1)
    check = closed(percent=100)
    for act in (
        lambda: spot_answers.answer(check, 1, "no_gap", "no", by=who("du"), at=LATER),
        lambda: spot_answers.note(check, 1, "补充", by=who("du"), at=LATER),
        lambda: close(check),
    ):
        assert refused(act) == "spot_check.wrong_step"


@pytest.mark.enforces("inspection", article="chengde-safety:26")
def test_it_does_the_inspection_that_was_due():
    film(1)
    duty = inspection()
    check = closed(percent=100)
    duty.refresh_from_db()
    assert (duty.state, duty.reason) == (DutyState.DONE, f"抽查 {check.number}：未发现问题")


def test_it_does_no_inspection_of_another_post_or_another_time():
    film(1)
    inspection(Post.BUREAU_HEAD)
    inspection(started_at=NOON - timedelta(days=40), due_at=NOON - timedelta(days=10))
    closed(percent=100)
    assert not Duty.objects.exclude(state=DutyState.OPEN).exists()


def test_no_event_no_answer_and_no_close(monkeypatch):
    film(1)
    check, duty = drawn(percent=100), inspection()
    answer_all(check)
    monkeypatch.setattr(log, "record_all", lambda _acts: 1 / 0)
    for act in (
        lambda: spot_answers.answer(check, 1, "no_gap", "no", by=who("du"), at=LATER),
        lambda: close(check),
    ):
        with pytest.raises(ZeroDivisionError):
            act()
    check.refresh_from_db()
    duty.refresh_from_db()
    assert (check.state, duty.state) == (SpotState.DRAWN, DutyState.OPEN)
    assert SpotAnswer.objects.filter(answer="no").count() == 0


@pytest.mark.enforces("inspection", article="chengde-safety:26")
def test_what_was_found_is_counted_by_unit_and_by_officer():
    activity(1, film(1))
    film(2, officer=who("ban"), unit=who("ban").unit)
    check = drawn(percent=100)
    for item in check.items.all():
        said = "no" if item.activity_id else "yes"
        spot_answers.answer(check, item.position, "no_gap", said, by=who("du"), at=LATER)
    units, officers = spot_queries.tallies(spot_queries.lines_of(check, who("du")))
    assert [(one.name, one.checked, one.failed) for one in units] == [
        ("监督一科", 1, 1), ("办公室", 1, 0),
    ]  # fmt: skip
    assert [one.failed for one in officers] == [1, 0]
    assert dict(officers[0].by_question) == {"no_gap": 1}


def test_a_checkers_way_leads_to_what_is_left():
    work(0, 3)
    check = drawn(percent=100)
    for code in CODES:
        spot_answers.answer(check, 2, code, "yes", by=who("du"), at=LATER)
    now = spot_queries.progress(check, who("du"), 2)
    assert (now.total, now.done, now.left, now.previous, now.next, now.open_next) == (
        3, 1, 2, 1, 3, 3,
    )  # fmt: skip
    assert spot_queries.first_open(check, who("du")) == 1
    assert spot_queries.progress(check, who("du"), 3).open_next == 1


def test_the_list_is_read_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    work(3, 3)
    check = drawn(percent=100)
    with django_assert_max_num_queries(8):
        assert len(spot_queries.lines_of(check, who("du"))) == 6
