"""An activity watched in a browser: two devices in step, marks, loop, pictures, by keyboard."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.approving import approve_all
from journeys.served import run_inside, served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up
from liuhen.engines.media import footage
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]

AT = datetime(2026, 1, 5, 10, 0, tzinfo=CHINA)
CLIPS = (("ZF-0007", 0), ("ZF-0008", 1), ("ZF-0007", 600), ("ZF-0009", 7200))
"""Device, and how many seconds after AT it began; ten minutes nobody recorded. The last one
belongs to no activity."""

SECONDS = 8

# How people, cards and activities come into the system has journeys of its own.
FILL = f"""
import django
django.setup()
import json
from datetime import datetime, timedelta
from liuhen.cases import activities, linking
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.kernel.clock import now
from liuhen.people import roles_changing
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
from liuhen.recordings import batches, derived, examination, intake
from liuhen.recordings.models import Recording
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
for login, name, cert in (("liming", "李明", "130821001"), ("wangfang", "王芳", "130821002")):
    new = NewOfficer(login, name, "{PASSWORD}", frozenset({{Role.OFFICER}}), officer_cert_no=cert)
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
li, wang = (Officer.objects.get(login=login) for login in ("liming", "wangfang"))
for device, officer in (("ZF-0007", li), ("ZF-0008", wang), ("ZF-0009", li)):
    card = f"{{CARDS}}/{{device}}".encode()
    batch = batches.ask([card], by=officer, at=now(), device_no=device, officer=officer)
    intake.run(batch, clock=now)
for recording in Recording.objects.all():
    examination.examine(recording, at=now())
at = datetime.fromisoformat("{AT.isoformat()}")
facts = ActivityFacts("inspection", "中兴路12号", (li, wang), arrived_at=at,
    left_at=at + timedelta(minutes=11))
