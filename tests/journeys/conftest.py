import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from journeys.served import Served, served
from liuhen.kernel.clock import CHINA

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MS = 30_000
"""On a machine with other work; what comes sooner is not waited for."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A fresh browser profile that counts what goes wrong on its pages."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def made_card(tmp_path_factory) -> Path:
    """A card as it comes out of a body camera: clips, photo, voice, one cut off, and junk."""
    from liuhen.engines.media import footage

    card = tmp_path_factory.mktemp("card")
    at = datetime(2026, 1, 5, 9, 30, tzinfo=CHINA)
    for n, container in enumerate(("mp4", "avi")):
        start = at + timedelta(minutes=n)
        path = card / f"ZF-0007_100123_{start:%Y%m%d%H%M%S}.{container.upper()}"
        footage.make_clip(path, started_at=start, seconds=4, container=container, size=(640, 360))
    cut = card / "ZF-0007_100123_20260105094000.MP4"
    footage.make_clip(cut, started_at=at, seconds=3, size=(640, 360))
    footage.truncate(cut)
    footage.make_photo(card / "DSC_0001.JPG", taken_at=at, size=(800, 600))
    footage.make_voice(card / "REC_0001.wav", recorded_at=at, seconds=3)
    (card / "Thumbs.db").write_bytes(b"x")
    return card


@pytest.fixture(scope="module")
def house(tmp_path_factory, made_card) -> Iterator[Served]:
    """A new installation, nothing set up, that may read the made card."""
    data = tmp_path_factory.mktemp("house") / "data"
    with served(data, LIUHEN_INTAKE_ROOTS=str(made_card)) as running:
        yield running
