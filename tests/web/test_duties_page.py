"""The inbox and a duty's page."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.duties import overdue
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.web.duties_text import Told, due_words, span_words

NOON = factories.NOON
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def duty(key: str = "daily_check:1", **more) -> Duty:
    """An open check of Wang's unit, due in three hours unless said otherwise."""
    facts = {
        "agency": factories.agency(),
        "key": key,
        "kind": DutyKind.DAILY_CHECK,
        "pack_id": "neiqiu-health",
        "article": 20,
        "unit": factories.unit(),
        "post": "unit_head",
        "started_at": now() - HOUR,
        "due_at": now() + 3 * HOUR,
        "facts": {
            "what": "检查设备使用管理情况",
            "rhythm": "working_day",
            "first": "2026-01-05",
            "last": "2026-01-05",
            "grounds": [],
        },
    } | more
    return Duty.objects.create(**facts)


def closed(key: str, **more) -> Duty:
    return duty(key, state=DutyState.DONE, closed_at=now(), **more)


def shown(page) -> list[int]:
    return [told.duty.pk for told in page.context["rows"]]


def test_soonest_first_and_without_a_time_last(as_):
    later, never = duty("a"), duty("b", due_at=None)
    sooner = duty("c", due_at=now() + HOUR)
    assert shown(as_("wang").get("/duties/")) == [sooner.pk, later.pk, never.pk]


def test_zero_means_done(as_):
    page = as_("wang").get("/duties/")
    assert "暂无待办事项" in page.content.decode()


def test_the_tabs_are_those_one_may_see(as_):
    def tabs(login: str) -> list[str]:
        return [name for name, _said in as_(login).get("/duties/").context["tabs"]]

    assert tabs("li") == ["mine", "done"]
    assert tabs("wang") == ["mine", "unit", "done"]
    assert tabs("zhao") == ["mine", "agency", "done"]


def test_a_tab_one_may_not_see_is_ones_own(as_):
    duty()
    assert shown(as_("li").get("/duties/?tab=agency")) == []


def test_what_a_unit_owes_is_on_its_heads_tab(as_):
    of_li = duty(owner=factories.officer("li"))
    assert shown(as_("wang").get("/duties/?tab=mine")) == []
    assert shown(as_("wang").get("/duties/?tab=unit")) == [of_li.pk]


def test_the_filter_bar_narrows(as_):
    late = duty("a", due_at=now() - DAY)
    other = duty("b", kind=DutyKind.PLAYBACK, article=22)
    browser = as_("zhao")
    assert shown(browser.get("/duties/?tab=agency&state=overdue")) == [late.pk]
    assert shown(browser.get("/duties/?tab=agency&kind=playback")) == [other.pk]
    assert shown(browser.get("/duties/?tab=agency&article=22")) == [other.pk]
    assert shown(browser.get(f"/duties/?tab=agency&unit={factories.unit('监督二科').pk}")) == []


@pytest.mark.parametrize(
    "query", ["month=2026-13", "article=x", "unit=999", "cursor=!!", "state=x"]
)
def test_what_cannot_be_understood_is_left_out(as_, query):
    one = duty()
    assert shown(as_("zhao").get(f"/duties/?tab=agency&{query}")) == [one.pk]


def test_a_month_is_chinas_and_midnight_is_the_day_before(as_):
    last = duty("a", due_at=NOON.replace(day=31, hour=16))  # 2026-01-31 24:00
    duty("b", due_at=NOON.replace(month=2, hour=16))
    assert shown(as_("zhao").get("/duties/?tab=agency&month=2026-01")) == [last.pk]


def test_what_is_done_is_under_done_newest_first(as_):
    older = closed("a")
    newer = closed("b", closed_by=factories.officer("wang"))
    Duty.objects.filter(pk=older.pk).update(closed_at=now() - DAY)
    duty("c")
    assert shown(as_("wang").get("/duties/?tab=done")) == [newer.pk, older.pk]


