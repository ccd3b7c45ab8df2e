"""What a bureau's rules were, are and will be, and where each comes from."""

from datetime import date

import pytest

import factories
from liuhen.kernel.refusal import Refusal
from liuhen.regulations import proposing, queries
from regulations.made_packs import OTHER

pytestmark = pytest.mark.usefixtures("packs", "bureau")
NOON, MARCH, MAY = factories.NOON, date(2026, 3, 1), date(2026, 5, 1)


def changed(from_date: date, period: str) -> None:
    value = {"article": 2, "rule": "exact", "period": period}
    made = proposing.propose(
        factories.agency(), "retention", value, from_date=from_date, reason="x",
        by=factories.officer("an"), at=NOON,
    )  # fmt: skip
    proposing.approve(made, by=factories.officer("qian"), at=NOON)


def adopted(from_date: date) -> None:
    made = proposing.propose_adoption(
        factories.agency(), OTHER, from_date=from_date, reason="x",
        by=factories.officer("an"), at=NOON,
    )  # fmt: skip
    proposing.approve(made, by=factories.officer("qian"), at=NOON)


def told(parameter: str = "retention") -> list[tuple]:
    return [
        (
            str(held.from_date),
            str(held.until),
            str(held.value and held.value.period),
            bool(held.proposal),
        )
        for held in queries.Standing(factories.agency()).history(parameter)
    ]


def test_a_history_has_the_packs_own_values_and_the_bureaus():
    changed(MARCH, "P3Y")
    assert told() == [
        ("2025-01-01", "2025-06-30", "P1Y", False),
        ("2025-07-01", "2026-02-28", "P2Y", False),
        ("2026-03-01", "None", "P3Y", True),
    ]


def test_a_new_regulation_ends_what_was_changed_before():
    changed(MARCH, "P3Y")
    adopted(MAY)
    assert told()[2:] == [
        ("2026-03-01", "2026-04-30", "P3Y", True),
        ("2026-05-01", "None", "P5Y", False),
    ]


def test_where_the_new_regulation_is_silent_the_value_ends():
    adopted(MAY)
    standing = queries.Standing(factories.agency())
    assert [held.value is None for held in standing.history("handover")] == [False, True]
    assert list(standing.present(MARCH)) == ["retention", "handover"]
    assert list(standing.present(MAY)) == ["retention"]


def test_a_parameter_that_never_had_a_value_has_no_history():
    assert told("ledger") == []


def test_all_of_it_is_two_queries(django_assert_num_queries):
    changed(MARCH, "P3Y")
    changed(MAY, "P4Y")
    agency = factories.agency()
    with django_assert_num_queries(2):
        standing = queries.Standing(agency)
        held = standing.present(date(2026, 3, 2))["retention"]
        assert held.proposal.proposed_by.name == "安管理"
        assert held.proposal.decided_by.name == "钱局长"


def test_articles_lead_to_their_neighbours_and_values():
    rules = queries.Standing(factories.agency()).on(MARCH)
    assert queries.neighbours(rules.pack, 1) == (None, 2)
    assert queries.neighbours(rules.pack, 3) == (2, None)
    assert list(queries.stated_by(rules, 2)) == ["retention"]
    assert queries.article_of(rules, 2).summary == "保存多久"
    with pytest.raises(Refusal) as no:
        queries.article_of(rules, 14)
    assert no.value.code == "regulations.no_such_article"


def test_what_waits_is_counted_and_listed():
    changed(MARCH, "P3Y")
    proposing.propose(
        factories.agency(), "retention", {"article": 2, "rule": "unstated"}, from_date=MAY,
        reason="x", by=factories.officer("an"), at=NOON,
    )  # fmt: skip
    agency = factories.agency()
    assert queries.number_pending(agency) == 1
    assert [row.from_date for row in queries.proposals(agency, pending=True)] == [MAY]
    assert [row.from_date for row in queries.proposals(agency, pending=False)] == [MARCH]
