"""统计分析、考核、月报、大屏: figures open the lists they count, and no more than one may see."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from openpyxl import load_workbook

import factories
from liuhen.cases.models import Activity, Verdict
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.people.models import Officer, RoleHolding
from liuhen.recordings.models import SecrecyMark
from liuhen.statistics import periods, scopes, tallying
from liuhen.statistics.models import Span
from liuhen.statistics.periods import Length
from liuhen.web.statistics_shown import charts_of

NOON, HOUR = factories.NOON, timedelta(hours=1)
JANUARY = "length=month&day=2026-01-05"
WEEK = "since=2026-01-01&until=2026-01-31"


@pytest.fixture
def worked(bureau):
    """Two units, three officers, recordings good and not, a late handover, a secret."""
    bai = factories.officer("bai", unit=factories.unit("监督二科"))
    verdicts = (Verdict.COMPLETE, Verdict.COMPLETE, Verdict.NOT_RECORDED, Verdict.EXEMPT)
    for n, verdict in enumerate(verdicts):
        made = factories.activity(f"HD-2026-00000{n}", *(["wang"] if n == 0 else []))
        kept = {"window_ms": 1_800_000, "covered_ms": 900_000}
        Activity.objects.filter(pk=made.pk).update(verdict=verdict, coverage=kept)
    for n, officer in enumerate((factories.officer("li"), bai, bai, None)):
        factories.recording(f"2026-00000{n}", officer=officer, duration_seconds=1800)
    SecrecyMark.objects.create(
        recording=factories.recording("2026-000009"), kind="privacy", reason="病人",
        marked_at=NOON, marked_by=factories.officer("wang"),
    )  # fmt: skip
    for n, state in enumerate((DutyState.DONE, DutyState.DONE_LATE, DutyState.OPEN)):
        closed = None if state == DutyState.OPEN else NOON
        Duty.objects.create(
            agency=bureau, key=f"handover:{n}", kind=DutyKind.HANDOVER, pack_id="p", article=9,
            unit=factories.unit(), owner=factories.officer("li"), started_at=NOON, state=state,
            due_at=NOON + HOUR, closed_at=closed,
        )  # fmt: skip
    tallying.recompute()


def context(browser, path: str):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.context


def tile(told, title: str):
    return next(one for one in told["tiles"] if one.title == title)


def checked(browser, rows, columns) -> int:
    """Of every count in a table, that its list has as many rows; answers how many were there."""
    looked = 0
    for row in rows:
        for column, cell in zip(columns, row.cells, strict=True):
            if cell.url and column.rate is None and not column.code.endswith(("_ms", "_bytes")):
                assert str(context(browser, cell.url)["count"]) == cell.text, (row.name, cell)
                looked += 1
    return looked


@pytest.mark.parametrize("who", ["zhao", "du", "fa", "zhou", "wang", "li"])
@pytest.mark.enforces("assessment", article="chengde-safety:26")
@pytest.mark.enforces("assessment", article="weidong-market:16")
def test_every_figure_opens_the_list_it_counts(as_, worked, who):
    browser = as_(who)
    told = context(browser, f"/assessment/?{WEEK}")
    tables = [rows for _title, rows in told["tables"]]
    assert sum(checked(browser, rows, told["columns"]) for rows in tables) >= 5
    board = context(browser, f"/statistics/?{JANUARY}")
    assert checked(browser, board["rows"], board["columns"]) >= 2


def test_the_leader_sees_all_the_head_the_unit_and_an_officer_themselves(as_, worked):
    seen = {}
    for who in ("zhao", "du", "wang", "bai"):
        told = context(as_(who), f"/statistics/?{JANUARY}")
        seen[who] = tile(told, "音像资料").cell.text
    # Supervision does not see secrets; the unit's head neither; Bai sees two of their own.
    assert seen == {"zhao": "5", "du": "4", "wang": "1", "bai": "2"}


def test_a_unit_is_opened_to_its_people(as_, worked):
    unit = factories.unit()
    told = context(as_("zhao"), f"/statistics/?{JANUARY}&unit={unit.pk}")
    assert told["is_of_people"]
    assert {row.name for row in told["rows"]} == {"李执法", "王科长"}
    assert tile(told, "记录完整率").cell.text == "66.7%"
    assert tile(told, "时长覆盖率").cell.text == "50.0%"


def test_a_head_who_asks_for_another_unit_gets_their_own(as_, worked):
    other = factories.unit("监督二科")
    told = context(as_("wang"), f"/statistics/?{JANUARY}&unit={other.pk}")
    assert told["scope"].unit == factories.unit()
    listed = context(as_("li"), f"/statistics/list/?figure=recordings&{WEEK}&unit={other.pk}")
    assert [row.cells[0] for row in listed["rows"]] == ["2026-000009", "2026-000000"]


def test_the_legal_office_sees_no_use_of_devices(as_, worked):
    told = context(as_("fa"), f"/statistics/?{JANUARY}")
    assert "领用设备" not in {one.title for one in told["tiles"]}
    assert as_("fa").get(f"/statistics/list/?figure=checkouts&{WEEK}").status_code == 404


def test_another_bureaus_work_is_not_counted(as_, worked):
    far = factories.stranger("far")
    RoleHolding.objects.create(officer=far, role="leader", granted_at=NOON)
    told = context(as_(Officer.objects.get(pk=far.pk)), f"/statistics/?{JANUARY}")
    assert tile(told, "音像资料").cell.text == "0"


def test_no_such_figure_is_not_found(as_, worked):
    assert as_("zhao").get("/statistics/list/?figure=nothing").status_code == 404


@pytest.mark.parametrize(
    "path", ["?length=day", "?length=x&day=9999-99-99", "?unit=0", "?officer=9"]
)
def test_whatever_is_asked_for_the_page_opens(as_, worked, path):
    assert as_("zhao").get(f"/statistics/{path}").status_code == 200


def test_the_chart_leads_to_the_month_and_to_the_unit(as_, worked):
    told = context(as_("zhao"), "/statistics/?length=year&day=2026-01-05")
    asked = parse_qs(urlsplit(told["charts"][0]["links"][0]).query)
    assert asked["length"] == ["month"]
    assert asked["day"] == ["2026-01-01"]
    assert "unit=" in told["charts"][-1]["links"][0]


def test_a_page_takes_as_many_queries_however_much_is_counted(
    as_, worked, django_assert_max_num_queries
):
    browser = as_("zhao")
    for n in range(9):
        factories.officer(f"more{n}", unit=factories.unit(f"科室{n}"))
        factories.recording(f"2026-0001{n}0", officer=factories.officer(f"more{n}"))
    tallying.recompute()
    with django_assert_max_num_queries(40):
        browser.get(f"/statistics/?{JANUARY}")


def test_excel_has_numbers_as_numbers(as_, worked):
    answer = as_("zhao").get(f"/assessment/export/?{WEEK}")
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["监督一科"][2] == 4
    assert rows["李执法"][1] == "监督一科"


def test_the_monthly_report_is_told_on_numbered_sheets(as_, worked):
    answer = as_("zhao").get("/statistics/monthly/pdf/?month=2026-01")
    pages = pypdfium2.PdfDocument(answer.content)
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in pages]
    assert "执法音像记录工作月报（2026年1月）" in texts[0]
    assert f"第1页共{len(texts)}页" in texts[0]
    assert "监督一科" in texts[1]
    assert "李执法" in texts[2]


def test_a_wrong_month_is_this_one(as_, worked):
    assert as_("zhao").get("/statistics/monthly/?month=2026-99").status_code == 200


def wall_of(browser) -> str:
    answer = browser.post("/wall/open/")
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_wall_shows_sums_without_a_sign_in_and_names_nobody(as_, visitor, worked):
    address = wall_of(as_("zhao"))
    assert CustodyEvent.objects.filter(kind=Kind.WALL_OPENED).count() == 1
    said = visitor.get(address).content.decode()
    assert "监督一科" in said
    assert "李执法" not in said
    part = visitor.get(address, headers={"HX-Request": "true", "HX-Target": "wall"})
    assert part.content.startswith(b'<section id="wall"')


def test_a_wall_that_was_closed_or_opened_anew_shows_nothing(as_, visitor, worked):
    browser = as_("zhao")
    first = wall_of(browser)
    second = wall_of(browser)
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    browser.post("/wall/close/")
    assert visitor.get(second).status_code == 404


def test_a_wall_ends_with_the_account_that_opened_it(as_, visitor, worked):
    address = wall_of(as_("zhao"))
    Officer.objects.filter(login="zhao").update(is_active=False)
    assert visitor.get(address).status_code == 404
    assert visitor.get(f"{address[:-2]}x/").status_code == 404


def test_a_month_under_way_is_held_against_as_many_days():
    month = periods.period(Length.MONTH, date(2026, 3, 9), today=date(2026, 3, 30))
    assert month.before() == periods.Period(Length.MONTH, date(2026, 2, 1), date(2026, 2, 28))
    early = periods.period(Length.MONTH, date(2026, 3, 9), today=date(2026, 3, 9))
    assert early.before().until == date(2026, 2, 9)
    over = periods.period(Length.YEAR, date(2025, 3, 9), today=date(2026, 3, 9))
    assert over.before() == periods.Period(Length.YEAR, date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "spans"),
    [
        ("2026-01-01", "2026-12-31", ["month"]),
        ("2026-01-01", "2026-03-09", ["month", "day"]),
        ("2026-01-15", "2026-03-09", ["day", "month", "day"]),
        ("2026-01-15", "2026-01-20", ["day"]),
        ("2026-01-15", "2026-02-20", ["day"]),
    ],
)
def test_a_stretch_is_made_of_whole_months_and_days(since, until, spans):
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    found = list(periods.parts(first, last))
    assert [str(span) for span, _since, _until in found] == spans
    edges = [first, *(until + timedelta(days=1) for _span, _since, until in found)]
    assert edges[:-1] == [since for _span, since, _until in found]
    assert edges[-1] == last + timedelta(days=1)
    assert Span.MONTH in spans or first.month != last.month or len(spans) == 1


def test_nobody_without_recordings_to_see_has_figures(bureau):
    with pytest.raises(scopes.NotPermitted):
        scopes.widest(factories.officer("sun"))


def chart(told, title: str):
    return next(one for one in told["charts"] if one["title"] == title)


def test_the_charts_show_growth_and_what_is_late(as_, worked):
    factories.recording("2026-000010", size_bytes=3 << 29)
    tallying.recompute()
    told = context(as_("zhao"), "/statistics/?length=year&day=2026-01-05")
    stored = chart(told, "存储增长")
    assert (stored["unit"], stored["series"][0]["values"][:2]) == ("GB", [1.5, 0])
    [late] = chart(told, "逾期情况")["series"]
    assert late["values"][:2] == [1, 0]
    late = chart(told, "到期未办事项的比较")
    assert dict(zip(late["names"], late["series"][0]["values"], strict=True))["监督一科"] == 1
    titles = {one["title"] for one in told["charts"]}
    assert {"资料数量", "录制时长", "记录和移交情况", "设备使用"} <= titles


def test_who_sees_no_duties_sees_no_chart_of_them(worked):
    scope = scopes.widest(factories.officer("zhao"))
    hidden = replace(scope, hidden=frozenset({"duties", "checkouts"}))
    january = periods.period(Length.YEAR, date(2026, 1, 5), today=date(2026, 1, 31))
    titles = {one["title"] for one in charts_of(january, hidden, {january.since: {}}, [])}
    assert titles == {"资料数量", "录制时长", "记录和移交情况", "存储增长"}
