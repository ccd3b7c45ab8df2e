"""The device's clock, read from what it filmed of the clock page."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories
from engines.media import clock_pages
from liuhen.devices.models import Checkout
from liuhen.kernel.clock import in_china, now
from liuhen.web import clock_files

AHEAD = timedelta(hours=8, minutes=3)


def send(browser, content: bytes, name: str = "DSC_0001.JPG", opened=None):
    address = f"/devices/{factories.device().pk}/clock/file/"
    token = clock_files.opening(opened or now() - timedelta(minutes=1))
    return browser.post(address, {"shot": SimpleUploadedFile(name, content), "opened": token})


def photo(tmp_path, **more) -> bytes:
    shown = f"{in_china(now()) + AHEAD:%Y:%m:%d %H:%M:%S}"
    return clock_pages.photo(tmp_path / "a.jpg", now(), shown, **more).read_bytes()


def test_a_photo_of_the_clock_page_tells_the_offset(as_, tmp_path):
    factories.officer("li")
    browser = as_("kong")
    token = send(browser, photo(tmp_path)).context["token"]
    said = {"who": "HB-li", "ok_works": "on", "ok_clock": "on", "reading": token}
    browser.post(f"/devices/{factories.device().pk}/hand-out/", said)
    reading = Checkout.objects.get().clock_readings.get()
    assert reading.method == "code"
    assert abs(reading.offset_seconds - Decimal(28980)) <= reading.uncertainty_seconds + 1
    assert reading.uncertainty_seconds == Decimal("1.000")
    assert reading.evidence["code_time"]


def test_without_the_code_the_upload_bounds_the_time(as_, tmp_path, monkeypatch):
    monkeypatch.setattr(clock_pages, "page", lambda at, **_: clock_pages.Image.new("L", (640, 360)))
    answer = send(as_("kong"), photo(tmp_path))
    assert "试拍文件与上传时间比对" in answer.text


def test_an_old_picture_of_the_page_is_refused(as_, tmp_path):
    content = photo(tmp_path)
    answer = send(as_("kong"), content, opened=now() + timedelta(hours=3))
    assert answer.context["problem"] == clock_files.WHYS["code_not_current"]


@pytest.mark.parametrize(
    "content", [b"", b"#EXTM3U\nfile:///etc/passwd", b"\xff\xd8\xff\xe0broken"]
)
def test_what_is_no_picture_says_so(as_, content):
    answer = send(as_("kong"), content, name="a.mp4")
    assert answer.context["problem"] == clock_files.WHYS["unreadable"]


def test_nothing_stays_of_what_was_sent(as_, tmp_path, settings):
    send(as_("kong"), photo(tmp_path))
    assert list(settings.DATA.uploads.iterdir()) == []


def test_no_file_says_so(as_):
    answer = as_("kong").post(f"/devices/{factories.device().pk}/clock/file/")
    assert "token" not in answer.context
