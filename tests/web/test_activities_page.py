"""执法活动: the list, registering on site and afterwards, one activity's page."""

import re
from io import BytesIO

import openpyxl
import pytest

import factories
from cases.activity_cast import HOUR, MINUTE, NOON, bai, facts, li, recorded, registered, under_way
from liuhen.cases import activities, linking, matters
from liuhen.cases.models import Activity, ListedMatter, Part, Tick
from liuhen.devices.models import Checkout
from liuhen.people.filled import Row
from liuhen.people.roles import Role
from liuhen.regulations.models import Adoption

NOW = NOON + 2 * HOUR


@pytest.fixture(autouse=True)
def at_two(monkeypatch, bureau):
    """The pages' clock: two hours after noon."""
    for name in ("activity", "on_site", "belonging", "matters", "activities"):
        monkeypatch.setattr(f"liuhen.web.views.{name}.now", lambda: NOW)


def follow(pack_id):
    Adoption.objects.update(pack_id=pack_id)


def sent(*logins, **more):
    """What the form sends."""
    officers = [factories.officer(login).pk for login in logins or ("li", "bai")]
    return {"matter": "k:inspection", "place": "中兴路12号", "officers": officers} | more


def listed_matter(name="公共场所检查"):
    row = Row(2, ("1", "行政检查", name, "现场检查", *[""] * 10))
    legal = factories.officer("fa")
    matters.take_in(legal.agency, [row], by=legal, at=NOON)
    return ListedMatter.objects.get(name=name)


def shown(page):
    return [one.number for one in page.context["page"].rows]


def test_each_sees_the_activities_that_are_theirs(as_):
    mine, _others = registered(), registered("he", "lu", by="he")
    assert shown(as_("li").get("/activities/")) == [mine.number]
    assert len(shown(as_("wang").get("/activities/"))) == 2
    assert shown(as_(factories.stranger("far", Role.CUSTODIAN)).get("/activities/")) == []


def test_the_list_is_filtered_and_leaves_out_what_is_voided(as_):
    listed = registered(place="人民路3号", arrived_at=NOON, party_name="某某超市")
    registered(kind="hearing")
    browser = as_("wang")
    for asked in ("words=超市", "since=2026-01-05&until=2026-01-05", "state=under_way"):
        assert shown(browser.get(f"/activities/?{asked}")) == [listed.number], asked
    browser.post(f"/activities/{listed.number}/void/", {"reason": "重复登记"})
    assert listed.number not in shown(browser.get("/activities/"))
    assert shown(browser.get("/activities/?state=voided")) == [listed.number]


def test_the_list_asks_as_often_for_thirty_as_for_two(as_, django_assert_max_num_queries):
    browser, pairs = as_("wang"), [("li", "bai"), ("he", "lu")]
    for n in range(30):
        registered(*pairs[n % 2], by=pairs[n % 2][0])
    with django_assert_max_num_queries(24):
        assert len(shown(browser.get("/activities/"))) == 30


def test_the_list_goes_to_excel(as_):
    registered(arrived_at=NOON, party_name="=某某超市")
    answer = as_("wang").get("/activities/export/")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer))).active
    row = [cell.value for cell in sheet[2]]
    assert row[:5] == ["HD-2026-000001", "日常检查", "日常检查", "中兴路12号", "=某某超市"]
    assert row[7:9] == ["li执法、bai".replace("li", "李"), "2026-01-05 12:00"]


def test_the_form_begins_with_who_and_what_was_last(as_):
    line, device = listed_matter(), factories.device()
    registered(listed=line, kind="inspection")
    Checkout.objects.create(
        agency=device.agency, device=device, officer=li(), unit=li().unit,
        handed_at=NOON, handed_by=li(),
    )  # fmt: skip
    form = as_("li").get("/activities/new/").context["form"]
    assert form.initial["matter"] == f"m:{line.pk}"
    assert form.initial["officers"] == [li().pk, bai().pk]
    assert form.initial["devices"] == [device.pk]


