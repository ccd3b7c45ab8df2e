"""配备标准: the table, the outside standard taken in, Excel."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import factories
from factories import NOON
from liuhen.devices import quotas
from liuhen.devices.models import Device, EquipmentQuota
from liuhen.engines.paper import tables
from liuhen.regulations.models import Adoption


def follow(pack_id: str) -> None:
    factories.agency()
    Adoption.objects.update(pack_id=pack_id)


def body_camera(no: str, **more) -> None:
    facts = {"agency": factories.agency(), "unit": factories.unit(), "kind": "body_camera"}
    Device.objects.create(device_no=no, registered_at=NOON, **facts | more)


def as_file(*rows) -> SimpleUploadedFile:
    book = tables.book_of(quotas.TABLE, [])
    for row in rows:
        book.active.append(row)
    return SimpleUploadedFile("a.xlsx", tables.saved(book))


def sheet(answer) -> list[list]:
    book = load_workbook(io.BytesIO(b"".join(answer)))
    return [[cell.value for cell in row] for row in book.active.rows]


@pytest.mark.enforces("equipment", article="weidong-market:3")
def test_each_unit_with_what_it_needs_what_is_there_and_what_is_missing(as_):
    follow("weidong-market")
    for n in range(6):
        factories.officer(f"o{n}")
    body_camera("A"), body_camera("B", state="scrapped"), body_camera("C", kind="fixed_camera")
    found = as_("kong").get("/equipment/").context["standard"]
    [line] = found.lines
    assert (line.counted.people, line.counted.carried) == (6, 1)
    assert (line.answer.needed, line.answer.missing, found.missing) == (2, 1, 1)
    assert (found.windows.wanted, found.windows.registered, found.windows.recorded) == (True, 1, 0)


def test_a_busy_unit_needs_more_and_the_page_names_the_article(as_):
    follow("weidong-market")
    factories.agency().units.all()
    unit = factories.unit()
    unit.is_busy = True
    unit.save()
    for n in range(7):
        factories.officer(f"o{n}")
    page = as_("kong").get("/equipment/")
    assert page.context["standard"].needed == 3
    assert "较重" in page.content.decode()
    assert "/rules/articles/3/" in page.content.decode()


def test_the_bars_say_what_the_table_says(as_):
    follow("weidong-market")
    factories.officer("li")
    page = as_("kong").get("/equipment/")
    assert page.context["chart"]["names"] == ["监督一科"]
    assert [one["values"] for one in page.context["chart"]["series"]] == [[2], [0]]
    assert 'id="chart-data"' in page.content.decode()


@pytest.mark.enforces("equipment", article="jiaxian-health:3")
def test_an_outside_standard_is_taken_in_and_shown_with_its_requirements(as_):
    follow("jiaxian-health")
    factories.officer("li")
    browser = as_("kong")
    assert "尚未导入其台数" in browser.get("/equipment/").content.decode()
    row = ("监督一科", "执法记录仪", "4", "连续8小时", "省办法")
    answer = browser.post("/equipment/import/", {"file": as_file(row)}, follow=True)
    assert answer.redirect_chain == [("/equipment/", 302)]
    assert answer.context["standard"].missing == 4
    assert "连续8小时" in answer.content.decode()


def test_of_one_kind_too_many_make_up_for_none_of_another(as_):
    follow("jiaxian-health")
    factories.officer("li")
    facts = {"agency": factories.agency(), "unit": factories.unit(), "source": "省办法"}
    for kind, needed in (("body_camera", 1), ("camera", 1)):
        EquipmentQuota.objects.create(kind=kind, needed=needed, imported_at=NOON, **facts)
    body_camera("A"), body_camera("B")
    page = as_("kong").get("/equipment/")
    [line] = page.context["standard"].lines
    assert (line.counted.carried, line.counting, line.answer.missing) == (2, 1, 1)
    assert "计入 1" in page.content.decode()


def test_wrong_rows_are_named_and_nothing_is_saved(as_):
    factories.unit()
    browser = as_("kong")
    sent = {"file": as_file(("别处科", "执法记录仪", "4", "", "省办法"))}
    answer = browser.post("/equipment/import/", sent)
    assert answer.status_code == 422
    assert "没有名为“别处科”的科室" in answer.content.decode()
    assert not EquipmentQuota.objects.exists()
    faults = load_workbook(io.BytesIO(browser.get("/equipment/import/errors/").content)).active
    assert "别处科" in faults["F2"].value


def test_the_template_can_be_had_and_without_errors_there_is_no_file_of_them(as_):
    browser = as_("kong")
    template = browser.get("/equipment/import/template/").content
    assert "配备标准" in load_workbook(io.BytesIO(template)).sheetnames
    assert browser.get("/equipment/import/errors/").headers["Location"] == "/equipment/import/"


def test_a_units_head_sees_the_own_unit(as_):
    follow("weidong-market")
    factories.officer("wu", unit=factories.unit("监督二科"))
    page = as_("wang").get("/equipment/")
    assert [line.counted.unit.name for line in page.context["standard"].lines] == ["监督一科"]
    assert "/equipment/import/" not in page.content.decode()


def test_another_bureaus_units_are_not_there(as_):
    far = factories.stranger("far")
    factories.officer("li")
    page = as_("kong").get("/equipment/").content.decode()
    assert far.agency.name not in page
    assert page.count("监督一科") >= 1


def test_the_export_has_a_column_for_each_kind_and_a_total(as_):
    follow("weidong-market")
    factories.officer("li")
    body_camera("A")
    heads, row, total = sheet(as_("kong").get("/equipment/export/"))
    assert row[: len(heads)][:6] == ["监督一科", 1, "一般", 2, 1, 1]
    assert row[heads.index("执法记录仪")] == 1
    assert total[3:6] == [2, 1, 1]


@pytest.mark.parametrize("units", [1, 8])
def test_many_units_cost_no_more_queries(as_, django_assert_max_num_queries, units):
    follow("weidong-market")
    for n in range(units):
        factories.officer(f"o{n}", unit=factories.unit(f"科室{n}"))
        body_camera(f"D{n}", unit=factories.unit(f"科室{n}"))
    browser = as_("kong")
    with django_assert_max_num_queries(20):
        browser.get("/equipment/")


def test_without_a_standard_only_what_is_there_is_shown(as_):
    factories.officer("li")
    assert "没有规定设备配备数量" in as_("kong").get("/equipment/").content.decode()
