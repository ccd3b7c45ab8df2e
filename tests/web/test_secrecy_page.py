"""保密标记 on a recording's page."""

import pytest
from viewing_cast import everybody, film

import factories
from liuhen.recordings.models import SecrecyMark

PAGE = "/recordings/2026-000001/"
SAID = {"kind": "trade", "reason": "配方和工艺"}


@pytest.fixture
def cast(bureau) -> None:
    everybody()
    film()


def test_marked_it_is_gone_from_who_need_not_know(as_, cast):
    assert as_("wang").get(PAGE).status_code == 200
    as_("li").post(f"{PAGE}secrecy/", SAID)
    assert as_("wang").get(PAGE).status_code == 404
    page = as_("zhou").get(PAGE).content.decode()
    assert "商业秘密" in page
    assert "配方和工艺" in page


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"kind": "other"}])
def test_without_kind_or_reason_nothing_is_marked(as_, cast, wrong):
    as_("li").post(f"{PAGE}secrecy/", SAID | wrong)
    assert not SecrecyMark.objects.exists()


def test_who_may_not_mark_has_no_form_and_is_refused(as_, cast):
    assert as_("du").get(PAGE).context["secrecy"]["form"] is None
    assert as_("du").post(f"{PAGE}secrecy/", SAID).status_code == 403


def test_it_is_lifted_by_another_person(as_, cast):
    as_("zhou").post(f"{PAGE}secrecy/", SAID)
    mark = SecrecyMark.objects.get()
    way = f"{PAGE}secrecy/{mark.pk}/lift/"
    assert mark.pk not in as_("zhou").get(PAGE).context["secrecy"]["may_lift"]
    assert as_("zhou").post(way, {"reason": "误标"}).status_code == 403
    as_("fa").post(way, {"reason": "经审核不属于"})
    assert SecrecyMark.objects.get().lifted_by == factories.officer("fa")
    assert as_("wang").get(PAGE).status_code == 200


def test_marked_twice_says_so(as_, cast):
    as_("li").post(f"{PAGE}secrecy/", SAID)
    assert as_("li").post(f"{PAGE}secrecy/", SAID).status_code == 409
