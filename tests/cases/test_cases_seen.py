"""Who sees which activities, cases and parties."""

import pytest

import factories
from liuhen.cases import queries
from liuhen.kernel.refusal import Refusal
from liuhen.people.roles import Role

pytestmark = pytest.mark.django_db


def numbers(login: str) -> set[str]:
    return set(queries.activities_for(factories.officer(login)).values_list("number", flat=True))


def test_an_officer_sees_the_activities_they_took_part_in():
    factories.activity("HD-2026-000001", "bai")
    factories.activity("HD-2026-000002")
    assert numbers("li") == {"HD-2026-000001", "HD-2026-000002"}
    assert numbers("bai") == {"HD-2026-000001"}


def test_the_units_head_sees_the_units_and_the_custodian_the_bureaus():
    other = factories.unit("监督二科")
    factories.activity("HD-2026-000001")
    factories.activity("HD-2026-000002", unit=other)
    assert numbers("wang") == {"HD-2026-000001"}
    assert numbers("zhou") == {"HD-2026-000001", "HD-2026-000002"}


@pytest.mark.parametrize("login", ["sun", "an", "shen", "cai", "kong"])
def test_administrators_finance_and_the_keeper_see_none(login):
    factories.activity()
    assert numbers(login) == set()


def test_another_bureau_sees_none_of_it():
    factories.activity()
    factories.case("1号", factories.party())
    far = factories.stranger("far", Role.CUSTODIAN)
    for seen in (queries.activities_for, queries.cases_for, queries.parties_for):
        assert not seen(far).exists()


def test_a_case_is_seen_through_an_activity_one_took_part_in():
    case = factories.case("1号", factories.party(), added_by=factories.officer("wang"), unit=None)
    bai = factories.officer("bai")
    assert not queries.cases_for(bai).exists()
    factories.activity("HD-2026-000001", "bai", case=case)
    assert queries.cases_for(bai).get() == case
    assert queries.parties_for(bai).get().name == "某某餐饮店"


def test_what_is_not_shown_is_refused_like_what_is_not_there():
    activity, far = factories.activity(), factories.stranger("far", Role.CUSTODIAN)
    for number in (activity.number, "HD-2026-999999"):
        with pytest.raises(Refusal) as no:
            queries.activity_for(number, far)
        assert no.value.code == "activity.no_such"
