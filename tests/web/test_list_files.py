"""A list's Excel file has what its page shows whoever asks, and no formula runs in it."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

import factories
from factories import NOON
from liuhen.cases.models import Party
from liuhen.recordings.models import IntakeItem
from liuhen.web import sheets
from liuhen.web.sheets import Column


def rows_of(browser, way: str) -> list[tuple]:
    answer = browser.get(way)
    assert answer.status_code == 200, way
    book = load_workbook(io.BytesIO(b"".join(answer)))
    return list(book.worksheets[0].iter_rows(min_row=2))


def firsts(browser, way: str) -> list[str]:
    return [row[0].value for row in rows_of(browser, way)]


@pytest.fixture
def three(bureau):
    """Two of Li's and one of the other unit's."""
    other = factories.officer("distant", unit=factories.unit("监督二科"))
    return [
        factories.recording("2026-000001"),
        factories.recording("2026-000002", kind="photo"),
        factories.recording("2026-000003", officer=other),
    ]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("who", "query", "seen"),
    [
        ("zhou", "", {"2026-000001", "2026-000002", "2026-000003"}),
        ("li", "", {"2026-000001", "2026-000002"}),
        ("wang", "", {"2026-000001", "2026-000002"}),
        ("zhou", "?kind=photo", {"2026-000002"}),
        ("zhou", "?words=2026-000003", {"2026-000003"}),
        ("li", "?words=2026-000003", set()),
    ],
)
def test_it_obeys_the_filters_and_what_one_may_see(as_, who, query, seen):
    assert set(firsts(as_(who), f"/recordings/export/{query}")) == seen


def test_it_has_all_pages_in_the_order_of_the_list(as_):
    for n in range(1, 61):
        factories.recording(f"2026-{n:06d}", recorded_at=NOON + timedelta(minutes=n * 7 % 61))
    newest = sorted(range(1, 61), key=lambda n: n * 7 % 61, reverse=True)
    assert firsts(as_("zhou"), "/recordings/export/") == [f"2026-{n:06d}" for n in newest]


def test_what_begins_as_a_formula_stays_text_and_numbers_stay_numbers(as_):
    zhou = factories.officer("zhou")
    Party.objects.create(
        agency=zhou.agency, kind="person", name="=1+1", phone="13812345678", added_at=NOON,
        added_by=zhou,
    )  # fmt: skip
    [row] = rows_of(as_("zhou"), "/parties/export/")
    assert (row[0].value, row[0].data_type) == ("=1+1", "s")
    assert "13812345678" not in [cell.value for cell in row], "masked as on the page"
    factories.recording("2026-000001", size_bytes=3 << 20)
    [row] = rows_of(as_("zhou"), "/recordings/export/")
    assert (row[8].value, row[8].data_type) == (3, "n")


def test_the_files_of_an_intake_go_by_the_state_asked_for(as_):
    batch = factories.batch("b1")
    for name, state in ((b"a.mp4", "sealed"), (b"b.mp4", "unreadable")):
        IntakeItem.objects.create(batch=batch, name=name, state=state)
    assert len(rows_of(as_("zhou"), "/batches/b1/export/")) == 2
    assert firsts(as_("zhou"), "/batches/b1/export/?state=unreadable") == ["b.mp4"]


def test_too_many_are_refused_and_not_cut(as_, monkeypatch, three):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    monkeypatch.setattr("liuhen.web.views.recording_files.MOST_ROWS", 2)
    for way in ("/recordings/export/", "/custody/export/", "/loose/export/"):
        answer = as_("du").get(way, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (409, "web.too_many_to_export")


def test_a_list_says_where_its_file_is_with_the_filters_it_was_asked_for(as_, three):
    page = as_("zhou").get("/recordings/?kind=photo&cursor=x").content.decode()
    assert 'href="/recordings/export/?kind=photo" data-as-filtered' in page


def test_each_column_has_its_head():
    columns = (Column("数", 8, lambda n: n), Column("倍", 8, lambda n: 2 * n))
    told = sheets.table("表", columns, [1, 2])
    assert (told.heads, list(told.rows)) == (["数", "倍"], [[1, 2], [2, 4]])


def test_a_table_may_have_more_columns_than_the_alphabet_letters():
    columns = [Column(f"列{n}", 5 + n, lambda row: row) for n in range(30)]
    answer = sheets.listed("宽表", columns, ["甲"])
    [sheet] = load_workbook(io.BytesIO(b"".join(answer))).worksheets
    assert (sheet.max_column, sheet.column_dimensions["AD"].width) == (30, 34)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("一" * 40, "一" * 31),
        ("领用/归还[一科]:*?\\", "领用 归还 一科"),
        ("'引号'", "引号"),
        ("[]", "Sheet"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(title, named):
    answer = sheets.listed(title, [Column("数", 8, lambda n: n)], [1])
    assert load_workbook(io.BytesIO(b"".join(answer))).sheetnames == [named]


def test_what_belongs_to_no_activity_is_read_some_hundred_at_once(
    as_, django_assert_max_num_queries
):
    for n in range(1, 131):
        factories.recording(f"2026-{n:06d}")
    browser = as_("zhou")
    with django_assert_max_num_queries(20):
        found = firsts(browser, "/loose/export/")
    assert found == [f"2026-{n:06d}" for n in range(130, 0, -1)]


def test_a_file_is_of_the_tab_that_is_shown(as_):
    requests = as_("li").get("/viewing/").content.decode()
    assert 'href="/viewing/export/?tab=own" data-as-filtered' in requests
    unrecorded = as_("li").get("/unrecorded/").content.decode()
    assert "/unrecorded/export/?tab=waiting&amp;kind=exemption" in unrecorded
