"""Required fields: figures, list and filling in on their page, and the card on a recording's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from cases.case_cast import add, events, open_case, shop
from liuhen.cases.models import ActivityRecording
from liuhen.regulations.models import Adoption

NOON = factories.NOON


@pytest.fixture
def market(bureau):
    Adoption.objects.filter(agency=bureau).update(pack_id="weidong-market")
    return bureau


def on_site(number: str, activity: str):
    recording = factories.recording(number)
    ActivityRecording.objects.create(
        activity=factories.activity(activity), recording=recording, was_proposed=False,
        linked_at=NOON, linked_by=factories.officer("li"),
    )  # fmt: skip
    return recording


def listed(browser, **asked) -> list[str]:
    return [row.number for row, _told in browser.get("/required/", asked).context["lines"]]


@pytest.mark.enforces("archive", article="weidong-market:9")
def test_what_lacks_is_counted_listed_and_said_with_its_article(as_, market):
    on_site("2026-000001", "HD-2026-000001")
    shown = as_("zhou").get("/required/")
    assert shown.context["lacking"] == 1
    assert dict(shown.context["sums"]) == {"case_name": 1, "party": 1, "recorded_date": 0}
    text = shown.content.decode()
    assert "第九条" in text
    assert "HD-2026-000001" in text
    assert listed(as_("zhou"), field="party") == ["2026-000001"]
    assert listed(as_("zhou"), words="没有") == []


@pytest.mark.enforces("archive", article="weidong-market:9")
def test_a_recordings_page_says_what_lacks(as_, market):
    recording = factories.recording(content=b"x")
    shown = as_("li").get(f"/recordings/{recording.number}/").content.decode()
    assert "归档必填信息" in shown
    assert "案件名称" in shown


def test_nothing_is_said_where_nothing_is_required(as_, bureau):
    recording = factories.recording(content=b"x")
    assert "归档必填信息" not in as_("li").get(f"/recordings/{recording.number}/").content.decode()
    assert "没有规定归档必填项目" in as_("li").get("/required/").content.decode()


def test_many_are_filled_in_at_once(as_, market):
    case, _party = open_case(), add(shop())
    for n in (1, 2):
        on_site(f"2026-00000{n}", f"HD-2026-00000{n}")
    factories.recording("2026-000003")
    said = {"recording": ["2026-000001", "2026-000002", "2026-000003"]}
    said |= {"case": "卫罚(2026)7号", "party": "惠民餐饮店"}
    answer = as_("li").post("/required/fill/", said, follow=True)
    assert "已补填 2 项执法活动；1 份资料尚未归入执法活动" in answer.content.decode()
    assert events("activity:HD-2026-000002") == ["activity.changed"]
    assert case.activities.count() == 2
    assert listed(as_("li")) == ["2026-000003"]


@pytest.mark.parametrize(
    ("said", "words"),
    [({"case": "没有号"}, "没有案号为“没有号”的案件"), ({}, "没有选择案件或者当事人")],
)
def test_what_cannot_be_filled_in_is_said(as_, market, said, words):
    on_site("2026-000001", "HD-2026-000001")
    answer = as_("li").post("/required/fill/", {"recording": "2026-000001"} | said)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_page_costs_as_many_queries_for_many_as_for_one(as_, market):
    browser = as_("zhou")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/required/").status_code == 200
        return len(asked)

    on_site("2026-000001", "HD-2026-000001")
    cost()
    once = cost()
    for n in range(2, 9):
        on_site(f"2026-00000{n}", f"HD-2026-00000{n}")
    assert cost() == once
