"""Holes and a missing index of an MP4, from its tables: our function beside `ffprobe` on one file.

What is compared: the examiner's own steps for it (walk through the boxes, read the index, look for
holes), called in this process on an open file, beside an `ffprobe` process that prints the packets'
times, which somebody would still have to search for holes. Starting ffprobe is part of its price
and is shown apart; the last ratio leaves it out.

    .venv/bin/python bench/mp4_index.py
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

import av
import numpy as np

from liuhen.engines.media import structure
from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside import index_timeline, movie

MINUTES = 5
RATE = 30
SIZE = (1920, 1080)
BIT_RATE = 6_000_000
SOUND_RATE = 48_000
HOLES = ((60.0, 0.8), (180.0, 8.0))
"""(from, seconds) in which nothing was recorded."""
OURS_TIMES = 200
PEER_TIMES = 15
LEAST_RATIO = 50
EDGE_SECONDS = 0.05


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as name:
        film, cut = Path(name, "film.mp4"), Path(name, "cut.mp4")
        make(film)
        content = film.read_bytes()
        cut.write_bytes(content[: content.rindex(b"moov") - 4])
        good = check(film, cut)
        with film.open("rb") as file, cut.open("rb") as broken:
            ours = timed(lambda: seen(file.fileno()), OURS_TIMES)
            ours_cut = timed(lambda: seen(broken.fileno()), OURS_TIMES)
        start = timed(lambda: probe("-version"), PEER_TIMES)
        packets = timed(lambda: packet_times(film), PEER_TIMES)
        header = timed(lambda: probe("-show_format", "-show_streams", str(film)), PEER_TIMES)
        header_cut = timed(lambda: probe("-show_format", str(cut)), PEER_TIMES)
    print(f"mp4_index: {MINUTES} min 1080p{RATE} with sound, {len(content) / 1e6:.0f} MB")
    ratios = [
        show("holes, ffprobe printing packet times", ours, packets),
        show("index there, ffprobe printing the header", ours, header),
        show("index missing, ffprobe failing", ours_cut, header_cut),
    ]
    show("holes, without ffprobe's own start", ours, max(packets - start, 0.0))
    good = good and min(ratios) >= LEAST_RATIO
    print(
        f"mp4_index: least ratio {min(ratios):.0f} (>= {LEAST_RATIO}): {'ok' if good else 'FAILED'}"
    )
    return 0 if good else 1


def show(what: str, ours: float, peer: float) -> float:
    print(f"  {what}: {ours * 1e3:.2f} ms, peer {peer * 1e3:.1f} ms, ratio {peer / ours:.0f}")
    return peer / ours


def seen(file: int) -> list[Finding]:
    """What the examiner's child does before it opens anything with FFmpeg."""
    size = os.fstat(file).st_size
    shape = structure.structure_of("mp4", file, size)
    index = movie.read(file, shape.movie)
    walked = index_timeline.measured(index, size) if index else None
    return shape.findings + (walked.all_findings() if walked else [])


def packet_times(film: Path) -> bytes:
    return probe("-show_entries", "packet=stream_index,dts_time", "-of", "csv=p=0", str(film))


def probe(*arguments: str) -> bytes:
    return subprocess.run(["ffprobe", "-v", "error", *arguments], capture_output=True).stdout


def timed(work: Callable[[], object], times: int) -> float:
    """Seconds, the median of so many runs after a first one that is not counted."""
    work()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took)


def check(film: Path, cut: Path) -> bool:
    """Both see the same holes in the pictures, where they were planted; none sees an index."""
    with film.open("rb") as file:
        found = [
            (one.start_seconds or 0.0, one.end_seconds or 0.0)
            for one in seen(file.fileno())
            if one.code == Code.TIMESTAMP_GAP and one.evidence["track"] == "video"
        ]
    rows = (line.split(b",") for line in packet_times(film).split())
    times = sorted(float(row[1]) for row in rows if row[0] == b"0")
    peers = [(a + 1 / RATE, b) for a, b in pairwise(times) if b - a > 0.5]
    planted = [(at, at + length) for at, length in HOLES]
    same = all(
        len(other) == len(found) and np.allclose(found, other, atol=EDGE_SECONDS)
        for other in (peers, planted)
    )
    with cut.open("rb") as file:
        missing = Code.INDEX_MISSING in {one.code for one in seen(file.fileno())}
    if not (same and missing):
        print(f"mp4_index: found {found}, ffprobe {peers}, planted {planted}, missing {missing}")
    return same and missing


def make(film: Path) -> None:
    """Two seconds are encoded and their packets repeated: the index is as of a whole recording."""
    with av.open(str(film), "w") as target:
        video = target.add_stream("libx264", rate=RATE, options={"preset": "ultrafast"})
        video.width, video.height = SIZE
        video.bit_rate, video.gop_size, video.max_b_frames = BIT_RATE, RATE, 0
        sound = target.add_stream("aac", rate=SOUND_RATE)
        once = encoded(video, sound)
        for number in range(MINUTES * 30):
            for stream, data, at, is_key in once:
                repeat(target, stream, data, number * 2 + at, is_key)


def encoded(video, sound):  # type: ignore[no-untyped-def]
    """[(stream, bytes, seconds, is key)] of two seconds of noise, in muxing order."""
    noise = np.random.default_rng(1)
    found = []
    for number in range(2 * RATE):
        picture = noise.integers(100, 112, (SIZE[1] * 3 // 2, SIZE[0]), dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, "yuv420p")
        frame.pts = number
        found += [(video, one) for one in video.encode(frame)]
    found += [(video, one) for one in video.encode(None)]
    for number in range(2 * SOUND_RATE // 1024):
        samples = noise.normal(0, 0.1, (2, 1024)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(samples, "fltp", "stereo")
        frame.sample_rate, frame.pts = SOUND_RATE, number * 1024
        found += [(sound, one) for one in sound.encode(frame)]
    kept = [
        (stream, bytes(one), float(one.pts * one.time_base), one.is_keyframe)
        for stream, one in found
        if one.pts >= 0
    ]
    return sorted(kept, key=lambda one: one[2])


def repeat(target, stream, data: bytes, at: float, is_key: bool) -> None:  # type: ignore[no-untyped-def]
    if any(start <= at + 1e-6 < start + length for start, length in HOLES):
        return
    packet = av.Packet(data)
    packet.stream, packet.time_base = stream, Fraction(1, 90_000)
    packet.pts = packet.dts = round(at * 90_000)
    packet.is_keyframe = is_key
    target.mux(packet)


if __name__ == "__main__":
    sys.exit(main())
