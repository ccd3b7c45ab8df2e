"""Recording a real RTSP server: segments that play, whatever ends them."""

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import pytest

from liuhen.engines.media import sandbox, spool, streams
from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Code
from liuhen.engines.media.streams import Order, Recorder, StreamLimits
from rtsp import Camera, needs_camera, until

SIGN_IN = "liu:hen%402026"
pytestmark = [pytest.mark.slow, needs_camera]


@pytest.fixture(scope="module")
def camera():
    camera = Camera("--sound", "--sign-in", "liu:hen@2026")
    yield camera
    camera.kill()


@pytest.fixture
def own_camera():
    """One that a test may kill."""
    camera = Camera()
    yield camera
    camera.kill()


@pytest.fixture
def record(tmp_path):
    """Start a recorder; every one is ended with the test."""
    started = []
    tmp_path = tmp_path / "spool"
    tmp_path.mkdir()

    def start(address: str, *, segment_seconds: float = 1.0, **limits) -> Recorder:
        order = Order(address, "CK-01", tmp_path, segment_seconds, StreamLimits(**limits))
        started.append(Recorder(order))
        started[-1].folder = tmp_path
        return started[-1]

    yield start
    for recorder in started:
        recorder.close()


def heard(recorder: Recorder, key: str, count: int = 1) -> list:
    """What it said under `key`, once it said so `count` times."""
    recorder.log = getattr(recorder, "log", [])

    def so_far() -> list:
        recorder.log += recorder.hear()
        found = [said[key] for said in recorder.log if key in said]
        return found if len(found) >= count else []

    return until(so_far)


def seconds_of(path: Path) -> float:
    """By its packets, whatever the header says."""
    with av.open(str(path)) as file:
        video = file.streams.video[0]
        times = [p.dts * video.time_base for p in file.demux(video) if p.dts is not None]
    return float(max(times) - min(times) + Fraction(1, 25))


def decodes(path: Path) -> int:
    """How many pictures; the very last may be cut off."""
    pictures = 0
    with av.open(str(path)) as file, contextlib.suppress(av.error.InvalidDataError):
        for _ in file.decode(file.streams.video[0]):
            pictures += 1
    return pictures


@pytest.fixture(params=["bubblewrap", "landlock"])
def held(request, fresh_trial, monkeypatch):
    if request.param == "landlock":
        monkeypatch.setenv("LIUHEN_NO_BUBBLEWRAP", "1")
    elif not sandbox.bubblewrap_works():
        pytest.skip("bubblewrap is missing or may not make namespaces here")


def test_it_records_segments_that_play_and_follow_each_other(camera, record, held):
    recorder = record(camera.address(SIGN_IN))
    segments = heard(recorder, "segment", 3)
    [connected] = heard(recorder, "connected")
    assert (connected["video"], connected["audio"], connected["width"]) == ("h264", "pcm_alaw", 320)
    files = spool.finished(recorder.folder)
    assert [path.name for path in files[:3]] == [one["name"] for one in segments]
    for path in files[:3]:
        assert 0.9 < seconds_of(path) < 2.5
        assert decodes(path) >= 24
    for earlier, later in itertools.pairwise(segments):
        assert later["began_at"] > earlier["ended_at"]


def test_a_segment_is_found_sound_and_says_when_it_was_made(own_camera, record, tmp_path):
    recorder = record(own_camera.address())
    [segment] = heard(recorder, "segment")[:1]
    out = tmp_path / "out"
    out.mkdir()
    seen = examine(recorder.folder / segment["name"], out)
    # This camera is a computer and its encoder says so; the recorder's own hand leaves no sign.
    assert seen.codes() - {Code.RE_ENCODED} == {Code.NO_SOUND}
    assert seen.browser_playable
    assert seen.header.times[0].text.startswith(segment["began_at"][:19])


def test_asked_to_stop_it_finishes_its_segment(own_camera, record):
    recorder = record(own_camera.address(), segment_seconds=3600)
    heard(recorder, "recording")
    heard(recorder, "recorded_to", 2)
    recorder.end(10)
    [path] = spool.finished(recorder.folder)
    assert decodes(path) > 20
    assert not list(recorder.folder.glob(f"*{spool.PART}"))
    assert all("lost" not in said for said in recorder.hear())


