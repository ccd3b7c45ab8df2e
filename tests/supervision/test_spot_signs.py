"""What a spot check found wanting is a lead, once the check is closed."""

import pytest
from spot_cast import LATER, answer_all, drawn, who, work

from liuhen.supervision import spot_answers
from liuhen.supervision.breaches import following
from liuhen.supervision.models import Breach, BreachSource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def leads() -> list[Breach]:
    following.catch_up(at=LATER)
    return list(Breach.objects.filter(source=BreachSource.SPOT_CHECK).order_by("pk"))


def checked(**answers: str):
    work(activities=2, loose=0)
    check = drawn(percent=50)
    answer_all(check, **answers)
    return check


def test_a_question_answered_with_no_is_a_lead_about_who_led_it():
    check = checked(no_gap="no")
    spot_answers.close(check, conclusion="有间断", by=who("du"), at=LATER)
    [lead] = leads()
    item = check.items.get()
    assert lead.key == f"spot:{check.number}:{item.position}"
    assert (lead.officer, lead.activity) == (who("li"), item.activity)
    assert "执法全过程是否没有间断" in lead.text
    assert (lead.article, lead.item_no) == (27, 8)


def test_before_the_check_is_closed_there_is_none():
    checked(no_gap="no")
    assert leads() == []


def test_where_all_is_well_there_is_none():
    check = checked()
    spot_answers.close(check, conclusion="未发现问题", by=who("du"), at=LATER)
    assert leads() == []


def test_read_again_the_log_makes_no_second_one():
    check = checked(no_gap="no")
    spot_answers.close(check, conclusion="有间断", by=who("du"), at=LATER)
    leads()
    following.BreachCursor.objects.update(next_index=0)
    assert len(leads()) == 1
