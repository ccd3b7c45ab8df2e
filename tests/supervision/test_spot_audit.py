"""Whoever changes a draw, its list or an answer behind the log's back is named."""

import pytest
from spot_cast import announced, answer_all, closed, drawn, film, work

from liuhen.custody.models import CustodyEvent
from liuhen.supervision import integrity
from liuhen.supervision.models import SpotAnswer, SpotCheck, SpotItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def codes() -> list[str]:
    return [one.code for one in integrity.audit()]


def test_what_went_its_way_is_clean():
    work()
    closed()
    announced(reason="再查一次")
    assert codes() == []


def test_a_rule_changed_afterwards_is_named():
    work()
    drawn()
    SpotCheck.objects.update(percent=50)
    assert codes() == ["spot_check.row_changed"]


def test_a_list_changed_afterwards_is_named():
    work()
    check = drawn()
    SpotCheck.objects.update(frame=bytes(check.frame).replace(b"000101", b"000109"))
    assert codes() == ["spot_check.frame_changed"]


def test_a_thing_put_in_anothers_place_is_named():
    work()
    drawn()
    other = film(900)
    one = SpotItem.objects.filter(activity=None).first() or SpotItem.objects.first()
    SpotItem.objects.filter(pk=one.pk).update(
        item=f"recording:{other.number}", recording=other, activity=None
    )
    assert codes() == ["spot_check.items_changed"]


def test_another_root_is_named():
    work()
    drawn()
    SpotCheck.objects.update(root="ab" * 32)
    assert codes() == ["spot_check.items_changed"]


def test_an_answer_nobody_gave_is_named():
    film(1)
    answer_all(drawn(percent=100))
    SpotAnswer.objects.filter(question="no_gap").update(answer="na")
    SpotAnswer.objects.filter(question="angle").delete()
    assert codes() == ["spot_check.answer_changed"] * 2


def test_a_check_without_its_events_or_an_event_without_its_check_is_named():
    work()
    check = announced()
    SpotCheck.objects.filter(pk=check.pk).update(number="CC-2026-000009")
    assert codes() == ["spot_check.row_missing", "spot_check.never_announced"]
    assert CustodyEvent.objects.filter(subject=f"spot_check:{check.number}").count() == 1
