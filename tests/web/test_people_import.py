"""Many accounts at once, on their page."""

from django.core.files.uploadedfile import SimpleUploadedFile

import factories
from liuhen.people.models import Officer
from people.rosters import SI, ZHANG, as_file, opened


def send(browser, content: bytes):
    return browser.post("/people/import/", {"file": SimpleUploadedFile("a.xlsx", content)})


def test_first_passwords_are_shown_once_and_kept_nowhere(as_):
    factories.unit()
    browser = as_("an")
    answer = send(browser, as_file(ZHANG, SI))
    assert "no-store" in answer.headers["Cache-Control"]
    [zhang, _si] = answer.context["made"]
    assert zhang.password in answer.content.decode()
    assert zhang.password not in str(dict(browser.session))
    assert Officer.objects.get(login="zhangsan").check_password(zhang.password)


def test_sent_twice_makes_nobody_twice(as_):
    browser = as_("an")
    send(browser, as_file(SI))
    assert send(browser, as_file(SI)).status_code == 422
    assert Officer.objects.filter(login="lisi").count() == 1


def test_wrong_rows_are_named_and_can_be_downloaded_with_what_is_wrong(as_):
    browser = as_("an")
    answer = send(browser, as_file(SI, ("王五", "")))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "登录名" in page
    assert not Officer.objects.filter(login="lisi").exists()
    sheet = opened(browser.get("/people/import/errors/").content)["人员"]
    assert [sheet["H2"].value or "", sheet["H3"].value] == ["", "登录名：不能为空。"]


def test_a_file_that_cannot_be_read_is_said_on_the_form(as_):
    answer = send(as_("an"), b"name;login")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_no_file_is_said_beside_the_field(as_):
    assert list(as_("an").post("/people/import/", {}).context["form"].errors) == ["file"]


def test_nothing_wrong_leaves_nothing_to_download(as_):
    assert as_("an").get("/people/import/errors/").headers["Location"] == "/people/import/"


def test_the_template_has_the_bureaus_own_units_only(as_):
    factories.unit("监督二科")
    factories.unit("别处科", of=factories.agency("邻县卫健局"))
    book = opened(as_("an").get("/people/import/template/").content)
    listed = {cell.value for row in book["选项"].rows for cell in row}
    assert "监督二科" in listed
    assert "别处科" not in listed
