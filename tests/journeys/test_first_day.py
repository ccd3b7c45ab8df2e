"""A bureau's first day, in a browser: set-up, intake, list, play, verify, history."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys import approving
from journeys.served import run_inside
from journeys.signing_in import PASSWORD, sign_in

pytestmark = pytest.mark.journey

PEOPLE = {
    "system_admin": ("xitong", "许志远"),
    "security_admin": ("anquan", "安晓岚"),
    "auditor": ("shenji", "沈季平"),
    "custodian": ("baoguan", "周文保"),
}


def set_up(page: Page, url: str, pack: str | None = None) -> None:
    page.goto(url)
    page.get_by_label("单位全称").fill("某县综合执法局")
    offered = page.locator("input[name=pack_id]")
    chosen = page.locator(f"input[name=pack_id][value={pack}]") if pack else offered.nth(2)
    chosen.check(force=True)
    page.get_by_label("制度施行日期").fill("2026-01-01")
    for role, (login, name) in PEOPLE.items():
        page.fill(f"[name={role}-login]", login)
        page.fill(f"[name={role}-name]", name)
        page.fill(f"[name={role}-password]", PASSWORD)
        page.fill(f"[name={role}-again]", PASSWORD)
    page.get_by_role("button", name="完成设置").click()


def test_1_the_first_visit_sets_the_bureau_up(page, house):
    page.goto(f"{house.url}/recordings/")
    expect(page).to_have_url(re.compile("/set-up/"))
    set_up(page, house.url)
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.goto(f"{house.url}/set-up/")
    expect(page.locator("input[name=agency_name]")).to_have_count(0)


def test_2_the_custodian_takes_a_card_in_and_sees_it_progress(page, house, made_card):
    sign_in(page, house.url, "baoguan")
    page.locator("nav a[href='/intake/'], aside a[href='/intake/']").first.click()
    page.get_by_role("button", name=str(made_card)).click()
    expect(page.locator("#folder [name=place]")).to_be_checked()
    page.locator("#start [name=device_no]").fill("ZF-0007")
    page.get_by_role("button", name="开始采集").click()
    expect(page).to_have_url(re.compile("/batches/"))
    expect(page.get_by_text("采集完成").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Thumbs.db")).to_be_visible()


def test_3_the_list_shows_what_came_in(page, house):
    sign_in(page, house.url, "baoguan")
    page.goto(f"{house.url}/recordings/")
    expect(page.locator("a[href*='/recordings/20']").first).to_be_visible()
    page.goto(f"{house.url}/recordings/?words=DSC_0001")
    expect(page.get_by_text("DSC_0001.JPG").first).to_be_visible()
    expect(page.get_by_text("共 1 条")).to_be_visible()


def open_recording(page: Page, url: str, words: str) -> None:
    page.goto(f"{url}/recordings/?words={words}")
    page.locator("a[href*='/recordings/20']").first.click()


def wait_examined(page: Page, url: str, words: str) -> None:
    """The worker examines in the background; the page is asked again until it has."""
    for _ in range(60):
        open_recording(page, url, words)
        if page.get_by_text("待检验").count() == 0:
            return
        page.wait_for_timeout(500)
    raise AssertionError("the recording was not examined")


def plays_past(video: Locator, seconds: float) -> bool:
    """Start it and wait until the picture has moved on; the browser's own clock tells."""
    return video.evaluate(
        """(video, past) => new Promise(done => {
            video.addEventListener('timeupdate', () => video.currentTime > past && done(true));
            video.addEventListener('error', () => done(false));
            video.play();
        })""",
        seconds,
    )


def test_4_a_clip_plays(page, house):
    approving.approve_all(house, "baoguan")
    sign_in(page, house.url, "baoguan")
    wait_examined(page, house.url, "20260105093000")
    page.locator("[hx-post$='/open/']").first.click()
    video = page.locator("video")
    expect(video).to_be_visible()
    assert plays_past(video, 1)


def test_5_what_the_browser_cannot_play_plays_as_a_rendition(page, house):
    sign_in(page, house.url, "baoguan")
    wait_examined(page, house.url, "20260105093100")
    for _ in range(60):
        page.reload()
        page.locator("[hx-post$='/open/']").first.click()
        page.wait_for_timeout(500)
        if page.locator("video").count():
            break
    assert plays_past(page.locator("video"), 0.5)
    expect(page.get_by_text("转码件").first).to_be_visible()


def test_6_a_photo_and_a_voice_recording_open(page, house):
    sign_in(page, house.url, "baoguan")
    wait_examined(page, house.url, "DSC_0001")
    page.locator("[hx-post$='/open/']").first.click()
    photo = page.locator("img[src*='/media/']")
    assert photo.evaluate("i => i.decode().then(() => i.naturalWidth)") == 800
    wait_examined(page, house.url, "REC_0001")
    page.locator("[hx-post$='/open/']").first.click()
    expect(page.locator("audio")).to_have_count(1)


def test_7_a_damaged_recording_is_kept_and_marked(page, house):
    sign_in(page, house.url, "baoguan")
    wait_examined(page, house.url, "20260105094000")
    expect(page.get_by_text("索引").first).to_be_visible()


def test_8_verify_now_and_the_history_tells_all(page, house):
    sign_in(page, house.url, "baoguan")
    wait_examined(page, house.url, "20260105093000")
    page.get_by_role("button", name="立即核验").click()
    expect(page.get_by_text(re.compile("与封存时一致|核验通过")).first).to_be_visible()
    for told in ("封存入库", "技术检验", "打开查看", "核验完整性"):
        expect(page.get_by_text(told).first).to_be_visible()


def test_9_the_register_knows_how_long_it_was_open(house):
    """What the browsers of the earlier steps said when their pages were left."""
    run_inside(
        house,
        "import django; django.setup()\n"
        "from liuhen.access.models import Viewing\n"
        "lines = Viewing.objects.filter(recording__kind='video')\n"
        "assert all(one.grant and one.viewer.login == 'baoguan' for one in lines)\n"
        "assert lines.filter(seconds__gt=0).exists(), list(lines.values())",
    )


def test_10_an_administrator_sees_no_recording(page, house):
    sign_in(page, house.url, "xitong")
    expect(page.get_by_role("link", name="音像资料")).to_have_count(0)
    page.goto(f"{house.url}/recordings/2026-000001/")
    expect(page.locator("video, [hx-post$='/open/']")).to_have_count(0)
