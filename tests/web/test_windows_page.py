"""窗口监控: cameras set up, tried, switched; their state and their gaps."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

import factories
from devices.window_cast import ADDRESS, PASSWORD, WHOLE, fixed_camera, kinds, set_up
from liuhen.devices import windows
from liuhen.devices.models import GapReason, WindowCamera, WindowGap
from liuhen.engines.media.streams import Lost
from liuhen.kernel.clock import now
from liuhen.recordings import windows as recorded
from liuhen.web import windows_text

FILLED = {
    "source": "stream", "address": ADDRESS, "password": PASSWORD, "folder": "",
    "segment_seconds": "600",
}  # fmt: skip
HOUR = timedelta(hours=1)


@pytest.fixture
def keeper(as_):
    return as_("kong")


@pytest.fixture
def working(monkeypatch):
    """The worker lives."""
    monkeypatch.setattr("liuhen.recordings.window_states.worker_is_alive", lambda: True)


def page(browser, path="/windows/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def camera_since(length: timedelta, device_no="CK-01") -> WindowCamera:
    return set_up(fixed_camera(device_no), at=now() - length)


@pytest.mark.enforces("window", article="weidong-market:3")
def test_a_camera_is_set_up_and_its_password_is_on_no_page(keeper):
    device = fixed_camera()
    assert keeper.post(f"/windows/{device.pk}/", FILLED).headers["Location"] == "/windows/"
    assert windows.address_of(WindowCamera.objects.get()) == WHOLE
    for path in ("/windows/", f"/windows/{device.pk}/"):
        shown = page(keeper, path)
        assert PASSWORD not in shown
        assert "p%40ss" not in shown
    assert ADDRESS in page(keeper, f"/windows/{device.pk}/")


def test_what_was_typed_is_not_lost_but_the_password_is_not_echoed(keeper):
    device = fixed_camera()
    answer = keeper.post(f"/windows/{device.pk}/", FILLED | {"address": "http://192.168.1.64/"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "http://192.168.1.64/" in shown
    assert "rtsp://" in str(answer.context["form"].non_field_errors())
    assert PASSWORD not in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": ""}, "address"),
        ({"source": "folder"}, "folder"),
        ({"source": "what"}, "source"),
        ({"segment_seconds": "7"}, "segment_seconds"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(keeper, changes, field):
    answer = keeper.post(f"/windows/{fixed_camera().pk}/", FILLED | changes)
    assert field in answer.context["form"].errors
    assert kinds() == []


def test_a_folder_no_page_may_read_is_refused(keeper):
    said = FILLED | {"source": "folder", "folder": "/etc"}
    answer = keeper.post(f"/windows/{fixed_camera().pk}/", said)
    assert "/etc" in str(answer.context["form"].non_field_errors())
    assert not WindowCamera.objects.exists()


def test_an_unusual_length_stays_a_choice(keeper):
    camera = set_up(segment_seconds=90)
    shown = page(keeper, f"/windows/{camera.device.pk}/")
    assert '<option value="90" selected' in shown


def test_the_devices_page_leads_there(keeper):
    device = fixed_camera()
    assert f'href="/windows/{device.pk}/"' in page(keeper, f"/devices/{device.pk}/")
    other = factories.device()
    assert f'href="/windows/{other.pk}/"' not in page(keeper, f"/devices/{other.pk}/")


def test_only_fixed_cameras_of_the_bureau_have_a_page(keeper):
    theirs = fixed_camera("CK-09", agency=factories.agency("邻县卫健局"))
    for device in (factories.device(), theirs):
        assert keeper.get(f"/windows/{device.pk}/").status_code == 404
    assert "CK-09" not in page(keeper)


def probed(monkeypatch, answer):
    asked = []

    def probe(address, folder):
        asked.append(address)
        return answer

    monkeypatch.setattr("liuhen.engines.media.streams.probe", probe)
    return asked


def test_a_connection_is_tried_with_what_stands_in_the_form(keeper, monkeypatch):
    seen = {"video": "hevc", "width": 1920, "height": 1080, "fps": 25.0, "audio": "pcm_alaw",
            "left_out": ["adpcm_g726"]}  # fmt: skip
    asked = probed(monkeypatch, seen)
    answer = keeper.post(f"/windows/{fixed_camera().pk}/test/", FILLED, headers=htmx("tested"))
    shown = answer.content.decode()
    assert asked == [WHOLE]
    assert "H.265，1920×1080，每秒 25 帧；声音 G.711A" in shown
    assert "ADPCM_G726" in shown
    assert not WindowCamera.objects.exists()


def test_a_failed_one_says_what_to_do(keeper, monkeypatch):
    probed(monkeypatch, {"lost": "sign_in", "detail": "?"})
    path = f"/windows/{fixed_camera().pk}/test/"
    for headers in ({}, htmx("tested")):
        shown = keeper.post(path, FILLED, headers=headers).content.decode()
        assert "请核对摄像机的用户名和密码" in shown


def test_the_kept_password_is_told_to_no_other_host(keeper, monkeypatch):
    asked = probed(monkeypatch, {"lost": "unreachable"})
    path = f"/windows/{set_up().device.pk}/test/"
    same = FILLED | {"password": ""}
    keeper.post(path, same, headers=htmx("tested"))
    other = keeper.post(path, same | {"address": "rtsp://admin@10.0.0.9/x"}, headers=htmx("tested"))
    assert asked == [WHOLE]
    assert "不能沿用原密码" in other.content.decode()


def test_a_folder_needs_no_trying(keeper, monkeypatch):
    asked = probed(monkeypatch, {})
    said = FILLED | {"source": "folder", "folder": "/mnt/x"}
    keeper.post(f"/windows/{fixed_camera().pk}/test/", said, headers=htmx("tested"))
    assert asked == []


def htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target}


def test_it_is_switched_off_and_on(keeper):
    camera = set_up()
    path = f"/windows/{camera.device.pk}/switch/"
    assert keeper.post(path, {"on": "0"}).status_code == 302
    assert not WindowCamera.objects.get().is_on
    keeper.post(path, {"on": "1"})
    assert WindowCamera.objects.get().is_on
    assert keeper.post(path, {"on": "what"}).status_code == 400


def test_one_that_is_not_set_up_has_no_switch(keeper):
    assert keeper.post(f"/windows/{fixed_camera().pk}/switch/", {"on": "1"}).status_code == 400


def test_states_as_they_are(keeper, working):
    camera_since(2 * HOUR, "CK-01")
    lost = camera_since(2 * HOUR, "CK-02")
    since = now() - HOUR
    windows.note_lost(lost, GapReason.UNREACHABLE, since=since, at=since, detail="sign_in")
    off = camera_since(2 * HOUR, "CK-03")
    windows.switch(off, on=False, by=factories.officer("kong"), at=now())
    camera_since(timedelta(0), "CK-04")
    fixed_camera("CK-05")
    answer = keeper.get("/windows/")
    states = [row.state for row, *_ in answer.context["rows"]]
    assert states == ["recording", "lost", "off", "connecting", "not_set_up"]
    shown = answer.content.decode()
    assert "无法连接：摄像机拒绝登录。请核对摄像机的用户名和密码。" in shown


def test_one_that_is_just_back_is_recording(keeper, working):
    camera = camera_since(2 * HOUR)
    windows.note_lost(camera, GapReason.STREAM_LOST, since=now() - HOUR, at=now())
    windows.note_back(camera, since=now(), at=now())
    [(row, *_)] = keeper.get("/windows/").context["rows"]
    assert (row.state, row.today.gaps) == ("recording", 1)


def test_without_a_worker_nothing_is_said_to_be_recorded(keeper):
    camera_since(2 * HOUR)
    shown = page(keeper)
    assert "后台进程未运行" in shown
    assert "正在录制" not in shown


def test_the_last_recording_is_the_cameras_own(keeper, working):
    camera = camera_since(HOUR)
    at = now() - timedelta(minutes=10)
    factories.recording("2026-000001", device=camera.device, recorded_at=at)
    factories.recording("2026-000002", recorded_at=now())
    [(row, *_)] = keeper.get("/windows/").context["rows"]
    assert row.last_recorded_at == at


def test_many_cameras_cost_no_more_queries(keeper, working, django_assert_max_num_queries):
    for n in range(12):
        camera_since(HOUR, f"CK-{n:02}")
    with django_assert_max_num_queries(12):
        page(keeper)


def test_a_leader_sees_but_sets_nothing(as_, working):
    camera_since(HOUR)
    shown = page(as_("zhao"))
    assert "CK-01" in shown
    assert "停用" not in shown.split("<tbody>")[1].split("</tbody>")[0]


def test_the_table_alone_is_what_the_page_asks_for_again(keeper):
    fixed_camera()
    answer = keeper.get("/windows/", headers=htmx("cameras"))
    assert answer.content.decode().startswith('<section id="cameras"')


def gap(camera, began_at, length=HOUR, reason=GapReason.STREAM_LOST, detail="ended"):
    return WindowGap.objects.create(
        camera=camera, began_at=began_at, ended_at=began_at + length, reason=reason, detail=detail
    )


@pytest.mark.enforces("window", article="weidong-market:3")
def test_gaps_are_listed_by_the_day(keeper):
    camera = camera_since(240 * HOUR)
    noon = factories.NOON
    gap(camera, noon)
    gap(camera, noon - 30 * HOUR)
    shown = page(keeper, "/windows/gaps/?first=2026-01-05")
    assert "2026-01-05 12:00:00" in shown
    assert "1小时0分0秒" in shown
    assert "摄像机断开了连接" in shown
    assert "2026-01-04 06" not in shown
    assert "first=2026-01-04&amp;last=2026-01-04" in shown
    assert "共 2 条" in page(keeper, "/windows/gaps/?first=2026-01-01&last=2026-01-05")


def test_a_gap_over_midnight_belongs_to_both_days(keeper):
    gap(camera_since(240 * HOUR), factories.NOON, 20 * HOUR)
    for day in ("2026-01-05", "2026-01-06"):
        assert "共 1 条" in page(keeper, f"/windows/gaps/?first={day}")


def test_gaps_of_one_camera_and_a_date_that_is_none(keeper):
    one, two = camera_since(240 * HOUR, "CK-01"), camera_since(240 * HOUR, "CK-02")
    gap(one, now() - timedelta(seconds=5), timedelta(seconds=1))
    assert "共 0 条" in page(keeper, f"/windows/gaps/?device={two.device.pk}")
    assert "共 1 条" in page(keeper, f"/windows/gaps/?device={one.device.pk}&first=yesterday")


def test_a_long_day_is_paged(keeper, django_assert_max_num_queries):
    camera = camera_since(240 * HOUR)
    for n in range(60):
        gap(camera, factories.NOON + timedelta(minutes=n), timedelta(seconds=30))
    with django_assert_max_num_queries(12):
        shown = page(keeper, "/windows/gaps/?first=2026-01-05&page=2")
    assert shown.count("30秒") == 10


def test_gaps_go_out_as_excel(keeper):
    camera = camera_since(240 * HOUR)
    gap(camera, factories.NOON, detail="")
    theirs = set_up(
        fixed_camera("CK-77", agency=factories.stranger().agency), by=factories.stranger()
    )
    gap(theirs, factories.NOON)
    answer = keeper.get("/windows/gaps/export/?first=2026-01-05")
    rows = list(load_workbook(BytesIO(b"".join(answer))).active.values)
    assert len(rows) == 2
    assert rows[1][0] == "CK-01"
    assert rows[1][4:7] == ("1小时0分0秒", 3600, "信号中断")


def test_gaps_too_many_for_one_file_are_refused_not_cut(keeper, monkeypatch):
    monkeypatch.setattr("liuhen.web.sheets.MOST_ROWS", 1)
    camera = camera_since(240 * HOUR)
    gap(camera, factories.NOON), gap(camera, factories.NOON + timedelta(hours=2))
    answer = keeper.get("/windows/gaps/export/?first=2026-01-05")
    assert answer.context["refusal"].code == "web.too_many_to_export"


def test_every_code_has_its_words():
    assert set(windows_text.LOST) == set(Lost)
    assert windows_text.lost_text("invented") == "invented"


def test_trying_another_bureaus_camera_is_refused_in_the_operation_too(bureau):
    from liuhen.kernel.refusal import Refusal

    with pytest.raises(Refusal) as no:
        recorded.try_out(fixed_camera(), address=ADDRESS, by=factories.stranger())
    assert no.value.code == "devices.not_this_bureaus_camera"


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.4, "不足1秒"), (59, "59秒"), (61, "1分1秒"), (3661, "1小时1分1秒")]
)
def test_lengths(seconds, told):
    assert windows_text.length_text(timedelta(seconds=seconds)) == told