def test_the_first_time_the_matter_is_to_be_chosen(as_):
    listed_matter()
    browser = as_("li")
    answer = browser.post("/activities/new/", sent(matter=""))
    assert list(answer.context["form"].errors) == ["matter"]
    assert browser.get("/activities/new/").context["form"]["matter"].value() == ""


def test_without_a_list_the_kind_of_the_last_one_is_chosen(as_):
    factories.activity(kind="hearing")
    form = as_("li").get("/activities/new/").context["form"]
    assert form["matter"].value() == "k:hearing"
    assert "" not in dict(form.fields["matter"].choices)


def test_one_press_registers_and_arrives(as_):
    answer = as_("li").post("/activities/new/", sent(act="arrive"))
    made = Activity.objects.get()
    assert answer.headers["Location"] == f"/activities/{made.number}/site/"
    assert (made.arrived_at, made.unit) == (NOW, li().unit)
    assert made.activity_officers.get(is_lead=True).officer == li()


def test_before_arriving_it_is_planned_and_arrives_by_one_press(as_):
    browser = as_("li")
    browser.post("/activities/new/", sent(act="plan"))
    made = Activity.objects.get()
    assert made.arrived_at is None
    browser.post(f"/activities/{made.number}/arrive/")
    browser.post(f"/activities/{made.number}/leave/")
    made.refresh_from_db()
    assert made.left_at == NOW


def test_one_officer_alone_is_told_the_laws_article(as_):
    answer = as_("li").post("/activities/new/", sent("li", act="arrive"))
    assert answer.status_code == 422
    assert "行政处罚法》第四十二条" in answer.content.decode()
    assert not Activity.objects.exists()


def test_afterwards_with_typed_times(as_):
    times = {"arrived_at": "2026-01-05T10:00", "left_at": "2026-01-05T11:30"}
    answer = as_("li").post("/activities/new/?afterwards=1", sent(**times))
    made = Activity.objects.get()
    assert answer.headers["Location"] == f"/activities/{made.number}/"
    assert (made.arrived_at, made.left_at) == (NOON - 2 * HOUR, NOON - 30 * MINUTE)


def test_a_matter_of_the_list_brings_its_kind_and_stage(as_):
    line = listed_matter()
    as_("li").post("/activities/new/", sent(matter=f"m:{line.pk}"))
    made = Activity.objects.get()
    assert (made.listed, made.kind, made.stage) == (line, "inspection", "现场检查")


def test_an_organisation_known_by_that_name_is_the_party(as_):
    factories.party("某某餐饮店")
    factories.party("张三", kind="person")
    browser = as_("li")
    for name, known in (("某某餐饮店", True), ("张三", False), ("不详", False)):
        browser.post("/activities/new/", sent(party_name=name))
        made = Activity.objects.latest("pk")
        assert (made.party is not None, made.party_name) == (known, name)


def test_unknown_devices_and_cases_are_said_beside_their_fields(as_):
    wrong = sent(device_nos="ZF-999", case_no="无此案")
    answer = as_("li").post("/activities/new/", wrong)
    assert set(answer.context["form"].errors) == {"device_nos", "case_no"}


@pytest.mark.parametrize(
    ("pack_id", "asked"),
    [
        ("luohe-livestock", {"disputable"}),
        ("weidong-market", {"rights"}),
        ("jiaxian-health", {"triggers", "excuse"}),
        ("neiqiu-health", {"triggers"}),
    ],
)
def test_only_what_the_regulation_asks_is_asked(as_, pack_id, asked):
    follow(pack_id)
    fields = set(as_("li").get("/activities/new/").context["form"].fields)
    assert asked <= fields
    assert not ({"disputable", "rights", "triggers"} - asked) & fields


