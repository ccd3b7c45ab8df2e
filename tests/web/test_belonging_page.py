"""未归入活动的资料: proposals confirmed in bulk, groups registered, the rest set aside."""

import pytest
from django.db import connection

import factories
from cases.activity_cast import HOUR, MINUTE, NOON, li, recorded, registered, under_way
from liuhen.cases import asides, belonging, linking
from liuhen.cases.models import Aside
from liuhen.people.roles import Role
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import Filters

NOW = NOON + 5 * HOUR


@pytest.fixture(autouse=True)
def at_five(monkeypatch, bureau):
    for name in ("activity", "belonging"):
        monkeypatch.setattr(f"liuhen.web.views.{name}.now", lambda: NOW)


def pair(activity, recording):
    return f"{activity.number}|{recording.number}"


def three_activities():
    """An hour apart, each with a recording of its own."""
    device, made = factories.device(), []
    for n in range(3):
        at = NOON + n * HOUR
        activity = registered(arrived_at=at, left_at=at + 20 * MINUTE, devices=(device,), at=NOW)
        made.append((activity, recorded(n + 1, minutes=60 * n + 5)))
    return made


def test_proposals_of_many_activities_are_confirmed_at_once(as_):
    made, browser = three_activities(), as_("zhou")
    page = browser.get("/loose/")
    assert page.context["work"].proposed == 3
    assert page.content.decode().count('name="pair"') == 3
    browser.post("/loose/confirm/", {"pair": [pair(*one) for one in made]})
    assert [linking.recordings_of(activity).get() for activity, _r in made] == [r for _a, r in made]
    assert "资料都已归入执法活动" in browser.get("/loose/").content.decode()


def test_what_somebody_confirmed_meanwhile_is_said(as_):
    made = three_activities()
    linking.link(*made[0], by=li(), at=NOW)
    browser = as_("zhou")
    answer = browser.post("/loose/confirm/", {"pair": [pair(*one) for one in made]}, follow=True)
    assert "已归入 2 份资料。另有 1 份此前已由他人办理" in answer.content.decode()


def test_ticked_ones_are_declined_by_the_other_button(as_):
    made, browser = three_activities(), as_("zhou")
    browser.post("/loose/confirm/", {"pair": [pair(*one) for one in made], "act": "decline"})
    work = browser.get("/loose/").context["work"]
    assert (work.proposed, sum(len(one.recordings) for one in work.groups)) == (0, 3)


def test_an_activity_one_may_not_see_makes_no_pair(as_):
    made = three_activities()
    browser = as_(factories.officer("he"))
    assert browser.post("/loose/confirm/", {"pair": pair(*made[0])}).status_code == 404
    far = as_(factories.stranger("far", Role.CUSTODIAN))
    assert far.post("/loose/confirm/", {"pair": pair(*made[0])}).status_code == 404


@pytest.mark.parametrize("login", ["zhao", "du", "fa"])
def test_those_who_only_look_confirm_nothing(as_, login):
    made, browser = three_activities(), as_(login)
    assert 'name="pair"' not in browser.get("/loose/").content.decode()
    assert browser.post("/loose/confirm/", {"pair": pair(*made[0])}).status_code == 403


def test_what_fits_none_is_grouped_with_a_way_to_register_it(as_):
    recorded(1, minutes=0), recorded(2, minutes=12), recorded(3, minutes=120)
    page = as_("wang").get("/loose/")
    assert [len(one.recordings) for one in page.context["work"].groups] == [1, 2]
    way = "/activities/new/?recording=2026-000001&amp;recording=2026-000002"
    assert way in page.content.decode()
    assert way not in as_("zhou").get("/loose/").content.decode()


def test_ticked_ones_are_assigned_to_an_activity(as_):
    activity, rows = under_way(), [recorded(1, minutes=900), recorded(2, minutes=905)]
    numbers = [one.number for one in rows]
    as_("zhou").post("/loose/assign/", {"recording": numbers, "activity": "hd-2026-000001"})
    assert list(linking.recordings_of(activity)) == rows


def test_ticked_ones_are_set_aside_with_a_reason(as_):
    recorded(1), recorded(2)
    browser = as_("zhou")
    said = {"recording": ["2026-000001"], "act": "aside", "why": "test", "reason": ""}
    answer = browser.post("/loose/assign/", said, follow=True)
    assert "写明这些资料是怎样形成的" in answer.content.decode()
    browser.post("/loose/assign/", said | {"reason": "开机试拍"})
    assert Aside.objects.get().recording.number == "2026-000001"


def test_the_way_back_stays_on_this_site(as_):
    recorded(1)
    said = {"recording": "2026-000001", "act": "aside", "why": "test", "reason": "试拍"}
    answer = as_("zhou").post("/loose/assign/", said | {"back": "https://evil.example/"})
    assert answer.headers["Location"] == "/loose/"


def test_what_is_not_for_enforcement_stands_out_and_is_taken_back(as_):
    asides.set_aside([recorded(1)], why=Aside.Why.NOT_ENFORCEMENT, reason="开会", by=li(), at=NOW)
    page = as_("du").get("/loose/asides/?why=not_enforcement").content.decode()
    assert "table-danger" in page
    assert "/loose/asides/2026-000001/back/" not in page
    as_("li").post("/loose/asides/2026-000001/back/")
    assert not Aside.objects.exists()


def test_an_officer_sees_their_own_open_ones_alone(as_):
    recorded(1), recorded(2, by="he")
    assert as_("li").get("/loose/").context["work"].count == 1
    assert as_("wang").get("/loose/").context["work"].count == 2


def test_the_list_is_filtered_by_day_and_maker(as_):
    recorded(1), recorded(2, by="he", minutes=60 * 24)
    browser = as_("zhou")
    for asked in (f"officer={li().pk}", "until=2026-01-05"):
        assert browser.get(f"/loose/?{asked}").context["work"].count == 1


def test_a_long_list_is_paged(as_, monkeypatch):
    monkeypatch.setattr(belonging, "PAGE_SIZE", 2)
    for n in range(1, 6):
        recorded(n, minutes=60 * n)
    browser = as_("zhou")
    first = browser.get("/loose/").context["work"]
    second = browser.get(f"/loose/?cursor={first.older}").context["work"]
    assert [one.recordings[0].number[-1] for one in [*first.groups, *second.groups]] == list("5432")


def test_the_list_asks_as_often_for_many_as_for_few(as_, django_assert_max_num_queries):
    made = three_activities()
    for n in range(10, 40):
        recorded(n, minutes=n)
    assert len(made) == 3
    browser = as_("zhou")
    browser.get("/loose/")
    with django_assert_max_num_queries(26):
        browser.get("/loose/")


def test_lists_are_read_by_their_indexes(db):
    """However much is settled, what is open is found without reading it."""
    zhou = factories.officer("zhou")
    plan = belonging.loose(zhou).order_by("-recorded_at", "-pk")[:60].explain()
    # Where nothing is, PostgreSQL takes whichever of the indexes it comes to first.
    assert "recording_loose" in plan or connection.vendor == "postgresql"
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan
    work = belonging.worklist(zhou, Filters(), None, at=NOW)
    assert work.count == Recording.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/loose/assign/", "recording"),
        ("/loose/assign/", "activity"),
        ("/loose/confirm/", "pair"),
        ("/activities/new/", "recording"),
    ],
)
def test_a_number_with_a_nul_is_none(as_, address, field):
    answer = as_("li").post(address, {"recording": recorded().number, field: "a\0|b\0"})
    assert answer.status_code < 500
