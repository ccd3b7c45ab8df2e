"""共同执法人员 on a recording's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.people.roles import Role
from liuhen.recordings import sharing
from liuhen.recordings.models import Recording, Share

PAGE = "/recordings/2026-000001/"


@pytest.fixture
def film(bureau) -> Recording:
    return factories.recording()


def test_the_maker_enters_who_was_there(as_, film):
    chen = factories.officer("chen")
    page = as_("li").post(f"{PAGE}shares/", {"officer": chen.pk}, follow=True)
    assert list(page.context["shared_with"]) == [chen]
    assert "已登记共同执法人员" in page.content.decode()


def test_and_strikes_them_out(as_, film):
    chen = factories.officer("chen")
    sharing.share(film, chen, by=film.officer, at=factories.NOON)
    page = as_("li").post(f"{PAGE}shares/{chen.pk}/remove/", follow=True)
    assert list(page.context["shared_with"]) == []


def test_who_was_there_sees_the_page_and_plays_it_but_enters_nobody(as_, film):
    chen = factories.officer("chen")
    sharing.share(film, chen, by=film.officer, at=factories.NOON)
    browser = as_("chen")
    assert browser.get(PAGE).context["share_form"] is None
    assert browser.post(f"{PAGE}open/").status_code == 200
    assert (
        browser.post(f"{PAGE}shares/", {"officer": factories.officer("gao").pk}).status_code == 403
    )


def test_the_list_shows_what_was_shared(as_, film):
    chen = factories.officer("chen")
    sharing.share(film, chen, by=film.officer, at=factories.NOON)
    assert film.number in as_("chen").get("/recordings/").content.decode()


def test_who_is_entered_is_not_offered_again(as_, film):
    chen, gao = factories.officer("chen"), factories.officer("gao")
    sharing.share(film, chen, by=film.officer, at=factories.NOON)
    offered = as_("li").get(PAGE).context["share_form"].fields["officer"].queryset
    assert gao in offered
    assert chen not in offered


def test_nobody_of_another_bureau_can_be_chosen(as_, film):
    stranger = factories.officer("bai", agency=factories.agency("另一县卫健局"))
    browser = as_("zhou")
    offered = browser.get(PAGE).context["share_form"].fields["officer"].queryset
    assert stranger not in offered
    browser.post(f"{PAGE}shares/", {"officer": stranger.pk})
    assert not Share.objects.exists()


@pytest.mark.parametrize("way", ["shares/", "shares/1/remove/"])
def test_another_bureau_finds_no_such_recording(as_, film, way):
    factories.officer("bai", Role.CUSTODIAN, agency=factories.agency("另一县卫健局"))
    assert as_("bai").post(PAGE + way, {"officer": 1}).status_code == 404


def test_one_struck_out_by_another_meanwhile_is_told(as_, film):
    chen = factories.officer("chen")
    answer = as_("li").post(f"{PAGE}shares/{chen.pk}/remove/")
    assert answer.status_code == 409


def test_more_names_cost_no_more_queries(as_, film):
    browser = as_("li")

    def cost(names: int) -> int:
        for _ in range(names):
            sharing.share(
                film,
                factories.officer(f"c{Share.objects.count()}"),
                by=film.officer,
                at=factories.NOON,
            )
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        return len(asked)

    cost(1)
    assert cost(1) == cost(12)