def test_from_recordings_that_belong_together_it_begins_filled_in(as_):
    rows = [recorded(1), recorded(2, by="bai", minutes=8, device=factories.device("ZF-002"))]
    numbers = "&".join(f"recording={one.number}" for one in rows)
    browser = as_("wang")
    form = browser.get(f"/activities/new/?{numbers}").context["form"]
    assert form.initial["officers"] == [li().pk, bai().pk]
    assert (form.initial["arrived_at"], form.initial["left_at"]) == (
        NOON + 5 * MINUTE, NOON + 19 * MINUTE)  # fmt: skip
    more = {"recording": [one.number for one in rows], "arrived_at": "2026-01-05T12:05"}
    browser.post("/activities/new/", sent(**more))
    assert list(linking.recordings_of(Activity.objects.get())) == rows


def test_recordings_one_does_not_see_make_no_activity(as_):
    recorded(1)
    assert as_("bai").get("/activities/new/?recording=2026-000001").status_code == 404


@pytest.mark.enforces("notice", article="luohe-livestock:8")
def test_the_notice_stands_large_with_the_officers_names(as_):
    follow("luohe-livestock")
    page = as_("li").get(f"/activities/{under_way().number}/site/").content.decode()
    assert re.search(r'class="notice-words">[^<]*执法人员李执法、bai，', page)


@pytest.mark.enforces("notice", article="jiaxian-health:9")
def test_where_a_phrase_book_is_named_the_page_names_it(as_):
    follow("jiaxian-health")
    page = as_("li").get(f"/activities/{under_way().number}/site/").content.decode()
    assert "省级行政执法部门统一制定的执法行为用语" in page


def test_points_are_ticked_and_taken_back(as_):
    activity, browser = under_way(), as_("li")
    way = f"/activities/{activity.number}/points/"
    part = browser.post(way, {"part": "shot", "code": "place"}, headers={"HX-Request": "true",
        "HX-Target": "points"})  # fmt: skip
    assert part.context["kept"] == 1
    assert Tick.objects.get().part == Part.SHOT
    browser.post(way, {"part": "shot", "code": "place", "on": "0"})
    assert not Tick.objects.exists()


@pytest.mark.parametrize(
    ("pack_id", "has_it"), [("chengde-safety", True), ("luohe-livestock", True),
                            ("jiaxian-health", False)],
)  # fmt: skip
def test_the_inspections_end_is_asked_for_where_it_ends_the_recording(as_, pack_id, has_it):
    follow(pack_id)
    activity, browser = under_way(), as_("li")
    page = browser.get(f"/activities/{activity.number}/site/").content.decode()
    assert (f"/activities/{activity.number}/end/" in page) == has_it
    browser.post(f"/activities/{activity.number}/end/")
    activity.refresh_from_db()
    assert activity.inspection_ended_at == NOW


@pytest.mark.enforces("site", article="chengde-safety:10")
def test_one_device_where_two_are_to_be_carried_is_said(as_):
    follow("chengde-safety")
    one = under_way(devices=(factories.device(),))
    two = under_way(devices=(factories.device(), factories.device("ZF-002")))
    browser = as_("li")
    assert browser.get(f"/activities/{one.number}/").context["site"].missing == 1
    assert browser.get(f"/activities/{two.number}/").context["site"].is_kept


@pytest.mark.enforces("site", article="jiaxian-health:11")
def test_photos_of_key_points_are_looked_for(as_):
    follow("jiaxian-health")
    activity, browser = under_way(), as_("li")
    way = f"/activities/{activity.number}/"
    assert not browser.get(way).context["site"].is_kept
    linking.link(activity, recorded(1, kind="photo"), by=li(), at=NOON)
    assert browser.get(way).context["site"].photos == 1


def test_a_page_shows_what_may_belong_and_confirms_it_with_one_press(as_):
    activity, browser = under_way(devices=(factories.device(),)), as_("li")
    recordings = [recorded(1), recorded(2, minutes=30)]
    way = f"/activities/{activity.number}/"
    page = browser.get(way)
    assert "设备、人员、时间相符" in page.content.decode()
    assert page.content.decode().count(" checked") == 2
    browser.post(f"{way}recordings/confirm/", {"recording": [one.number for one in recordings]})
    assert list(linking.recordings_of(activity)) == recordings
    assert browser.get(way).context["proposals"] == []


