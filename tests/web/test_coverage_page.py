"""记录完整性: figures lead to their lists; the panel draws what is kept."""

import html
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import factories
from cases.coverage_cast import NOON, exemption, film, listed, minute, stop, visit
from liuhen.cases import completeness, coverage
from liuhen.cases.models import Activity, Verdict
from liuhen.recordings.models import RecordingState
from liuhen.web import coverage_shown
from liuhen.web.coverage_text import length_text, share_text

YEAR = "/coverage/?year=2026"


@pytest.fixture(autouse=True)
def bureau_there(bureau):
    return bureau


def judged(number: str = "HD-2026-000001", verdict: Verdict | None = None, **more) -> Activity:
    """Judged; or with this verdict, whatever was recorded."""
    made = visit(number=number, **more)
    coverage.refresh(made, by="x", at=NOON)
    if verdict:
        Activity.objects.filter(pk=made.pk).update(verdict=verdict)
    made.refresh_from_db()
    return made


def page(browser, path=YEAR) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(activity: Activity) -> str:
    shown = {"told": coverage_shown.part(activity, factories.officer("li"))}
    return render_to_string("web/coverage/panel.html", shown)


def test_every_figure_leads_to_the_list_it_counts(as_):
    judged()
    judged("HD-2026-000002", Verdict.COMPLETE, arrived_at=NOON + timedelta(days=40), left_at=None)
    browser = as_("zhao")
    told = browser.get(YEAR).context
    for _title, _head, rows in told["tables"]:
        for row in rows:
            for figure in row.figures:
                found = browser.get(f"/coverage/list/?{figure.query}").context["rows"]
                assert len(found) == figure.n, (row.name, figure)
    assert told["whole"].total == 2
    assert told["whole"].percent == 50


def test_an_officer_counts_what_an_officer_sees(as_):
    judged()
    judged("HD-2026-000002", officer=factories.officer("he", unit=factories.unit("二科")))
    assert as_("li").get(YEAR).context["whole"].total == 1
    assert as_("wang").get(YEAR).context["whole"].total == 1
    assert as_("zhao").get(YEAR).context["whole"].total == 2


def test_a_matter_nobody_carried_out_stands_there_with_nothing(as_):
    listed("听证")
    _title, _head, matters = as_("zhao").get(YEAR).context["tables"][2]
    assert [(row.name, row.total) for row in matters] == [("听证", 0)]


def test_what_was_voided_or_has_not_begun_is_in_no_figure(as_):
    judged(arrived_at=None, left_at=None)
    li = factories.officer("li")
    judged("HD-2026-000002", voided_at=NOON, voided_by=li, void_reason="重复")
    shown = page(as_("zhao"))
    assert "另有 1 项尚未登记到达时间" in shown
    assert completeness.figures(factories.officer("zhao"), 2026, at=NOON).whole.total == 0


def test_the_list_says_what_is_missing_and_is_found_by_it(as_):
    film(-1, 10)
    judged()
    browser = as_("li")
    shown = page(browser, "/coverage/list/?verdict=incomplete")
    assert "1 处，共 20分钟" in shown
    assert "没有登记中断说明（第六条）" in shown
    assert "HD-2026-000001" not in page(browser, "/coverage/list/?verdict=complete")


def test_the_list_pages_by_keyset_in_the_same_queries(as_):
    browser, asked = as_("zhao"), []
    browser.get("/coverage/list/")
    for n in range(60):
        judged(f"HD-2026-{n:06d}", arrived_at=minute(n), left_at=minute(n + 1))
        if n in (1, 59):
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get("/coverage/list/")
            asked.append(len(queries))
    assert asked[0] == asked[1]
    assert len(answer.context["rows"]) == 50
    older = browser.get("/coverage/list/", {"cursor": answer.context["page"].older})
    assert len(older.context["rows"]) == 10


def test_the_figures_take_the_same_queries_whatever_there_is(as_):
    browser, asked = as_("zhao"), []
    browser.get(YEAR)
    for n in range(12):
        listed(f"事项{n}")
        judged(f"HD-2026-{n:06d}", arrived_at=NOON + n * timedelta(days=9), left_at=None)
        if n in (0, 11):
            with CaptureQueriesContext(connection) as queries:
                browser.get(YEAR)
            asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_is_shown_is_exported(as_):
    film(-1, 10)
    judged()
    answer = as_("zhao").get("/coverage/list/export/?verdict=unexplained")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    heads, line = ([cell.value for cell in row] for row in sheet.iter_rows())
    told = dict(zip(heads, line, strict=True))
    assert (told["活动编号"], told["核对结果"]) == ("HD-2026-000001", "间断未说明")
    assert (told["已记录"], told["未说明（处）"]) == ("33%", 1)


@pytest.mark.enforces("must_record")
def test_what_should_have_a_recording_and_has_none_is_listed(as_):
    judged()
    factories.case()
    factories.recording()
    shown = as_("zhao").get("/coverage/missing/").context
    assert [row.activity.number for row in shown["rows"]] == ["HD-2026-000001"]
    assert [case.case_no for case in shown["cases"].rows] == ["内卫罚〔2026〕1号"]
    assert shown["loose"] == 1


