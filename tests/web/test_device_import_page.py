"""Many devices at once, on their page."""

import html
import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import factories
from liuhen.devices import sheet
from liuhen.devices.models import Device
from liuhen.engines.paper import tables


def sent(*rows: tuple[str, ...]) -> dict[str, SimpleUploadedFile]:
    texts = [row + ("",) * (len(sheet.HEADS) - len(row)) for row in rows]
    content = tables.saved(tables.book_of(sheet.TABLE, texts))
    return {"file": SimpleUploadedFile("设备.xlsx", content)}


def test_a_list_is_taken_in(as_):
    answer = as_("kong").post("/devices/import/", sent(("A", "执法记录仪"), ("B", "录音笔")))
    assert answer.headers["Location"] == "/devices/"
    assert Device.objects.count() == 2


def test_wrong_rows_are_shown_and_told_in_a_file(as_):
    browser = as_("kong")
    page = browser.post("/devices/import/", sent(("A", "执法记录仪"), ("<B>", "飞机")))
    assert page.status_code == 422
    assert not Device.objects.exists()
    [carried] = re.findall(r'name="rows" value="([^"]+)"', page.content.decode())
    answer = browser.post("/devices/import/errors/", {"rows": html.unescape(carried)})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[1][-1] is None
    assert (rows[2][0], "飞机" in rows[2][-1]) == ("<B>", True)


def test_rows_this_page_did_not_write_are_refused(as_):
    deep, endless = "[" * 99_999, f"[[Infinity, {['x'] * 23}, []]]".replace("'", '"')
    for carried in ("", "[1]", '[[1, ["x"], []]]', "{}x", "[[1, null, []]]", deep, endless):
        answer = as_("kong").post("/devices/import/errors/", {"rows": carried})
        assert answer.status_code == 400, carried[:40]


def test_a_file_that_is_no_list_is_said_to_be_none(as_):
    answer = as_("kong").post("/devices/import/", {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert "Excel" in answer.context["form"].non_field_errors()[0]


def test_the_template_names_the_bureaus_units_and_keepers(as_):
    factories.unit()
    answer = as_("kong").get("/devices/import/template/")
    choices = load_workbook(io.BytesIO(answer.content))[tables.CHOICES]
    offered = {cell.value for row in choices.iter_rows() for cell in row}
    assert {"执法记录仪", "监督一科", "孔管设备（kong）", "是"} <= offered
