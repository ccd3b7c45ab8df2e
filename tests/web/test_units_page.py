"""Units: a tab of the people's page."""

import factories
from liuhen.people.models import Unit


def filled(**changes: object) -> dict[str, object]:
    return {"name": "监督二科", "kind": "legal", "head": "", "is_busy": "on"} | changes


def test_a_unit_is_added_once(as_):
    browser = as_("an")
    browser.post("/people/units/add/", filled())
    unit = Unit.objects.get(name="监督二科")
    assert (unit.kind, unit.is_busy) == ("legal", True)
    again = browser.post("/people/units/add/", filled())
    assert again.context["form"].non_field_errors()
    assert Unit.objects.filter(name="监督二科").count() == 1


def test_a_unit_is_changed(as_):
    unit, wang = factories.unit("监督二科"), factories.officer("wang")
    browser = as_("an")
    assert "监督二科" in browser.get(f"/people/units/{unit.pk}/").content.decode()
    said = {"name": "监督三科", "kind": "office", "head": wang.pk}
    assert browser.post(f"/people/units/{unit.pk}/", said).headers["Location"] == "/people/units/"
    unit.refresh_from_db()
    assert (unit.name, unit.kind, unit.is_busy, unit.head) == ("监督三科", "office", False, wang)


def test_the_leader_in_charge_is_chosen_among_the_leaders(as_):
    unit, zhao, browser = factories.unit("监督二科"), factories.officer("zhao"), as_("an")
    choices = browser.get(f"/people/units/{unit.pk}/").context["form"].fields["leader"].queryset
    assert list(choices) == [zhao]
    browser.post(f"/people/units/{unit.pk}/", filled(leader=zhao.pk))
    assert "<td>赵局</td>" in browser.get("/people/units/").content.decode()


def test_a_stranger_is_no_choice_for_a_head(as_):
    unit = factories.unit()
    form = (
        as_("an")
        .post(f"/people/units/{unit.pk}/", filled(head=factories.stranger().pk))
        .context["form"]
    )
    assert list(form.errors) == ["head"]


def test_another_bureaus_unit_is_not_there(as_):
    theirs = factories.unit("别处科", of=factories.agency("邻县卫健局"))
    browser = as_("an")
    assert browser.get(f"/people/units/{theirs.pk}/").status_code == 404
    assert browser.post(f"/people/units/{theirs.pk}/", filled()).status_code == 404
    assert "别处科" not in browser.get("/people/units/").content.decode()


def test_the_list_counts_accounts_that_are_on(as_):
    factories.officer("li")
    factories.officer("gone", is_active=False)
    [row] = as_("an").get("/people/units/").context["units"]
    assert row.people == 1
