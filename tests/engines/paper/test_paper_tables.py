"""Reading a table people filled in, whatever they send, and the files made for filling in."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from liuhen.engines.paper import tables
from liuhen.engines.paper.tables import Table, Wrong

FORM = Table(
    "清单",
    ("名称", "台数", "金额", "日期"),
    (20, 10, 12, 12),
    most=5,
    decimals=frozenset({"金额"}),
    dates=frozenset({"日期"}),
)


def workbook(*rows: Sequence[Any], heads: Sequence[str] = FORM.heads) -> Workbook:
    book = Workbook()
    book.active.title = FORM.sheet
    for row in (heads, *rows):
        book.active.append(row)
    return book


def as_file(*rows: Sequence[Any], **more: Any) -> bytes:
    return tables.saved(workbook(*rows, **more))


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_rows_are_numbered_as_excel_counts_and_blank_ones_left_out():
    first, second = tables.read(FORM, as_file(("记录仪", 2), (), ("", None, " "), (" 相机 ",)))
    assert (first.number, second.number) == (2, 5)
    assert (first.texts, second.texts[0]) == (("记录仪", "2", "", ""), "相机")


def test_fractions_and_dates_are_read_under_the_heads_that_take_them():
    [line] = tables.read(FORM, as_file(("甲", 2, 1234.5, datetime(2026, 3, 1))))
    assert (line.texts[2:], line.wrong) == (("1234.5", "2026-03-01"), {})


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (1.5, Wrong.NOT_TEXT),
        (True, Wrong.NOT_TEXT),
        (10**18, Wrong.NOT_TEXT),
        (datetime(2026, 3, 1), Wrong.NOT_TEXT),
        ("=A1", Wrong.FORMULA),
        ("#REF!", Wrong.ERROR),
    ],
)
def test_what_is_no_text_is_wrong_in_its_cell(value, wrong):
    [line] = tables.read(FORM, as_file(("甲", value)))
    assert line.wrong == {"台数": wrong}


def test_the_examples_row_is_not_read():
    with pytest.raises(tables.Empty):
        tables.read(FORM, as_file((f"{tables.EXAMPLE}甲", 1)))


def test_merged_cells_are_refused():
    book = workbook(("甲", 1), ("乙", 2))
    book.active.merge_cells("B2:B3")
    with pytest.raises(tables.Merged):
        tables.read(FORM, tables.saved(book))


@pytest.mark.parametrize("heads", [("名称",), ("台数", "名称"), (*FORM.heads, "备注"), ()])
def test_other_heads_are_refused(heads):
    with pytest.raises(tables.WrongHeads):
        tables.read(FORM, as_file(("甲",), heads=heads))


TORN = as_file(("甲",))[:-200]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"a,b\n", TORN, b"\xd0\xcf"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(tables.Unreadable):
        tables.read(FORM, content)


@given(st.binary(max_size=200))
def test_nothing_else_is_raised_whatever_is_sent(content):
    with pytest.raises(tables.TableFault):
        tables.read(FORM, content)


def test_a_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<nothing/>")
    with pytest.raises(tables.Unreadable):
        tables.read(FORM, file.getvalue())


def test_a_file_that_unpacks_without_end_is_refused():
    file = io.BytesIO(as_file(("甲",)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/big", b"\0" * (tables.MOST_UNPACKED_BYTES + 1))
    assert len(file.getvalue()) < tables.MOST_BYTES
    with pytest.raises(tables.Unreadable):
        tables.read(FORM, file.getvalue())


def with_row(number: int, column: str = "A") -> bytes:
    """A list with one more row, wherever its file says it is."""
    old, new = zipfile.ZipFile(io.BytesIO(as_file(("甲",)))), io.BytesIO()
    row = f'<row r="{number}"><c r="{column}{number}" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(new, "w") as package:
        for name in old.namelist():
            content = old.read(name)
            package.writestr(name, content.replace(b"</sheetData>", f"{row}</sheetData>".encode()))
    return new.getvalue()


def test_a_row_beyond_excels_last_is_not_walked_to():
    assert len(tables.read(FORM, with_row(10**12))) == 1


def test_a_column_far_out_is_not_walked_to():
    cells = list(tables.cells_of(FORM, with_row(3, "XFD")))
    assert max(len(row) for row in cells) <= tables.MOST_COLUMNS


def test_of_a_cell_as_long_as_a_book_only_the_beginning_is_kept():
    [line] = tables.read(FORM, as_file(("甲" * 30_000,)))
    assert len(line.texts[0]) == tables.MOST_SHOWN


def test_too_large_a_file_is_refused():
    with pytest.raises(tables.TooLarge):
        tables.read(FORM, b"x" * (tables.MOST_BYTES + 1))


def test_so_many_rows_and_no_more():
    rows = [(f"第{n}",) for n in range(FORM.most + 1)]
    assert len(tables.read(FORM, as_file(*rows[:-1]))) == FORM.most
    with pytest.raises(tables.TooLong):
        tables.read(FORM, as_file(*rows))


def test_the_template_offers_lists_and_reads_as_empty():
    kinds = ("记录仪", "=cmd()")
    offered = {"名称": kinds, "台数": kinds, "金额": ("1",), "日期": ()}
    made = tables.template(FORM, example=("甲", "2", "", ""), offered=offered, notes=["一、填写"])
    book = opened(made)
    choices = [[cell.value for cell in column] for column in book["选项"].columns]
    assert choices == [list(kinds), ["1", None]]
    ranges = {str(one.sqref) for one in book["清单"].data_validations.dataValidation}
    assert ranges == {"A2:A6 B2:B6", "C2:C6"}
    assert book["填写说明"]["A1"].value == "一、填写"
    with pytest.raises(tables.Empty):
        tables.read(FORM, made)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)"])
def test_what_looks_like_a_formula_is_written_as_text(text):
    made = tables.with_faults(FORM, [((text, "", "", ""), text)])
    cell = opened(made)["清单"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_the_file_with_faults_can_be_sent_in_again():
    lines = tables.read(FORM, as_file(("甲", 3)))
    made = tables.with_faults(FORM, [(line.texts, "台数：太多。") for line in lines])
    assert opened(made)["清单"]["E2"].value == "台数：太多。"
    assert tables.read(FORM, made) == lines