def test_killed_it_leaves_a_part_that_plays_to_the_last_second(own_camera, record):
    recorder = record(own_camera.address(), segment_seconds=3600)
    heard(recorder, "recorded_to", 3)
    recorder.kill()
    until(recorder.has_ended)
    [path] = spool.finish(recorder.folder)
    assert seconds_of(path) > 2.8  # of at least 4 s
    assert decodes(path) > 60


def test_a_camera_that_dies_is_heard_of_at_once_and_its_segment_is_whole(own_camera, record):
    recorder = record(own_camera.address(), segment_seconds=3600)
    heard(recorder, "recorded_to", 2)
    own_camera.kill()
    assert heard(recorder, "lost") == ["ended"]
    until(recorder.has_ended)
    [path] = spool.finished(recorder.folder)
    assert decodes(path) > 20
    own_camera.start()


def test_a_camera_that_falls_silent_is_lost_too(own_camera, record):
    recorder = record(own_camera.address(), segment_seconds=3600, read_seconds=2.0)
    heard(recorder, "recorded_to")
    own_camera.freeze()
    assert heard(recorder, "lost")[0] in ("silent", "ended")
    assert len(spool.finished(recorder.folder)) == 1


def test_a_full_disk_costs_nothing_that_was_written(own_camera, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    recorder = Recorder(
        Order(own_camera.address(), "CK-01", small, 1.0, StreamLimits(reserve_bytes=0))
    )
    try:
        recorder.folder = small
        assert heard(recorder, "lost") == ["store_full"]
        until(recorder.has_ended)
        spool.finish(small)
        assert sum(decodes(path) for path in spool.finished(small)) > 24
    finally:
        recorder.close()
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_room_is_left_for_the_database(own_camera, record):
    recorder = record(own_camera.address(), reserve_bytes=1 << 60)
    assert heard(recorder, "lost") == ["store_full"]
    assert spool.finished(recorder.folder) == []


@pytest.mark.parametrize(
    ("sign_in", "path", "code"),
    [("", "window", "sign_in"), ("liu:wrong", "window", "sign_in"), (SIGN_IN, "no", "not_found")],
)
def test_a_probe_says_why_not(camera, tmp_path, sign_in, path, code):
    assert streams.probe(camera.address(sign_in, path), tmp_path)["lost"] == code


def test_a_probe_says_what_the_camera_sends(camera, tmp_path):
    seen = streams.probe(camera.address(SIGN_IN), tmp_path)
    assert (seen["video"], seen["width"], seen["height"]) == ("h264", 320, 240)
    assert os.listdir(tmp_path) == []


def test_where_nobody_answers_and_where_no_camera_does(tmp_path, http_port):
    assert streams.probe("rtsp://127.0.0.1:1/x", tmp_path)["lost"] == "unreachable"
    seen = streams.probe(f"rtsp://127.0.0.1:{http_port}/x", tmp_path)
    assert seen["lost"] in ("not_a_stream", "refused", "not_found")


@pytest.fixture
def http_port():
    """A web server: something that answers, but no camera."""
    import http.server
    import threading

    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.RequestHandlerClass.log_message = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_no_process_list_shows_the_password(camera, record):
    recorder = record(camera.address(SIGN_IN))
    heard(recorder, "recording")
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            for shown in ("cmdline", "environ"):
                try:
                    assert b"hen%402026" not in (process / shown).read_bytes()
                except OSError:
                    continue


def test_a_recorder_does_not_outlive_its_parent(own_camera, tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from liuhen.engines.media.streams import *;"
        "r = Recorder(Order(sys.argv[1], 'CK-01', Path(sys.argv[2]), 3600));"
        "print(r.pid, flush=True); time.sleep(60)"
    )
    command = ["-c", script, own_camera.address(), str(tmp_path)]
    parent = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    until(lambda: list(tmp_path.glob(f"*{spool.PART}")))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until(lambda: not Path(f"/proc/{pid}").exists())
