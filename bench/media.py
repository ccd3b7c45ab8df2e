"""Our scan of a recording against FFmpeg's own filters, on the same files in the same run.

Five minutes each, as body cameras record, with known stretches of black, frozen (with and without
a running clock), covered and silent, and a hole. The peer is
`ffmpeg -vf blackdetect,freezedetect=n=-30dB -af silencedetect -f null -`; needs Debian's ffmpeg.
Ours runs as it does in the examiner's child, whose start is not counted; the whole examination
(sandbox, structure, poster, waveform, scan) is shown beside it. Every planted stretch must be found
within 0.2 s, and none where none is. Files are made once (some 20 minutes) and kept in a temporary
folder.

Ours and ffmpeg take turns, and the median of the pairs' ratios counts, so that other work on the
machine strikes both. Clock and processor time of both are printed. The clock is judged, for that is
what somebody waits, but on an idle machine only: a busy one shares its time out by threads, ffmpeg
has several times as many as ours, and the clock would tell their number. There processor time is
judged, and the line says so. Whether the machine is idle is seen once, before anything runs.

    .venv/bin/python bench/media.py [--folder FOLDER] [NAME …]
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "engines" / "media"))

import planted as maker  # noqa: E402
from planted import Planted, Recipe  # noqa: E402

SECONDS = 300
PAIRS = 3
LEAST_WITH_DEFECTS = 12.0
LEAST_CLEAN = 40.0
LEAST_REAL_TIME = 100.0
EDGE_SECONDS = 0.2
IDLE_LOAD = 0.5
"""Processes waiting in the last minute, by the system's count; above, others are at work."""
DEFECTS = (
    Planted("black", 31.3, 39.8),
    Planted("silent", 50.2, 58.4),
    Planted("frozen", 75.5, 88.1),
    Planted("gap", 110.0, 118.0),
    Planted("frozen_clock", 141.7, 156.3),
    Planted("hum", 170.4, 176.9),
    Planted("covered", 190.6, 201.2),
    Planted("frozen", 230.9, 234.4),
    Planted("silent", 250.0, 254.5),
    Planted("black", 260.1, 263.3),
)
SHORT = (
    Planted("black", 8.3, 12.8),
    Planted("still", 16.0, 30.0),
    Planted("frozen", 35.5, 41.1),
    Planted("frozen_clock", 50.2, 55.9),
    Planted("covered", 64.6, 70.2),
    Planted("silent", 75.0, 79.5),
)
CODES = {"black": "black", "frozen": "frozen", "frozen_clock": "frozen", "covered": "covered",
         "silent": "silent", "hum": "silent", "gap": "timestamp_gap"}  # fmt: skip
H264 = {"preset": "superfast", "b": "6M", "maxrate": "8M", "bufsize": "6M", "g": "60", "bf": "0",
        "sc_threshold": "0"}  # fmt: skip
HEVC = {"preset": "ultrafast", "b": "3M", "x265-params":
        "log-level=none:keyint=60:min-keyint=60:scenecut=0:bframes=0"}  # fmt: skip
OURS = """
import functools, json, os, sys, time
from liuhen.engines.media import signatures, structure
from liuhen.engines.media.inside import index_timeline, movie, scan, timeline
from liuhen.engines.media.inside.opening import open_media
from liuhen.engines.media.inside.sound import Sound
began, used = time.perf_counter(), time.process_time()
os.dup2(os.open(sys.argv[1], os.O_RDONLY), 0)
size, form = os.fstat(0).st_size, signatures.form_of(os.pread(0, signatures.HEAD_BYTES, 0))
tables = movie.read(0, structure.structure_of(form, 0, size).movie)
walked = index_timeline.measured(tables, size) if tables else None
if walked is None:
    with open_media(form) as container:
        walked = timeline.measured(container, size, by_index=form == "avi", seconds=120)
opened = functools.partial(open_media, form)
found = walked.all_findings() + scan.findings(opened, walked, Sound(), scan.Budget(80, 120))
took = time.perf_counter() - began, time.process_time() - used
print(json.dumps([*took, [(one.code, one.start_seconds, one.end_seconds) for one in found]]))
"""
EXAMINE = """
import sys, tempfile
from pathlib import Path
from liuhen.engines.media.examine import examine
with tempfile.TemporaryDirectory() as out:
    examine(Path(sys.argv[1]), Path(out))
"""
PEER = ["-vf", "blackdetect,freezedetect=n=-30dB", "-af", "silencedetect", "-f", "null", "-"]


@dataclass(frozen=True)
class Case:
    """One file. least: times faster than ffmpeg it must be; None: only what is found counts."""

    name: str
    recipe: Recipe
    least: float | None = None
    remuxed_from: str | None = None


def cases() -> list[Case]:
    video = Recipe(SECONDS, options=H264, planted=DEFECTS)
    hevc = replace(video, size=(1280, 720), codec="libx265", options=HEVC)
    # AVI knows no time stamps of sound: a hole there would only shift it.
    whole = tuple(one for one in DEFECTS if one.kind != "gap")
    avi = Recipe(SECONDS, (640, 480), "mjpeg", {"qmin": "6", "qmax": "6"}, "pcm_s16le", whole)
    short = replace(video, seconds=90, planted=SHORT)
    still = replace(short, planted=(), moves=False)
    reordered = {**H264, "preset": "veryfast", "bf": "2"}
    padded = {**H264, "maxrate": "6M", "x264-params": "nal-hrd=cbr:force-cfr=1"}
    pairs = [("1080p-h264.mp4", video), ("720p-hevc.mp4", hevc), ("480p-mjpeg.avi", avi)]
    made = [Case(name, recipe, LEAST_WITH_DEFECTS) for name, recipe in pairs]
    made += [
        Case(f"clean-{name}", replace(recipe, planted=()), LEAST_CLEAN) for name, recipe in pairs
    ]
    made += [
        Case("1080p-h264.ts", video, LEAST_WITH_DEFECTS, "1080p-h264.mp4"),
        Case(
            "clean-1080p-h264.ts", replace(video, planted=()), LEAST_CLEAN, "clean-1080p-h264.mp4"
        ),
        Case("b-frames.mp4", replace(short, options=reordered)),
        Case("padded-cbr.mp4", replace(short, options=padded)),
        Case("padded-cbr.ts", replace(short, options=padded), None, "padded-cbr.mp4"),
        Case("still-noisy.mp4", still),
        Case("still-noisy-1M.mp4", replace(still, options={**H264, "b": "1M", "maxrate": "1M"})),
    ]
    return made


