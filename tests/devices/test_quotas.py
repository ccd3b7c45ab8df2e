"""An outside standard taken in from Excel: the whole table, or nothing."""

import io

import pytest
from openpyxl import load_workbook
from supplied import told

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.devices import quotas, table_errors
from liuhen.devices.models import EquipmentQuota
from liuhen.engines.paper import tables
from liuhen.kernel.refusal import Refusal
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")

RECORDERS = ("监督一科", "执法记录仪", "4", "1080P", "省配备办法")
CAMERAS = ("监督一科", "照相机", 1, "", "省配备办法")


def as_file(*rows, heads=quotas.HEADS) -> bytes:
    book = tables.book_of(quotas.TABLE, [])
    for column, head in enumerate(heads, 1):
        book.active.cell(1, column, head)
    for row in rows:
        book.active.append(row)
    return tables.saved(book)


def take_in(*rows, by="kong") -> int:
    factories.unit()
    read = quotas.read(as_file(*rows))
    return quotas.take_in(factories.agency(), read, by=factories.officer(by), at=NOON)


def faults(*rows) -> list[tuple[int, str]]:
    factories.unit()
    checked = quotas.check(factories.agency(), quotas.read(as_file(*rows)))
    return [(one.row.number, fault.column) for one in checked for fault in one.faults]


@pytest.mark.enforces("equipment", article="jiaxian-health:3")
def test_a_line_of_the_standard_is_kept_with_its_requirements_and_source():
    assert take_in(RECORDERS, CAMERAS) == 2
    kept = EquipmentQuota.objects.get(kind="body_camera")
    assert (kept.unit, kept.needed, kept.requirements) == (factories.unit(), 4, "1080P")
    assert (kept.source, kept.imported_at) == ("省配备办法", NOON)


def test_the_log_tells_the_lines_and_a_digest():
    take_in(RECORDERS, CAMERAS)
    [said] = told(Kind.QUOTAS_IMPORTED)
    assert said["lines"] == 2
    assert said["first"] == [["监督一科", "body_camera", 4], ["监督一科", "camera", 1]]
    assert len(said["sha256"]) == 64


def test_the_longest_table_is_told_within_one_event():
    for n in range(quotas.MOST_ROWS // 8):
        factories.unit(f"{n:03}" + "科" * 97)
    kinds = list(quotas.kinds_by_name())[:8]
    names = [unit.name for unit in factories.agency().units.exclude(name="监督一科")]
    rows = [(name, kind, 1, "技" * 300, "依" * 200) for name in names for kind in kinds]
    assert take_in(*rows) == quotas.MOST_ROWS
    assert len(told(Kind.QUOTAS_IMPORTED)[0]["first"]) == quotas.MOST_SAID


def test_a_second_table_stands_in_place_of_the_first():
    take_in(RECORDERS, CAMERAS)
    take_in(("监督一科", "录音笔", "1", "", "新办法"))
    assert list(EquipmentQuota.objects.values_list("kind", "source")) == [
        ("voice_recorder", "新办法")
    ]


def test_another_bureaus_table_stays():
    far = factories.unit("监督一科", of=factories.agency("邻县卫健局"))
    facts = {"agency": far.agency, "unit": far, "kind": "camera", "needed": 3, "source": "x"}
    EquipmentQuota.objects.create(**facts, imported_at=NOON)
    take_in(RECORDERS)
    assert EquipmentQuota.objects.filter(agency=far.agency).count() == 1


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (("", "执法记录仪", "1", "", "文"), ["科室"]),
        (("别处科", "执法记录仪", "1", "", "文"), ["科室"]),
        (("监督一科", "飞机", "1", "", "文"), ["设备类别"]),
        (("监督一科", "照相机", "-1", "", "文"), ["应配台数"]),
        (("监督一科", "照相机", 1.5, "", "文"), ["应配台数"]),
        (("监督一科", "照相机", "10000", "", "文"), ["应配台数"]),
        (("监督一科", "照相机", "1", "技" * 301, "文" * 201), ["技术性能要求", "依据文件"]),
        (("监督一科", "照相机", "", "", ""), ["应配台数", "依据文件"]),
    ],
)
def test_what_is_wrong_is_said_of_its_row_and_column(row, columns):
    assert faults(RECORDERS, row) == [(3, column) for column in columns]


def test_the_same_kind_twice_in_a_unit_is_wrong_in_both_rows():
    assert faults(CAMERAS, CAMERAS) == [(2, "设备类别"), (3, "设备类别")]


def test_another_bureaus_unit_is_unknown():
    factories.unit("邻县科", of=factories.agency("邻县卫健局"))
    assert faults(("邻县科", "照相机", "1", "", "文")) == [(2, "科室")]


def test_with_one_wrong_row_nothing_is_saved():
    take_in(CAMERAS)
    with pytest.raises(table_errors.TableFaulty):
        take_in(RECORDERS, ("别处科", "照相机", "1", "", "文"))
    assert EquipmentQuota.objects.get().kind == "camera"
    assert len(told(Kind.QUOTAS_IMPORTED)) == 1


def test_the_file_with_faults_says_them_and_can_be_sent_in_again():
    factories.unit()
    checked = quotas.check(factories.agency(), quotas.read(as_file(("甲科", *RECORDERS[1:]))))
    made = quotas.tables.with_faults(quotas.TABLE, checked)
    assert "甲科" in load_workbook(io.BytesIO(made)).active["F2"].value
    assert quotas.read(made)[0].texts == ("甲科", *RECORDERS[1:])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no workbook", "devices.not_a_table"),
        (b"x" * (tables.MOST_BYTES + 1), "devices.table_too_large"),
        (as_file(heads=("科室", "类别")), "devices.table_heads"),
        (as_file(), "devices.table_empty"),
        (as_file(*[("甲",)] * (quotas.MOST_ROWS + 1)), "devices.table_too_long"),
    ],
)
def test_a_file_that_is_no_standard_is_refused(content, code):
    with pytest.raises(Refusal) as no:
        quotas.read(content)
    assert no.value.code == code


def test_merged_cells_are_refused():
    book = load_workbook(io.BytesIO(as_file(RECORDERS, CAMERAS)))
    book.active.merge_cells("A2:A3")
    with pytest.raises(table_errors.TableMerged):
        quotas.read(tables.saved(book))


def test_the_template_offers_units_and_kinds_and_reads_as_empty():
    made = quotas.template([factories.unit()])
    choices = load_workbook(io.BytesIO(made))["选项"]
    assert [choices["A1"].value, choices["B1"].value] == ["监督一科", "执法记录仪"]
    with pytest.raises(table_errors.TableEmpty):
        quotas.read(made)


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "an"])
def test_who_may_not_take_it_in(login):
    with pytest.raises(Refusal) as no:
        take_in(RECORDERS, by=login)
    assert no.value.code == "people.not_permitted"


def test_nobody_takes_it_in_for_another_bureau():
    far, rows = factories.stranger("far", "keeper"), quotas.read(as_file(RECORDERS))
    with pytest.raises(Refusal) as no:
        quotas.take_in(factories.agency(), rows, by=far, at=NOON)
    assert no.value.code == "devices.supply_not_ours"


def test_no_event_no_change(log_down):
    take_in(CAMERAS), factories.officer("kong")
    log_down()
    with pytest.raises(LogDown):
        take_in(RECORDERS)
    assert EquipmentQuota.objects.get().kind == "camera"