@pytest.mark.enforces("must_record")
def test_all_is_well_and_the_lists_are_empty(as_):
    made = film(-1, 31, of=visit(case=factories.case()))
    type(made).objects.update(settled_at=NOON)
    judged()
    shown = as_("zhao").get("/coverage/missing/")
    told = shown.context
    assert (told["count"], told["cases_count"], told["loose"]) == (0, 0, 0)
    assert shown.content.decode().count("circle-check") == 2


def test_a_case_whose_only_activity_has_no_recording_is_listed():
    judged(case=factories.case())
    assert completeness.cases_without_recording(factories.officer("zhao")).count() == 1


def test_another_bureaus_are_not_counted(as_):
    judged()
    assert as_(factories.stranger()).get(YEAR).context["whole"].total == 0


def test_red_where_nobody_explained_amber_where_somebody_did():
    film(-1, 10)
    film(15, 31)
    assert 'class="coverage-gap"' in drawn(judged())
    stop(10, 15)
    shown = drawn(judged())
    assert 'class="coverage-explained"' in shown
    assert 'class="coverage-gap"' not in shown


def test_the_panel_says_why_by_which_article():
    film(-1, 10)
    shown = drawn(judged())
    assert "没有登记中断说明（第六条）" in shown
    assert '<a href="/rules/articles/6/">第六条</a>' in shown
    assert "离开前已停止" in shown


def test_a_bar_lies_where_its_recording_does():
    film(0, 15)
    [together, lane] = coverage_shown.panel(judged()).lanes
    window, file = lane.bars[:2]
    assert (window.x, window.x + window.width) == (45, 954)
    assert (file.x, file.width) == (45, 455)
    assert (together.share, lane.share) == ("50%", "50%")


def test_where_nothing_was_recorded_no_gap_asks_to_be_explained():
    shown = drawn(judged())
    assert "没有本次活动期间的音像资料" in shown
    assert "填写中断说明" not in shown


def test_what_need_not_be_recorded_is_neither_red_nor_amber():
    exemption()
    shown = drawn(judged())
    assert "免予记录" in shown
    assert 'class="coverage-gap"' not in shown
    assert 'class="coverage-explained"' not in shown


def test_what_was_recorded_afterwards_is_named():
    film(90, 120)
    shown = drawn(judged())
    assert "活动结束后补录的" in shown
    assert "/recordings/2026-000001/" in shown


@pytest.mark.enforces("picture", article="jiaxian-health:11")
@pytest.mark.enforces("picture", article="chengde-safety:17")
@pytest.mark.enforces("picture", article="neiqiu-health:11")
def test_a_recording_with_findings_is_named_to_be_looked_at():
    film(-1, 31, state=RecordingState.MARKED)
    shown = drawn(judged())
    assert "有异常标记、需要查看的" in shown
    assert "/recordings/2026-000001/" in shown


def test_a_gap_is_put_in_the_form_in_whole_minutes_about_it():
    film(-1, 10.5)
    film(15.2, 31)
    [gap] = coverage_shown.panel(judged()).gaps
    assert (gap.first, gap.last) == ("2026-01-05T12:10", "2026-01-05T12:16")
    assert (gap.start, gap.end, gap.length) == ("12:10:30", "12:15:12", "4分42秒")


def test_the_gap_leads_to_the_form_that_explains_it_filled_in(as_):
    film(-1, 10.5)
    film(15.2, 31)
    judged()
    browser = as_("li")
    shown = page(browser, "/activities/HD-2026-000001/")
    [way] = re.findall(r'href="(/activities/[^"]*/interrupt/[^"]*)"[^>]*>填写中断说明', shown)
    form = page(browser, html.unescape(way))
    assert 'value="2026-01-05T12:10"' in form
    assert 'value="2026-01-05T12:16"' in form


def test_what_is_no_minute_is_left_out_of_the_form(as_):
    judged()
    shown = page(as_("li"), "/activities/HD-2026-000001/interrupt/?from_at=%22%3Ex&until_at=1")
    assert '">x' not in shown


def test_who_may_not_explain_it_is_not_led_there(as_):
    film(-1, 10)
    judged()
    assert "填写中断说明" not in page(as_("zhao"), "/activities/HD-2026-000001/")


def test_a_late_recording_is_marked_among_the_activitys(as_):
    film(90, 120)
    judged()
    assert ">补录</span>" in page(as_("li"), "/activities/HD-2026-000001/")


def test_what_was_not_judged_yet_is_shown_as_that():
    shown = drawn(visit(left_at=None))
    assert "待核对" in shown


def test_a_voided_one_has_no_panel():
    li = factories.officer("li")
    made = visit(voided_at=NOON, voided_by=li, void_reason="重复")
    assert coverage_shown.part(made, li) is None


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (400, "0.4秒"),
        (12_900, "12秒"),
        (1_500_000, "25分钟"),
        (510_000, "8分30秒"),
        (7_500_000, "2小时5分"),
    ],
)
def test_lengths_read_as_said(milliseconds, said):
    assert length_text(milliseconds) == said


def test_a_hundred_percent_is_all_of_it():
    assert (share_text(999, 1000), share_text(0, 0)) == ("99%", "—")


def test_five_seconds_of_a_day_are_still_seen():
    visit(arrived_at=NOON, left_at=NOON + timedelta(hours=8))
    film(0, 100)
    film(100.2, 480)
    bars = coverage_shown.panel(judged()).lanes[0].bars
    assert [bar.width for bar in bars if bar.css == "gap"] == [2]