def make_files(folder: Path, wanted: list[Case]) -> dict[str, Path]:
    """Those that are not there yet; a changed recipe or maker makes its file anew."""
    made: dict[str, Path] = {}
    maker_text = Path(maker.__file__).read_text()
    for case in wanted:
        mark = sha256(f"{maker_text}{case.recipe}".encode()).hexdigest()[:12]
        path = folder / f"{mark}-{case.name}"
        made[case.name] = path
        if not path.exists() and case.remuxed_from:
            maker.remux(made[case.remuxed_from], path)
        elif not path.exists():
            print(f"making {case.name} …", file=sys.stderr, flush=True)
            maker.make(case.recipe, path)
    return made


def scanned(path: Path) -> tuple[float, float, list[tuple[str, float, float]]]:
    """(seconds on the clock, seconds of processor time, findings) of our scan."""
    command = [sys.executable, "-c", OURS, str(path)]
    took, used, found = json.loads(subprocess.check_output(command))
    return took, used, found


def timed(command: list[str]) -> tuple[float, float]:
    """(seconds on the clock, seconds of processor time) of a whole process."""
    before, began = children_seconds(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began, children_seconds() - before


def children_seconds() -> float:
    """Processor time of all processes this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def missed_and_false(case: Case, found: list[tuple[str, float, float]]) -> tuple[list, list]:
    """Planted stretches nobody told to EDGE_SECONDS, and told ones nobody planted. A hole is
    told once for pictures and once for sound."""

    def fits(one: tuple[str, float, float], planted: Planted) -> bool:
        return one[0] == CODES[planted.kind] and max(
            abs(one[1] - planted.start), abs((one[2] or 0) - planted.end)
        ) <= EDGE_SECONDS  # fmt: skip

    planted = [one for one in case.recipe.planted if one.kind in CODES]
    missed = [one for one in planted if not any(fits(told, one) for told in found)]
    false = [told for told in found if not any(fits(told, one) for one in planted)]
    return missed, false


def measure(case: Case, path: Path, *, idle: bool) -> bool:
    found = scanned(path)[2]  # once for the page cache, and for what it finds
    missed, false = missed_and_false(case, found)
    good = not missed and not false
    wrong = "".join(f", missed {one}" for one in missed) + "".join(f", false {o}" for o in false)
    count = len([one for one in case.recipe.planted if one.kind in CODES])
    told = f"{count - len(missed)} of {count} found within {EDGE_SECONDS} s, {len(false)} false"
    if case.least is None:
        print(f"media {case.name}: {told}{wrong}: {'ok' if good else 'FAILED'}", flush=True)
        return good
    peer = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-i", str(path), *PEER]
    rounds = [(timed(peer), scanned(path)) for _ in range(PAIRS)]
    clock, work = (median(theirs[n] / own[n] for theirs, own in rounds) for n in (0, 1))
    own, spent, theirs, theirs_spent = (median(column) for column in _columns(rounds))
    speed = SECONDS / (own if idle else spent)
    good &= (clock if idle else work) >= case.least
    good &= speed >= LEAST_REAL_TIME or "1080p" not in case.name
    whole = timed([sys.executable, "-c", EXAMINE, str(path)])[0]
    print(
        f"media {case.name}: {clock:.1f}x ffmpeg by the clock, {work:.1f}x by processor time "
        f"({'clock' if idle else 'busy machine: processor time'} >= {case.least:.0f}); "
        f"{own:.2f} s against {theirs:.1f}, processor {spent:.2f} against {theirs_spent:.1f}; "
        f"{speed:.0f}x real time; {told}{wrong}; whole examination {whole:.1f} s: "
        f"{'ok' if good else 'FAILED'}",
        flush=True,
    )
    return good


def _columns(rounds: list) -> list[list[float]]:
    """Our clock, our processor time, theirs, theirs, of all pairs."""
    return [[pair[who][n] for pair in rounds] for who in (1, 0) for n in (0, 1)]


def main() -> int:
    if shutil.which("ffmpeg") is None:
        sys.exit("bench/media.py compares with the ffmpeg program: apt-get install ffmpeg")
    parser = argparse.ArgumentParser()
    usual = Path(tempfile.gettempdir()) / "liuhen-bench-media"
    parser.add_argument("--folder", type=Path, default=usual, help="where the files are kept")
    parser.add_argument("names", nargs="*", help="of cases; all if none is given")
    given = parser.parse_args()
    idle = os.getloadavg()[0] <= IDLE_LOAD
    given.folder.mkdir(parents=True, exist_ok=True)
    paths = make_files(given.folder, cases())
    wanted = [case for case in cases() if not given.names or case.name in given.names]
    good = [measure(case, paths[case.name], idle=idle) for case in wanted]
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