def test_pages_follow_each_other_and_back(as_, monkeypatch):
    monkeypatch.setattr("liuhen.duties.paging.PAGE_SIZE", 2)
    made = [duty(f"{n}", due_at=now() + n * HOUR).pk for n in range(1, 6)]
    browser = as_("wang")
    first = browser.get("/duties/")
    second = browser.get(f"/duties/?cursor={first.context['page'].later}")
    third = browser.get(f"/duties/?cursor={second.context['page'].later}")
    back = browser.get(f"/duties/?cursor={third.context['page'].earlier}")
    assert [shown(page) for page in (first, second, third, back)] == [
        made[:2], made[2:4], made[4:], made[2:4],
    ]  # fmt: skip
    assert (first.context["page"].count, third.context["page"].later) == (5, None)


def test_a_long_list_asks_as_much_as_a_short_one(as_):
    browser = as_("zhao")
    duty("0")
    browser.get("/duties/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get("/duties/?tab=agency")
        return len(queries)

    few = asked()
    for n in range(1, 21):
        duty(f"{n}", owner=factories.officer(f"o{n}"))
    assert asked() == few


def test_the_menu_counts_what_is_open_for_me(as_):
    duty("a")
    closed("b")
    assert as_("wang").get("/password/").context["open_duties"] == 1
    assert as_("li").get("/password/").context["open_duties"] == 0


def test_another_bureaus_duty_is_not_there(as_):
    from liuhen.people.models import Agency

    other = Agency.objects.create(name="另一局", set_up_at=NOON)
    theirs = duty(agency=other, unit=None, owner=None)
    assert as_("qian").get(f"/duties/{theirs.pk}/").status_code == 404


GROUND = {
    "article": 20,
    "code": "cadence",
    "facts": {"posts": "unit_head", "what": "检查", "rhythm": "working_day"},
    "reading": "按每个工作日掌握",
    "see": [],
}


def test_the_page_says_what_whose_why_and_until_when(as_):
    one = duty(due_at=now() - 2 * DAY - HOUR, breach_article=23, breach_no=5)
    Duty.objects.filter(pk=one.pk).update(facts=one.facts | {"grounds": [GROUND]})
    text = as_("wang").get(f"/duties/{one.pk}/").content.decode()
    for said in ("第二十条", "按每个工作日掌握", "已逾期", "逾期 2 天", "第二十三条第（五）项"):
        assert said in text


def test_done_with_a_note(as_):
    one = duty()
    answer = as_("wang").post(f"/duties/{one.pk}/complete/", {"note": "已检查，设备正常"})
    assert answer.url == f"/duties/{one.pk}/"
    one.refresh_from_db()
    assert (one.state, one.reason) == ("done", "已检查，设备正常")
    assert "已检查，设备正常" in as_("wang").get(answer.url).content.decode()


def test_without_a_note_it_is_not_done(as_):
    one = duty()
    page = as_("wang").post(f"/duties/{one.pk}/complete/", {"note": " "})
    assert page.context["complete_form"].errors
    assert Duty.objects.get().state == "open"


def test_who_may_neither_finish_nor_waive_it_gets_no_form(as_):
    one = duty()
    page = as_("fa").get(f"/duties/{one.pk}/")
    assert (page.context["complete_form"], page.context["waive_form"]) == (None, None)
    assert as_("fa").post(f"/duties/{one.pk}/complete/", {"note": "好"}).status_code == 403
    assert as_("fa").post(f"/duties/{one.pk}/waive/", {"reason": "不"}).status_code == 403


def test_waived_by_a_leader(as_):
    one = duty()
    as_("zhao").post(f"/duties/{one.pk}/waive/", {"reason": "当日停电"})
    one.refresh_from_db()
    assert (one.state, one.closed_by.login, one.reason) == ("waived", "zhao", "当日停电")


def test_done_meanwhile_is_said(as_):
    one = closed("a")
    answer = as_("wang").post(f"/duties/{one.pk}/complete/", {"note": "好"})
    assert (answer.status_code, answer.context["refusal"].code) == (409, "duties.already_closed")


def sheet(answer) -> list[tuple]:
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


def test_the_export_holds_all_pages_of_what_is_filtered(as_, monkeypatch):
    monkeypatch.setattr("liuhen.duties.paging.PAGE_SIZE", 1)
    duty("a"), duty("b"), duty("c", kind=DutyKind.PLAYBACK)
    rows = sheet(as_("zhao").get("/duties/export/?tab=agency&kind=daily_check"))
    assert len(rows) == 3
    assert rows[1][2] == "第二十条"


def test_the_export_is_in_the_lists_order(as_):
    duty("a", due_at=None, article=3), duty("b", article=20)
    rows = sheet(as_("wang").get("/duties/export/"))
    assert [row[2] for row in rows[1:]] == ["第二十条", "第三条"]


def test_a_note_that_looks_like_a_formula_stays_text(as_):
    closed("a", reason='=HYPERLINK("http://x")\x07', closed_by=factories.officer("wang"))
    answer = as_("wang").get("/duties/export/?tab=done")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cell = book.active.cell(2, 11)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def test_too_many_rows_are_not_exported_at_once(as_, monkeypatch):
    monkeypatch.setattr("liuhen.web.sheets.MOST_ROWS", 1)
    duty("a"), duty("b")
    answer = as_("wang").get("/duties/export/")
    assert answer.context["refusal"].code == "web.too_many_to_export"


@pytest.mark.parametrize(
    ("span", "said"),
    [(2 * DAY + HOUR, "2 天"), (3 * HOUR, "3 小时"), (HOUR / 2, "30 分钟"), (HOUR / 999, "1 分钟")],
)
def test_time_in_words(span, said):
    assert span_words(span) == said


def test_a_limit_at_midnight_is_the_end_of_the_day_before():
    assert due_words(NOON.replace(hour=16)) == "2026-01-05 24:00"
    assert due_words(NOON) == "2026-01-05 12:00"
    assert due_words(None) == "未规定期限"


def test_a_suspended_owners_duty_still_shows_for_the_unit(as_):
    li = factories.officer("li")
    one = duty(owner=li)
    Officer.objects.filter(pk=li.pk).update(is_active=False)
    assert shown(as_("wang").get("/duties/?tab=unit")) == [one.pk]


def test_what_stands_in_for_the_end_is_said(as_):
    recording = factories.recording()
    one = duty(
        kind=DutyKind.HANDOVER,
        recording=recording,
        owner=factories.officer("li"),
        facts={"grounds": [], "stands_in": "matter_end"},
    )
    assert "暂以录制结束时间起算" in as_("li").get(f"/duties/{one.pk}/").content.decode()
    assert Told(one, NOON).title == f"按时移交音像资料 {recording.number}"


def test_a_refusal_about_a_duty_leads_to_the_article_that_demands_it(as_):
    one = duty(article=20)
    shown = as_("zhao").post(f"/duties/{one.pk}/complete/", {"note": "已检查"})
    assert '<a href="/rules/articles/20/">第二十条</a>' in shown.content.decode()


def test_of_a_closed_one_todays_holder_of_the_post_is_not_named(as_):
    factories.officer("wang")
    waiting, done = duty("a"), closed("b")
    browser = as_("qian")
    assert "王科长" in browser.get(f"/duties/{waiting.pk}/").content.decode()
    assert "王科长" not in browser.get(f"/duties/{done.pk}/").content.decode()


def test_a_lateness_noted_days_later_says_since_when_it_was_late(as_):
    late = duty("a", due_at=NOON)
    overdue.note_due(at=NOON + 3 * DAY)
    steps = as_("qian").get(f"/duties/{late.pk}/").context["steps"]
    [noted] = [step for step in steps if step.at == NOON + 3 * DAY]
    assert noted.words == "期限 2026-01-05 12:00"
