"""A list of people as a file; what any such table may hold: engines/paper/test_paper_tables.py."""

import pytest

from liuhen.engines.paper import tables
from liuhen.people import errors, roster
from liuhen.people.filled import Row
from liuhen.people.roles import Role
from people.rosters import SI, ZHANG, as_file, opened, saved, workbook


def test_a_person_is_read_as_typed():
    rows = roster.read(as_file(ZHANG, (), SI))
    assert [row.number for row in rows] == [2, 4]
    assert rows[0].texts == (*ZHANG, "", "")


def test_numbers_typed_as_numbers_are_read():
    [row] = roster.read(as_file(("张三", 1001, 13082100123, None, None)))
    assert row.texts[1:3] == ("1001", "13082100123")
    assert row.faults == ()


@pytest.mark.parametrize(
    ("value", "words"), [(1.5, "文本格式"), ("=A1", "公式"), ("#REF!", "错误值")]
)
def test_what_is_no_text_is_said_of_its_column(value, words):
    [row] = roster.read(as_file(("张三", value)))
    assert [fault.column for fault in row.faults] == ["登录名"]
    assert words in row.faults[0].said


def test_merged_cells_are_refused():
    book = workbook(ZHANG, SI)
    book.active.merge_cells("D2:D3")
    with pytest.raises(errors.RosterMerged):
        roster.read(saved(book))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"name,login\n", errors.NotARoster),
        (b"x" * (tables.MOST_BYTES + 1), errors.RosterTooLarge),
        (as_file(ZHANG, heads=("姓名",)), errors.RosterHeads),
        (as_file(), errors.RosterEmpty),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused(content, refusal):
    with pytest.raises(refusal):
        roster.read(content)


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


def test_the_file_with_faults_can_be_sent_in_again():
    [row] = roster.read(as_file(ZHANG))
    made = roster.with_faults([(row, "登录名：已被使用。")])
    assert opened(made)["人员"]["H2"].value == "登录名：已被使用。"
    assert roster.read(made) == [Row(2, row.texts)]