def test_what_a_colleague_recorded_is_for_them_to_confirm(as_):
    activity = under_way()
    recorded(1, by="bai")
    context = as_("li").get(f"/activities/{activity.number}/").context
    assert (context["proposals"], context["others"], context["others_names"]) == ([], 1, "bai")


def test_a_recording_is_declined_added_by_number_and_moved_out(as_):
    activity, browser, recording = under_way(), as_("li"), recorded(1)
    way = f"/activities/{activity.number}/recordings/"
    browser.post(f"{way}decline/", {"recording": recording.number})
    assert browser.get(f"/activities/{activity.number}/").context["proposals"] == []
    browser.post(f"{way}add/", {"recording": f" {recording.number} "})
    assert linking.recordings_of(activity).get() == recording
    browser.post(f"{way}unlink/", {"recording": recording.number, "reason": "误归"})
    assert not linking.recordings_of(activity).exists()


def test_its_page_asks_as_often_for_many_recordings_as_for_few(as_, django_assert_num_queries):
    activity, browser = under_way(devices=(factories.device(),)), as_("wang")
    way = f"/activities/{activity.number}/"

    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as made:
            browser.get(way)
        return len(made)

    linking.link(activity, recorded(1), by=li(), at=NOON)
    recorded(2)
    asked()
    few = asked()
    for n in range(3, 20):
        recorded(n)
        linking.link(activity, recorded(n + 20), by=li(), at=NOON)
    assert asked() == few


def test_it_is_put_right_and_untouched_times_keep_their_seconds(as_):
    arrived = NOON + 7 * (MINUTE / 60)
    activity = registered(arrived_at=arrived, at=NOW)
    browser, way = as_("bai"), f"/activities/{activity.number}/edit/"
    form = browser.get(way).context["form"]
    kept = {name: value for name, value in form.initial.items() if value not in (None, "", [])}
    kept |= {"arrived_at": "2026-01-05T12:00", "place": "中兴路14号"}
    assert browser.post(way, kept).headers["Location"] == f"/activities/{activity.number}/"
    activity.refresh_from_db()
    assert (activity.place, activity.arrived_at) == ("中兴路14号", arrived)


def test_of_two_who_edit_the_second_is_told(as_):
    activity, browser = registered(), as_("li")
    way = f"/activities/{activity.number}/edit/"
    seen = browser.get(way).context["seen"]
    activities.change(activity, facts(place="甲"), by=bai(), at=NOW)
    answer = browser.post(way, sent(place="乙", seen=seen))
    assert answer.status_code == 422
    assert "已由他人修改" in answer.content.decode()


def test_a_voided_one_says_so_and_offers_nothing(as_):
    activity, browser = under_way(), as_("li")
    browser.post(f"/activities/{activity.number}/void/", {"reason": "重复登记"})
    page = browser.get(f"/activities/{activity.number}/")
    assert "重复登记" in page.content.decode()
    assert not page.context["may_change"]
    assert browser.post(f"/activities/{activity.number}/leave/").status_code == 409


def test_a_recordings_page_names_its_activity(as_):
    activity, recording = under_way(), recorded(1)
    linking.link(activity, recording, by=li(), at=NOON)
    page = as_("bai").get(f"/recordings/{recording.number}/").content.decode()
    assert f"/activities/{activity.number}/" in page


def test_who_is_still_on_site_is_led_back_there(as_):
    activity, browser = under_way(), as_("bai")
    assert browser.get("/activities/new/").context["under_way"] == activity
    browser.post(f"/activities/{activity.number}/leave/")
    assert browser.get("/activities/new/").context["under_way"] is None
