"""执法事项清单: reading, taking in, classing, Excel out and in again."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories
from cases.test_matters import line, sheet, take_in
from liuhen.cases import matters
from liuhen.cases.models import ListedMatter
from liuhen.people.roles import Role

pytestmark = pytest.mark.usefixtures("bureau")


def upload(*lines):
    return {"file": SimpleUploadedFile("清单.xlsx", sheet(*lines))}


def names():
    return [one.name for one in matters.current(factories.agency())]


def test_the_list_is_taken_in_and_read_by_all_who_see_recordings(as_):
    answer = as_("fa").post("/matters/import/", upload(line("甲"), line("乙", seq="2")))
    assert answer.headers["Location"] == "/matters/"
    assert names() == ["甲", "乙"]
    for login in ("li", "wang", "zhou", "du"):
        assert "公共" not in as_(login).get("/matters/").content.decode()
        assert "甲" in as_(login).get("/matters/").content.decode()


def test_wrong_rows_are_shown_and_come_back_as_a_file(as_):
    browser = as_("fa")
    answer = browser.post("/matters/import/", upload(line("甲"), line("", seq="2")))
    assert answer.status_code == 422
    assert "执法事项" in answer.content.decode()
    assert names() == []
    file = openpyxl.load_workbook(BytesIO(browser.get("/matters/import/errors/").content))
    assert file.active["O3"].value == "执法事项：不能为空。"


def test_no_workbook_is_said_in_words(as_):
    answer = as_("fa").post("/matters/import/", {"file": SimpleUploadedFile("a.xlsx", b"x")})
    assert "不是可以读取的 Excel" in answer.content.decode()


def test_the_template_has_the_fourteen_columns(as_):
    answer = as_("fa").get("/matters/import/template/")
    sheet = openpyxl.load_workbook(BytesIO(answer.content))["音像记录事项清单"]
    assert tuple(cell.value for cell in sheet[1]) == matters.HEADS


def test_what_was_exported_is_taken_in_again(as_):
    take_in(line("甲"), line("乙", seq="7", stage="留置送达"))
    browser = as_("fa")
    content = b"".join(browser.get("/matters/export/"))
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet["O3"].value == "留置送达"
    answer = browser.post("/matters/import/", {"file": SimpleUploadedFile("a.xlsx", content)})
    assert answer.status_code == 302
    assert [(one.seq, one.kind) for one in matters.current(factories.agency())] == [
        (1, "inspection"),
        (7, "service_by_leaving"),
    ]


def test_a_lines_kind_is_put_right_where_it_stands(as_):
    take_in(line("甲"))
    one = ListedMatter.objects.get()
    browser, way = as_("fa"), f"/matters/{one.pk}/kind/"
    part = browser.post(way, {"kind": "investigation"}, headers={"HX-Request": "true"})
    assert "is-valid" in part.content.decode()
    one.refresh_from_db()
    assert one.kind == "investigation"
    assert f"/matters/{one.pk}/kind/" not in as_("li").get("/matters/").content.decode()


def test_another_bureaus_list_is_not_found(as_):
    take_in(line("甲"))
    far = as_(factories.stranger("far", Role.LEGAL_OFFICE))
    assert "甲" not in far.get("/matters/").content.decode()
    way = f"/matters/{ListedMatter.objects.get().pk}/kind/"
    assert far.post(way, {"kind": "other"}).status_code == 404
