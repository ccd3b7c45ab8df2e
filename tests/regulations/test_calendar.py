"""Working days: the State Council's, and the bureau's own above them."""

import io
import json
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.regulations import calendar, calendar_table
from liuhen.regulations.models import CalendarDay

HEAD = "日期,是否工作日,说明\n"
MONDAY = date(2026, 3, 2)


def take(agency, text: str, name: str = "days.csv", encoding: str = "utf-8") -> int:
    content = (HEAD + text).encode(encoding)
    by = factories.officer("an")
    return calendar.import_table(agency, content, file_name=name, by=by, at=factories.NOON)


def refused(agency, content: bytes, name: str, who: str = "an") -> Refusal:
    with pytest.raises(Refusal) as no:
        calendar.import_table(
            agency, content, file_name=name, by=factories.officer(who), at=factories.NOON
        )
    assert not CalendarDay.objects.exists()
    return no.value


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (MONDAY, True),
        (date(2026, 3, 1), False),
        (date(2026, 2, 17), False),  # 春节
        (date(2026, 2, 14), True),  # a Saturday worked for it
        (date(2027, 2, 8), False),  # not published yet: by the statute
    ],
)
def test_the_state_councils_days(bureau, day, works):
    assert calendar.is_working_day(bureau, day) is works


def test_a_moved_saturday_counts_whichever_year_was_asked_first(bureau):
    assert calendar.is_working_day(bureau, date(2026, 10, 10))
    assert calendar.is_working_day(bureau, date(2025, 9, 28))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_bureaus_word_stands_above(bureau, encoding):
    assert take(bureau, "2026-03-02,否,局庆\n2026/3/7,是,\n", encoding=encoding) == 2
    assert not calendar.is_working_day(bureau, MONDAY)
    assert calendar.is_working_day(bureau, date(2026, 3, 7))


def test_a_later_table_replaces_and_takes_back(bureau):
    take(bureau, "2026-03-02,否,a\n2026-03-03,否,b\n")
    take(bureau, "2026年3月2日,按国家安排,\n20260303,否,c\n")
    assert [str(row) for row in CalendarDay.objects.all()] == ["2026-03-03: False"]
    assert CalendarDay.objects.get().note == "c"


def test_another_bureau_keeps_its_own(bureau):
    other = type(bureau).objects.create(name="别的单位")
    CalendarDay.objects.create(agency=other, day=MONDAY, is_working=False)
    assert calendar.is_working_day(bureau, MONDAY)


def test_working_days_of_a_range_are_one_query(bureau, django_assert_num_queries):
    take(bureau, "2026-03-03,否,\n")
    with django_assert_num_queries(1):
        found = calendar.working_days(bureau, MONDAY, date(2026, 3, 8))
    assert [day.day for day in found] == [2, 4, 5, 6]


def test_a_years_special_days_name_both_sources(bureau):
    take(bureau, "2026-03-02,否,局庆\n")
    found = {one.day: one for one in calendar.special_days(bureau, 2026)}
    assert found[MONDAY].is_national
    assert not found[MONDAY].is_working
    assert found[date(2026, 2, 17)].holiday == "春节"
    assert found[date(2026, 2, 14)].is_moved
    assert date(2026, 3, 3) not in found


def test_a_year_not_yet_published_is_known_as_such():
    assert calendar.is_published(2026)
    assert not calendar.is_published(2090)


def test_the_import_is_in_the_log(bureau):
    take(bureau, "2026-03-02,否,\n")
    event = CustodyEvent.objects.get(kind=Kind.CALENDAR_IMPORTED)
    facts = json.loads(bytes(event.entry))["facts"]
    assert facts["days"] == {"2026-03-02": False}
    assert (facts["file_name"], len(facts["sha256"])) == ("days.csv", 64)


def test_the_template_can_be_taken_in_as_it_is(bureau):
    kept = calendar_table.template()
    rows = calendar_table.read(kept, "模板.xlsx")
    assert [row.is_working for row in rows] == [True, False, None]
    assert load_workbook(io.BytesIO(kept)).active["A1"].value == "日期"


def test_excel_dates_are_dates():
    book = Workbook()
    book.active.append(calendar_table.HEAD)
    book.active.append([MONDAY, "否", None, "beyond", "the", "columns"])
    kept = io.BytesIO()
    book.save(kept)
    assert calendar_table.read(kept.getvalue(), "a.XLSX") == [calendar_table.Row(MONDAY, False, "")]


def test_one_bad_row_and_none_is_taken(bureau):
    text = (
        "2026-03-02,否,\n2026-02-30,是,\n2026-03-04,maybe,\n2026-03-02,是,\n" + "2026-03-05,是,长"
    )
    no = refused(bureau, (HEAD + text + "长" * 100).encode(), "a.csv")
    assert no.code == "regulations.table_refused"
    assert [row.number for row in no.facts["rows"]] == [3, 4, 5, 6]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "file_empty"),
        (b"x" * (5 << 20) + b"x", "a.csv", "file_too_large"),
        (b"x", "a.xls", "file_type"),
        (b"not a zip", "a.xlsx", "file_type"),
        (b"\xff\xff\xff", "a.csv", "file_unreadable"),
        (b"\0", "a.csv", "file_unreadable"),
        ("日期,是否,说明\n".encode(), "a.csv", "table_refused"),
        (HEAD.encode(), "a.csv", "table_refused"),
        ((HEAD + "2026-03-02,是,\n" * 1002).encode(), "a.csv", "table_refused"),
        ((HEAD + '"2026-03-02,是').encode(), "a.csv", "file_unreadable"),
    ],
)
def test_what_is_no_such_table_is_refused(bureau, content, name, code):
    assert refused(bureau, content, name).code == f"regulations.{code}"


def packed(**entries: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"word/document.xml": b"<x/>"}, "file_type"),
        ({"xl/workbook.xml": b"broken"}, "file_unreadable"),
        ({"xl/workbook.xml": b" " * (41 << 20)}, "file_bloated"),
        ({"xl/workbook.xml": b""} | {f"x{n}": b"" for n in range(2000)}, "file_bloated"),
    ],
)
def test_a_package_that_is_no_workbook_is_refused(bureau, entries, code):
    assert refused(bureau, packed(**entries), "a.xlsx").code == f"regulations.{code}"


def test_who_may_not_keep_the_rules_imports_nothing(bureau):
    assert refused(bureau, HEAD.encode(), "a.csv", who="li").code == "people.not_permitted"


def test_no_event_no_days(bureau, monkeypatch):
    monkeypatch.setattr(calendar.log, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(bureau, "2026-03-02,否,\n")
    assert not CalendarDay.objects.exists()
