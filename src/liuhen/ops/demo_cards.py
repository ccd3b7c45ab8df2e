"""Make the demonstration's cards: real files with faults a bureau knows."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from liuhen.engines.media import footage
from liuhen.kernel.clock import in_china
from liuhen.ops.demo_plan import CARDS, Card, Clip

PLACE = (34.15, 113.2)
SUFFIX = {"photo": "JPG"}


def make(
    folder: Path, *, now: datetime, processes: int | None, cards: Sequence[Card] = CARDS
) -> Iterator[tuple[int, int]]:
    """Write every card to `folder/<device_no>`; yields (made, in all) as files are done."""
    jobs = [(card, clip) for card in cards for clip in card.clips]
    for card in cards:
        (folder / card.device_no).mkdir(parents=True)
    # spawn: a fork would carry the database connection and its locks into the makers.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(make_file, folder, card, clip, now) for card, clip in jobs]
        for done, future in enumerate(waiting, 1):
            future.result()
            yield done, len(jobs)


def make_file(folder: Path, card: Card, clip: Clip, now: datetime) -> None:
    started = start_of(clip, now) + card.ahead  # as the device's clock says
    suffix = SUFFIX.get(clip.what, clip.what.upper())
    officer = (card.cert_no or "000000")[-6:]
    name = f"{card.device_no}_{officer}_{started:%Y%m%d%H%M%S}.{suffix}"
    path = folder / card.device_no / name
    if clip.what == "photo":
        footage.make_photo(
            path, taken_at=started, scene=clip.scene, model=card.device_no, place=PLACE
        )
    elif clip.what in ("wav", "amr"):
        lower = path.with_suffix(f".{clip.what}")
        footage.make_voice(lower, recorded_at=started, seconds=clip.seconds)
        lower.rename(path)
    else:
        footage.make_clip(
            path,
            started_at=started,
            seconds=clip.seconds,
            scene=clip.scene,
            device_no=card.device_no,
            officer_no=officer,
            container=clip.what,
            gap=clip.gap,
        )
    if clip.cut:
        footage.truncate(path, keep=clip.cut)
    ended = started.timestamp() + (clip.seconds if clip.what != "photo" else 0)
    os.utime(path, (ended, ended))


def start_of(clip: Clip, now: datetime) -> datetime:
    hour, minute, second = map(int, clip.clock.split(":"))
    day = in_china(now) - timedelta(days=clip.days)
    started = day.replace(hour=hour, minute=minute, second=second, microsecond=0)
    # Early in the morning today's clip lies ahead: it was made a day before, then.
    return started if started < in_china(now) else started - timedelta(days=1)
