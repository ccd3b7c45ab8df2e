"""Reading a list of people, and the files made for filling in."""

import io
import zipfile

import pytest

from liuhen.people import errors, roster
from liuhen.people.roles import Role
from people.rosters import SI, ZHANG, as_file, opened, saved, workbook


def test_rows_are_numbered_as_excel_counts_and_blank_ones_left_out():
    rows = roster.read(as_file(ZHANG, (), ("", None, "  "), SI))
    assert [row.number for row in rows] == [2, 5]
    assert rows[0].texts == (*ZHANG, "", "")


def test_numbers_typed_as_numbers_are_read():
    [row] = roster.read(as_file(("张三", 1001, 13082100123, None, None)))
    assert row.texts[1:3] == ("1001", "13082100123")
    assert row.faults == ()


@pytest.mark.parametrize("value", [1.5, True, 1234567890123456789])
def test_what_is_no_text_is_a_fault_of_its_column(value):
    [row] = roster.read(as_file(("张三", value)))
    assert [fault.column for fault in row.faults] == ["登录名"]


def test_a_formula_is_a_fault_and_is_not_computed():
    [row] = roster.read(as_file(("张三", '=CONCAT("a","b")')))
    assert "公式" in row.faults[0].said


def test_merged_cells_are_refused():
    book = workbook(ZHANG, SI)
    book.active.merge_cells("D2:D3")
    with pytest.raises(errors.RosterMerged):
        roster.read(saved(book))


@pytest.mark.parametrize("heads", [("姓名",), ("登录名", "姓名"), (*roster.HEADS, "备注"), ()])
def test_other_heads_are_refused(heads):
    with pytest.raises(errors.RosterHeads):
        roster.read(as_file(ZHANG, heads=heads))


TORN = as_file(ZHANG)[:-200]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"name,login\n", TORN, b"\xd0\xcf"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(errors.NotARoster):
        roster.read(content)


def test_a_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<nothing/>")
    with pytest.raises(errors.NotARoster):
        roster.read(file.getvalue())


def test_a_file_that_unpacks_without_end_is_refused():
    file = io.BytesIO(as_file(ZHANG))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/big", b"\0" * (roster.MOST_UNPACKED_BYTES + 1))
    assert len(file.getvalue()) < roster.MOST_BYTES
    with pytest.raises(errors.NotARoster):
        roster.read(file.getvalue())


def with_row(number: int, column: str = "A") -> bytes:
    """A list with one more row, wherever its file says it is."""
    old, new = zipfile.ZipFile(io.BytesIO(as_file(ZHANG))), io.BytesIO()
    row = f'<row r="{number}"><c r="{column}{number}" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(new, "w") as package:
        for name in old.namelist():
            content = old.read(name)
            package.writestr(name, content.replace(b"</sheetData>", f"{row}</sheetData>".encode()))
    return new.getvalue()


def test_a_row_beyond_excels_last_is_not_walked_to():
    assert len(roster.read(with_row(10**12))) == 1


def test_a_column_far_out_is_not_walked_to():
    cells = list(roster.cells_of(with_row(3, "XFD")))
    assert max(len(row) for row in cells) <= roster.MOST_COLUMNS


def test_of_a_cell_as_long_as_a_book_only_the_beginning_is_kept():
    [row] = roster.read(as_file(("张" * 30_000, "zhang")))
    assert len(row.texts[0]) == roster.MOST_SHOWN


def test_too_large_a_file_is_refused():
    with pytest.raises(errors.RosterTooLarge):
        roster.read(b"x" * (roster.MOST_BYTES + 1))


def test_an_empty_list_is_refused():
    with pytest.raises(errors.RosterEmpty):
        roster.read(as_file())


def test_so_many_and_no_more():
    people = [(f"人{n}", f"p{n}") for n in range(roster.MOST_PEOPLE + 1)]
    assert len(roster.read(as_file(*people[:-1]))) == roster.MOST_PEOPLE
    with pytest.raises(errors.RosterTooLong):
        roster.read(as_file(*people))


def test_the_template_offers_units_and_roles_and_reads_as_empty():
    made = roster.template(["监督一科", "=cmd()"])
    book = opened(made)
    choices = [[cell.value for cell in column] for column in book["选项"].columns]
    assert choices[0][:2] == ["监督一科", "=cmd()"]
    assert len(choices[1]) == len(Role)
    assert len(book["人员"].data_validations.dataValidation) == 2
    with pytest.raises(errors.RosterEmpty):
        roster.read(made)


def test_a_template_without_units_can_be_made():
    assert len(opened(roster.template([]))["人员"].data_validations.dataValidation) == 1


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)"])
def test_what_looks_like_a_formula_is_written_as_text(text):
    row = roster.Row(2, (text, "x", "", "", "", "", ""))
    cell = opened(roster.with_faults([(row, text)]))["人员"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_the_file_with_faults_can_be_sent_in_again():
    [row] = roster.read(as_file(ZHANG))
    made = roster.with_faults([(row, "登录名：已被使用。")])
    assert opened(made)["人员"]["H2"].value == "登录名：已被使用。"
    assert roster.read(made) == [row]
