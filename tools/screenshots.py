"""Take the README's pictures from a demonstration of one's own.

    .venv/bin/python tools/screenshots.py

Fills a demonstration in a folder that is removed afterwards, serves it on a free port, and writes
docs/img/{list,recording,player,duties,article,counter,statistics}.png (1366 × 768, a clip playing).
Needs Chromium.
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "img"
SIZE = {"width": 1366, "height": 768}
CUSTODIAN, LEADER = "baoguan", "juzhang"
OFFICER = "li"
"""Plays what is their own: the custodian would need a grant."""

SHOWN = "ZF-0007"
PATIENCE_SECONDS = 600
PLAYED_SECONDS = 6


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium is not installed (Debian: apt-get install chromium)")
    with demonstration() as (url, passwords), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        def page_of(login: str) -> Page:
            page = browser.new_context(viewport=SIZE, locale="zh-CN").new_page()
            sign_in(page, url, login, passwords[login])
            return page

        page = page_of(CUSTODIAN)
        take_page(page, f"{url}/recordings/", "list.png")
        take_page(page, f"{url}/duties/?tab=agency", "duties.png")
        take_page(page, f"{url}/rules/articles/16/", "article.png")
        take_page(page, f"{url}/devices/kiosk/?no={SHOWN}", "counter.png")
        page = page_of(OFFICER)
        take_recording(page, url)
        take_player(page, url)
        take_page(page_of(LEADER), f"{url}/statistics/?length=year", "statistics.png")
        browser.close()


@contextmanager
def demonstration() -> Iterator[tuple[str, dict[str, str]]]:
    """(address, passwords by login) of a filled demonstration, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="liuhen-pictures-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = ["demo", "--data", folder, "--port", str(port)]
        process = subprocess.Popen(
            [sys.executable, "-m", "liuhen.ops", *command], stdout=subprocess.DEVNULL
        )
        try:
            wait_for(port, process)
            accounts = json.loads((Path(folder) / "DEMONSTRATION").read_text(encoding="utf-8"))
            passwords = {account["login"]: account["password"] for account in accounts}
            yield f"http://127.0.0.1:{port}", passwords
        finally:
            process.terminate()
            process.wait(60)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody listens; clips have to be made before."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("the demonstration did not start")


def sign_in(page: Page, url: str, login: str, password: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/")


def take_page(page: Page, address: str, name: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=IMAGES / name)


def take_recording(page: Page, url: str) -> None:
    """The clip with a gap in it, playing, its finding on the timeline."""
    page.goto(f"{url}/recordings/?kind=video&state=marked")
    page.locator("a[href*='/recordings/2']").filter(has_text=SHOWN).first.click()
    page.locator(".stage-play").click()
    video = page.locator("video.player-media")
    expect(video).to_be_visible()
    page.wait_for_function(
        "least => document.querySelector('video').currentTime > least", arg=PLAYED_SECONDS
    )
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=IMAGES / "recording.png")


def take_player(page: Page, url: str) -> None:
    """The activity that two devices filmed, both playing, its holes below."""
    page.goto(f"{url}/activities/")
    page.get_by_role("link", name="HD-").filter(has_text="-000002").click()
    page.get_by_role("link", name="播放全部资料").click()
    page.wait_for_function("() => Boolean(document.querySelector('[data-watch]')?.player)")
    page.keyboard.press("Space")
    page.wait_for_function(
        """least => [...document.querySelectorAll('[data-tile] video')]
            .every(video => video.currentTime > least)""",
        arg=PLAYED_SECONDS,
    )
    page.screenshot(path=IMAGES / "player.png")


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    main()