activity = activities.register(facts, by=li, at=now())
films = Recording.objects.exclude(device_no="ZF-0009")
pairs = [linking.Pair(activity, one) for one in films]
linking.link_all(pairs, by=Officer.objects.get(login="baoguan"), at=now())
# A file that states no length and carries its way, as some phones make them.
last = Recording.objects.get(device_no="ZF-0009")
last.duration_seconds, last.examination["outputs"] = None, ["track.json"]
last.save()
places = [[n, 34.15 + n / 9000, 113.2 + n / 5000, None] for n in range(9)]
way = derived.folder(last) / derived.TRACK
way.write_text(json.dumps({{"source": "gpmf", "points": places}}))
print(last.number)
"""

PAGE = "/activities/HD-2026-000001/player/"


@pytest.fixture(scope="module")
def cards(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cards")
    for device, after in CLIPS:
        start = AT + timedelta(seconds=after)
        path = folder / device / f"{device}_130821001_{start:%Y%m%d%H%M%S}.MP4"
        path.parent.mkdir(exist_ok=True)
        footage.make_clip(path, started_at=start, seconds=SECONDS, size=(640, 360))
    return folder


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    with served(tmp_path_factory.mktemp("player") / "data") as running:
        yield running


def player(page: Page, expression: str) -> object:
    """Of the player on the page: `p`, its clock `m`, its decks `d`."""
    return page.evaluate(f"({in_player(expression)})()")


def in_player(expression: str) -> str:
    return f"""() => {{
        const p = document.querySelector('[data-watch]').player;
        const [m, d] = [p.master, p.decks];
        return {expression};
    }}"""


def until(page: Page, expression: str) -> None:
    page.wait_for_function(in_player(expression))


def watch(page: Page, url: str) -> None:
    sign_in(page, url, "liming")
    page.goto(url + PAGE)
    expect(page.locator("[data-tile]")).to_have_count(2)


def play(page: Page) -> None:
    page.keyboard.press(" ")
    until(page, "d.every(deck => deck.media.currentTime > 0.5 && !deck.media.paused)")


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-notice]")).to_contain_text(text)


def events(page: Page, url: str, number: str) -> str:
    page.goto(f"{url}/recordings/{number}/history/")
    return page.locator("body").inner_text()


def test_1_two_devices_play_in_step_from_one_key(page, bureau, cards):
    page.goto(bureau.url)
    set_up(page, bureau.url, pack="chengde-safety")
    run_inside(bureau, f"CARDS = {str(cards)!r}\n{FILL}")
    approve_all(bureau, "liming")  # chengde-safety 22 asks it of one's own work, too
    watch(page, bureau.url)
    assert player(page, "d.map(deck => deck.media.getAttribute('src'))") == [None, None]
    play(page)
    off = "Math.abs(d[1].media.currentTime - (m.t - d[1].segment.start) / 1000)"
    until(page, f"m.isPlaying && {off} < 0.1")
    assert player(page, "[d[0].media.muted, d[1].media.muted]") == [False, True]


def test_2_what_nobody_recorded_is_red_and_jumped_over(page, bureau):
    watch(page, bureau.url)
    gap = page.locator(".watch-gap-unexplained")
    expect(gap).to_have_count(1)
    expect(gap.locator("title")).to_contain_text("尚未说明原因")
    play(page)
    page.keyboard.press(">")
    until(page, f"m.t > m.span.from + {600_000}")
    said(page, "已跳过无录像时段")
    expect(page.locator("[data-message]").nth(1)).to_have_text("此时段无录像")


def test_3_marks_by_keyboard_satisfy_what_the_regulation_asks_for(page, bureau):
    watch(page, bureau.url)
    play(page)
    page.keyboard.press("k")
    page.keyboard.press("m")
    expect(page.locator("[data-palette]")).to_be_visible()
    page.keyboard.press("1")
    said(page, "已标记：告知记录")
    notice = page.locator("[data-point='notice/notice']")
    expect(notice).to_have_class(re.compile("watch-point-kept"))
    page.locator("[data-point='shot/place']").click()
    said(page, "已标记：现场地点")
    page.reload()
    expect(page.locator("[data-point='shot/place']")).to_have_class(re.compile("kept"))
    expect(page.locator(".watch-mark")).to_have_count(2)


def test_4_frames_speed_and_loop(page, bureau):
    watch(page, bureau.url)
    play(page)
    page.keyboard.press("k")
    until(page, "!d[0].media.seeking")
    before = player(page, "d[0].place")
    page.keyboard.press(".")
    until(page, f"Math.abs(d[0].place - {before} - 1 / {footage.RATE}) < 0.01")
    page.keyboard.press(",")
    until(page, f"Math.abs(d[0].place - {before}) < 0.01")
    page.keyboard.press("a")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("b")
    began = player(page, "m.loop.from")
    until(page, f"m.isPlaying && m.t - {began} > 500")
    until(page, f"m.t - {began} < 400")
    page.locator("[data-speed]").select_option("0.5")
    until(page, "d[0].media.playbackRate === 0.5")
    page.locator("[data-timeline]").focus()
    page.keyboard.press("Escape")
    assert player(page, "m.loop") is None
    page.keyboard.press("j")
    until(page, "m.isReversed")
    said(page, "已取消循环")


def test_5_a_picture_is_kept_and_stands_under_the_watermark(page, bureau):
    watch(page, bureau.url)
    play(page)
    page.keyboard.press("k")
    page.keyboard.press("s")
    said(page, "已截取画面并记入保管链")
    page.get_by_role("tab", name="截图").click()
    picture = page.locator("[data-snapshots] img")
    assert picture.evaluate("i => i.decode().then(() => i.naturalWidth)") == 640
    # Whichever of the two stands in front by then: a busy machine plays on a little longer.
    told = events(page, bureau.url, "2026-000001") + events(page, bureau.url, "2026-000002")
    assert all(one in told for one in ("打开查看", "添加标记", "截取画面"))


def test_6_who_looks_stands_over_the_picture_and_comes_back(page, bureau):
    watch(page, bureau.url)
    mark = page.locator("[data-tile] .watch-watermark")
    expect(mark).to_have_count(2)
    assert "李明 130821001" in mark.first.get_attribute("data-text")
    page.evaluate("document.querySelectorAll('.watch-watermark').forEach(one => one.remove())")
    expect(page.locator("[data-tile] .watch-watermark")).to_have_count(2)
    page.evaluate("document.querySelector('.watch-watermark').style.display = 'none'")
    expect(page.locator("[data-tile] .watch-watermark").first).to_be_visible()


def test_7_a_recordings_own_page_is_the_same_player(page, bureau):
    sign_in(page, bureau.url, "liming")
    page.goto(f"{bureau.url}/recordings/2026-000001/")
    page.locator(".stage-play").click()
    expect(page.locator("[data-watch] video")).to_be_visible()
    until(page, "d[0].media.currentTime > 0.5")
    page.keyboard.press("k")
    page.keyboard.press("m")
    page.keyboard.press("6")
    said(page, "已标记：签字确认")
    expect(page.locator("[data-tile] .watch-watermark")).to_have_count(1)
    expect(page.locator(".watch-mark")).not_to_have_count(0)


def test_8_a_file_without_a_length_plays_to_its_end_and_its_way_is_drawn(page, bureau):
    sign_in(page, bureau.url, "liming")
    page.goto(f"{bureau.url}/recordings/?words=ZF-0009")
    page.locator("a[href*='/recordings/20']").first.click()
    page.locator(".stage-play").click()
    expect(page.locator("[data-watch] video")).to_be_visible()
    until(page, f"m.span.until - m.span.from > {SECONDS - 1} * 1000")
    page.get_by_role("tab", name="轨迹").click()
    expect(page.locator("[data-track] polyline")).to_have_count(1)
    expect(page.locator("[data-track] svg")).to_contain_text("米")
    here = page.locator(".watch-track-here")
    before = here.get_attribute("cx")
    page.keyboard.press("ArrowRight")
    expect(here).not_to_have_attribute("cx", before)
    until(page, "!m.isPlaying && m.t >= m.span.until - 100")
