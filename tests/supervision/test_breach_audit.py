"""A breach let go, changed or made up in the tables alone is found by the audit."""

from datetime import date

import pytest
from breach_cast import NOON, appealed, decided, heard, inquiry, lead, who

from liuhen.supervision.breaches import following_up, sifting
from liuhen.supervision.breaches.integrity import audit
from liuhen.supervision.models import Breach, BreachSanction, BreachStep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def found() -> list[str]:
    return [deviation.code for deviation in audit()]


def test_breaches_that_went_the_proper_way_agree_with_the_log():
    sifting.dismiss(lead("一"), reason="查无实据", by=who("du"), at=NOON)
    following_up.revoke(appealed("suspension"), reason="…", by=who("qian"), at=NOON)
    decision = decided("self_criticism", of=heard(inquiry(lead("二"))))
    following_up.carry_out(decision.sanctions.get(), words="已交", by=who("du"), at=NOON)
    following_up.sign(decision, by=who("li"), at=NOON)
    assert found() == []


@pytest.mark.parametrize(
    "changed",
    [{"state": "dismissed"}, {"text": "没有的事"}, {"suspended_until": date(2026, 1, 6)}],
)
@pytest.mark.enforces("investigation")
def test_a_row_changed_in_the_table_is_found(changed):
    decided("suspension")
    Breach.objects.update(**changed)
    assert found() == ["breach.row_changed"]


def test_a_sanction_taken_away_is_found():
    decided("suspension")
    BreachSanction.objects.all().delete()
    assert found() == ["breach.row_changed"]


def test_other_words_a_step_gone_and_one_made_up_are_found():
    breach = inquiry()
    BreachStep.objects.filter(n=2).update(words="…")
    assert found() == ["breach.step_changed"]
    BreachStep.objects.filter(n=2).delete()
    BreachStep.objects.create(breach=breach, n=9, kind="breach.noted", at=NOON, by=who("du"))
    assert found() == ["breach.step_missing", "breach.step_made_up"]


def test_one_that_is_gone_and_one_nobody_made_are_found():
    lead()
    Breach.objects.update(number="WG-2026-000009")
    assert found() == ["breach.row_missing", "breach.never_suspected"]


def test_as_many_queries_however_many_there_are(django_assert_num_queries):
    for n in range(3):
        decided("self_criticism", of=heard(inquiry(lead(f"第{n}件"))))
    with django_assert_num_queries(4):
        assert found() == []
