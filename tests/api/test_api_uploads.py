"""Browser uploads over tus 1.0: https://tus.io/protocols/resumable-upload"""

import pytest
from api_cast import Tus, spoken

from liuhen.people.roles import Role
from liuhen.recordings import uploads
from liuhen.recordings.models import Upload
from liuhen.recordings.upload_files import path_of

pytestmark = pytest.mark.usefixtures("bureau")


def test_a_file_arrives_in_pieces(tus):
    url = tus.begun(11)
    assert tus.patch(url, 0, b"hello ").headers["Upload-Offset"] == "6"
    assert tus.patch(url, 6, b"world").headers["Upload-Offset"] == "11"
    assert path_of(Upload.objects.get()).read_bytes() == b"hello world"


def test_head_tells_how_far_it_is(tus):
    url = tus.begun(11, lastModified=b"1767585600123")
    tus.patch(url, 0, b"hello ")
    told = tus.head(url)
    assert (told.status_code, told.content) == (200, b"")
    assert (told["Upload-Offset"], told["Upload-Length"]) == ("6", "11")
    assert told["Cache-Control"] == "no-store"
    assert "lastModified MTc2NzU4NTYwMDEyMw==" in told["Upload-Metadata"]


def test_the_first_bytes_may_come_with_the_announcement(browser):
    answer = browser.post(
        "/api/uploads/",
        b"hello",
        content_type="application/offset+octet-stream",
        headers=spoken({"Upload-Length": "9", "Upload-Metadata": "filename YQ==,group Zw=="}),
    )
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "5")


def test_a_wrong_offset_changes_nothing(tus):
    url = tus.begun(20)
    tus.patch(url, 0, b"hello ")
    for offset in (0, 5, 7):
        answer = tus.patch(url, offset, b"wrong")
        assert (answer.status_code, answer.json()["code"]) == (409, "upload.offset_moved")
    assert tus.head(url)["Upload-Offset"] == "6"


def test_more_than_declared_is_refused_unread(tus):
    url = tus.begun(3)
    assert tus.patch(url, 0, b"four").status_code == 413
    assert tus.head(url)["Upload-Offset"] == "0"


def test_an_upload_is_its_officers_alone(tus, browser_of, officer):
    url = tus.begun(3)
    zhao = Tus(browser_of(officer("zhao")))
    answers = [zhao.head(url), zhao.patch(url, 0, b"abc"), zhao.delete(url)]
    assert {answer.status_code for answer in answers} == {404}
    assert tus.head(url)["Upload-Offset"] == "0"


def test_who_takes_in_nothing_uploads_nothing(browser_of, officer):
    answer = Tus(browser_of(officer("auditor", Role.AUDITOR))).create(3)
    assert (answer.status_code, answer.json()["code"]) == (403, "people.not_permitted")


def test_a_visitor_uploads_nothing(client):
    answer = Tus(client).create(3)
    assert (answer.status_code, answer.json()["code"]) == (401, "api.not_signed_in")


def test_a_foreign_page_uploads_nothing(browser_of, li):
    tus = Tus(browser_of(li, csrf=True))
    assert tus.create(3).status_code == 403
    assert not Upload.objects.exists()


def test_a_page_of_ours_proves_itself_by_header(browser_of, li):
    browser = browser_of(li, csrf=True)
    browser.cookies["csrftoken"] = secret = "s" * 32
    said = {"Upload-Length": "3", "Upload-Metadata": "filename YQ==,group Zw=="}
    answer = browser.post("/api/uploads/", headers=spoken(said) | {"X-CSRFToken": secret})
    assert answer.status_code == 201


def test_a_get_cannot_pose_as_a_patch(tus):
    url = tus.begun(3)
    answer = tus.client.get(url, headers=spoken({"X-HTTP-Method-Override": "PATCH"}))
    assert answer.status_code == 405


def test_a_post_may_stand_for_a_patch(tus):
    url = tus.begun(3)
    said = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    kind = "application/offset+octet-stream"
    answer = tus.client.post(url, b"abc", content_type=kind, headers=spoken(said))
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")


def test_a_cancelled_upload_leaves_nothing(tus):
    url = tus.sent(b"abc")
    assert tus.delete(url).status_code == 204
    assert not Upload.objects.exists()
    assert list(uploads.folder().iterdir()) == []
    assert tus.head(url).status_code == 404


def test_options_says_what_is_spoken(client):
    answer = client.options("/api/uploads/")
    assert (answer.status_code, answer["Tus-Version"]) == (204, "1.0.0")
    assert "creation-with-upload" in answer["Tus-Extension"].split(",")


def test_another_version_is_turned_away(browser):
    answer = browser.post("/api/uploads/", headers={"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize(
    "said",
    [
        {"Upload-Metadata": "filename YQ=="},
        {"Upload-Length": "-1", "Upload-Metadata": "filename YQ=="},
        {"Upload-Length": "٣", "Upload-Metadata": "filename YQ=="},
        {"Upload-Length": "3"},
        {"Upload-Length": "3", "Upload-Metadata": "filename !!"},
        {"Upload-Length": "3", "Upload-Metadata": "filename YQ==,group Li4v"},
    ],
)
def test_a_malformed_announcement_is_refused(browser, said):
    latin = {name: value.encode().decode("latin-1") for name, value in said.items()}
    answer = browser.post("/api/uploads/", headers=spoken(latin))
    assert (answer.status_code, Upload.objects.count()) == (400, 0)


def test_a_body_of_another_type_is_refused(tus):
    url = tus.begun(3)
    answer = tus.client.patch(url, b"abc", headers=spoken({"Upload-Offset": "0"}))
    assert answer.status_code == 415


def test_too_little_space_is_said_before_the_first_byte(tus, monkeypatch):
    free = uploads.KEEP_FREE_BYTES + 2 * 1000
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _: usage)
    answer = tus.create(1001)
    assert (answer.status_code, answer.json()["code"]) == (413, "upload.too_little_space")
    assert tus.create(900).status_code == 201
    assert tus.create(900).status_code == 413  # 900 bytes are promised already
