"""A recording's page where it may not be opened, and where a grant opens it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from viewing_cast import asked, everybody, film, linked

import factories
from liuhen.access.models import Viewing
from liuhen.custody.models import CustodyEvent

PAGE, OPEN = "/recordings/2026-000001/", "/recordings/2026-000001/open/"


@pytest.fixture
def cast(bureau) -> None:
    everybody()


def test_instead_of_the_player_there_is_the_way_to_ask(as_, cast):
    film()
    answer = as_("zhao").get(PAGE)
    assert answer.context["locked"].article == 18
    page = answer.content.decode()
    assert "/viewing/ask/?recording=2026-000001&amp;kind=view" in page
    assert f'action="{OPEN}"' not in page


def test_ones_own_opens_without_asking(as_, cast):
    film()
    answer = as_("li").get(PAGE)
    assert "locked" not in answer.context
    assert f'action="{OPEN}"' in answer.content.decode()


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_ones_own_is_asked_for_as_such_where_the_regulation_wants_it(as_, cast):
    factories.follow("chengde-safety")
    film()
    answer = as_("li").get(PAGE)
    assert (answer.context["locked"].kind, answer.context["locked"].article) == ("own_case", 22)


def test_a_request_under_way_is_shown_instead_of_a_second_one(as_, cast):
    made = asked(film(), by="zhao")
    page = as_("zhao").get(PAGE).content.decode()
    assert f"/viewing/{made.number}/" in page
    assert "办理中" in page


def test_a_grant_opens_it_and_says_until_when(as_, cast):
    grant = factories.grant(film(), factories.officer("wang"))
    browser = as_("wang")
    page = browser.get(PAGE).content.decode()
    assert f"经 {grant.request.number} 批准" in page
    assert browser.post(OPEN).status_code == 200
    assert Viewing.objects.get().grant == grant


def test_what_is_shown_to_an_outsider_is_said_before_it_opens(as_, cast):
    factories.grant(film(), None)
    browser = as_("zhou")
    assert "向某县人民法院 张法官出示" in browser.get(PAGE).content.decode()
    browser.post(OPEN)
    assert Viewing.objects.get().for_whom == "某县人民法院 张法官"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "player"}])
def test_opened_all_the_same_it_is_refused_with_the_way_on(as_, cast, headers):
    film()
    answer = as_("zhao").post(OPEN, headers=headers)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "/viewing/ask/?recording=2026-000001" in page
    assert "access.no_grant" in page
    assert not Viewing.objects.exists()


def test_a_grant_that_is_over_opens_nothing(as_, cast):
    over = timezone.now() - timedelta(seconds=1)
    factories.grant(film(), factories.officer("zhao"), until=over)
    assert as_("zhao").get(PAGE).context["locked"]
    assert as_("zhao").post(OPEN).status_code == 403


def test_looking_at_the_page_is_no_viewing(as_, cast):
    film()
    before = CustodyEvent.objects.count()
    as_("zhao").get(PAGE)
    assert CustodyEvent.objects.count() == before


def test_the_players_of_an_activity_knows_where_to_ask(as_, cast):
    linked(film())
    told = as_("zhao").get("/activities/HD-2026-000001/player/").context["told"]
    [segment] = told["lanes"][0]["segments"]
    assert segment["ask"] == "/viewing/ask/?recording=2026-000001"


def test_a_copys_grant_has_the_download_beside_the_file(as_, cast):
    factories.grant(film(), factories.officer("wang"), may_copy=True)
    assert "/api/recordings/2026-000001/download" in as_("wang").get(PAGE).content.decode()
    assert "/download" not in as_("li").get(PAGE).content.decode()
