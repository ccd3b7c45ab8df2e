"""What a child that was taken over can do: nothing but answer, and not for long."""

import ctypes
import hashlib
import os
import socket
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import av
import pytest

from liuhen.engines.media import sandbox
from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Code
from liuhen.engines.media.inside import opening
from liuhen.engines.media.limits import MIB, Limits

PRELUDE = """
import json, os, signal, socket, sys, time
from liuhen.engines.media import child, landlock

def tried(attempt):
    try:
        attempt()
    except OSError as refused:
        return type(refused).__name__
    return "done"

def verb(order):
{body}
child._load = lambda order: verb
{before}
sys.exit(child.main())
"""


@pytest.fixture
def taken_over(monkeypatch):
    """The child does what `body` says instead of its order; held and limited as ever."""

    def take(body: str, before: str = "") -> None:
        code = PRELUDE.format(body=textwrap.indent(textwrap.dedent(body), "    "), before=before)
        monkeypatch.setattr(sandbox, "_python", lambda: [sys.executable, "-I", "-B", "-c", code])

    return take


@pytest.fixture(params=["bubblewrap", "landlock"])
def held(request, fresh_trial, monkeypatch) -> str:
    """Held by one and then by the other, where they work."""
    if request.param == "bubblewrap":
        if not sandbox.bubblewrap_works():
            pytest.skip("bubblewrap is missing or may not make namespaces here")
    else:
        if ctypes.CDLL(None).syscall(444, None, 0, 1) < 1:
            pytest.skip("this kernel has no Landlock")
        monkeypatch.setenv("LIUHEN_NO_BUBBLEWRAP", "1")
        sandbox.bubblewrap_works.cache_clear()
    return str(request.param)


@pytest.fixture
def ask(made, tmp_path):
    """Run the child on a clip and return its answer."""

    def asked(limits: Limits | None = None, **request) -> sandbox.Answer:
        with sandbox.opened(made / "clip.mp4") as file:
            return sandbox.run("examine", file, tmp_path, request, limits or Limits())

    return asked


def test_other_files_cannot_be_read(taken_over, held, ask, made):
    taken_over("""
        places = ["/etc/passwd", "/proc/self/environ", order["beside"]]
        return {place: tried(lambda: open(place).read(1)) for place in places} | {
            "folder": tried(lambda: os.listdir(os.path.dirname(order["beside"])))
        }
    """)
    answer = ask(beside=str(made / "clip.ts"))
    assert answer.sandbox == held
    assert set(answer.result.values()) <= {"FileNotFoundError", "PermissionError"}


def test_no_connection_can_be_made(taken_over, held, ask):
    taken_over("""
        return {"tcp": tried(lambda: socket.create_connection(("127.0.0.1", order["port"]), 5))}
    """)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        socket.create_connection(listening.getsockname()).close()
        answer = ask(port=listening.getsockname()[1])
    assert answer.sandbox == held
    assert answer.result["tcp"] != "done"


def test_no_datagram_leaves(taken_over, held, ask):
    if held != "bubblewrap":
        pytest.skip("Landlock does not cover datagrams; the design says so")
    taken_over("""
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        names = tried(lambda: socket.getaddrinfo("example.org", 80))
        return {"sent": tried(lambda: sender.sendto(b"x", ("127.0.0.1", order["port"]))),
                "names": names}
    """)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        answer = ask(port=listening.getsockname()[1])
        with pytest.raises(BlockingIOError):
            listening.recv(1, socket.MSG_DONTWAIT)
    assert answer.result["names"] != "done"


def test_the_original_cannot_be_written(taken_over, held, ask, made):
    before = hashlib.sha256((made / "clip.mp4").read_bytes()).digest()
    taken_over("""
        return {
            "descriptor": tried(lambda: os.write(0, b"x")),
            "path": tried(lambda: open(order["original"], "r+b")),
            "again": tried(lambda: open("/proc/self/fd/0", "r+b")),
            "shorter": tried(lambda: os.ftruncate(0, 0)),
        }
    """)
    answer = ask(original=str(made / "clip.mp4"))
    assert "done" not in answer.result.values()
    assert hashlib.sha256((made / "clip.mp4").read_bytes()).digest() == before


def test_nothing_is_written_but_in_its_own_folder(taken_over, held, ask, tmp_path):
    taken_over("""
        make = lambda place: tried(lambda: open(place, "w").close())
        return {"own": make(order["out"] + "/a"), "tmp": make("/tmp/liuhen-was-here"),
                "code": make(child.__file__), "up": make(order["out"] + "/../b")}
    """)
    result = ask().result
    assert result.pop("own") == "done"
    assert result.pop("up") == "done" if held == "bubblewrap" else result.pop("up") != "done"
    assert result.pop("code") in ("OSError", "PermissionError")
    # A /tmp of the sandbox's own may take it; the one outside must not see it.
    assert not Path("/tmp/liuhen-was-here").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert not (tmp_path.parent / "b").exists()


def test_the_parents_environment_is_not_told(taken_over, held, ask, monkeypatch):
    monkeypatch.setenv("LIUHEN_SECRET", "word")
    taken_over("return {'names': sorted(os.environ)}")
    assert "LIUHEN_SECRET" not in ask().result["names"]


SOON = replace(Limits(), cpu_seconds=1, wall_seconds=20.0)
EXCESSES = {
    "cpu": ("while True: pass", replace(SOON, wall_seconds=60.0)),
    "wall": ("time.sleep(60)", replace(SOON, wall_seconds=1.0)),
    "memory": ("bytes(4 << 30)", SOON),
    "written": (
        "open(order['out'] + '/poster.jpg', 'wb').write(bytes(2 << 20))",
        replace(SOON, written_bytes=MIB),
    ),
}


@pytest.mark.parametrize("limit", EXCESSES)
def test_each_limit_ends_the_child_and_is_told(taken_over, held, made, tmp_path, limit):
    body, limits = EXCESSES[limit]
    taken_over(body)
    found = examine(made / "clip.mp4", tmp_path, limits=limits)
    (only,) = found.findings
    assert (only.code, only.evidence) == (Code.EXAMINER_LIMIT, {"limit": limit})
    assert (found.kind, found.outputs) == ("video", ())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pipe", [1, 2])
def test_one_that_never_stops_talking_is_ended(taken_over, made, tmp_path, pipe):
    taken_over(f"""
        while True:
            os.write({pipe}, b'{{"progress": 0.5}}\\n' * 9)
            time.sleep(0.001)
    """)
    found = examine(made / "clip.mp4", tmp_path, limits=replace(SOON, wall_seconds=1.0))
    assert found.findings[0].evidence == {"limit": "wall"}


def test_a_child_killed_by_a_signal_has_crashed(taken_over, held, made, tmp_path):
    taken_over("os.kill(os.getpid(), signal.SIGSEGV)")
    (only,) = examine(made / "clip.mp4", tmp_path).findings
    assert only.code == Code.EXAMINER_CRASHED
    assert only.evidence == {"how": "signal", "detail": "SIGSEGV"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "said",
    [
        "b'garbage'",
        "b'[1, 2]\\n'",
        "b'{' + b'[' * 100_000 + b'\\n'",
        "b'\\xff\\xfe\\n'",
        "b'{\"result\": 1}\\n'",
        "b'{\"result\": {\"kind\": 7}}\\n'",
        "b'{\"result\": {\"duration\": \"1e99\"}}\\n'",
        "b'{\"result\": {\"made_up\": 1}}\\n'",
        "b'{\"result\": {\"outputs\": [\"../../x\", 3]}}\\n'",
        "b'{\"result\": {\"width\": 1' + b'0' * 5000 + b'}}\\n'",
        "b'x' * (5 << 20)",
    ],
)  # fmt: skip
def test_an_answer_in_another_shape_is_a_crash(taken_over, made, tmp_path, said):
    taken_over(f"os.write(1, {said}); os._exit(0)")
    found = examine(made / "clip.mp4", tmp_path)
    assert found.codes() == {Code.EXAMINER_CRASHED}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["os.symlink('/etc/passwd', p)", "os.mkfifo(p)", "os.mkdir(p)"])
def test_only_a_plain_file_is_taken_from_the_child(taken_over, made, tmp_path, left):
    taken_over(f"""
        p = order["out"] + "/poster.jpg"
        {left}
        return {{"outputs": ["poster.jpg", "../escape", "other.txt"]}}
    """)
    assert examine(made / "clip.mp4", tmp_path).outputs == ()
    assert list(tmp_path.iterdir()) == []


def test_the_original_stays_as_it_was(made, tmp_path):
    path = made / "clip.mov"
    path.chmod(0o444)
    before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
    with sandbox.opened(path) as file, pytest.raises(OSError):
        os.write(file, b"x")
    examine(path, tmp_path)
    assert (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) == before


def test_without_bubblewrap_the_child_locks_itself_in(made, tmp_path, monkeypatch, fresh_trial):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = examine(made / "clip.mp4", tmp_path)
    expected = "landlock" if ctypes.CDLL(None).syscall(444, None, 0, 1) >= 1 else "rlimits"
    assert (found.sandbox, found.findings) == (expected, ())


def test_without_landlock_too_only_limits_are_claimed(taken_over, ask, without_bubblewrap):
    taken_over("return {}", before="landlock.lock_in = lambda readable, writable: False")
    assert ask().sandbox == "rlimits"


@pytest.mark.parametrize("name", ["clip.mp4", "photo.jpg"])
def test_what_is_seen_does_not_depend_on_how_it_is_held(seen, made, tmp_path, held, name):
    found = examine(made / name, tmp_path)
    assert found.sandbox == held
    assert replace(found, sandbox="") == replace(seen(name)[0], sandbox="")


def test_a_child_that_may_have_less_than_asked_still_works(made, tmp_path):
    unlimited = replace(Limits(), written_bytes=1 << 62, cpu_seconds=1 << 40)
    assert examine(made / "clip.mp4", tmp_path, limits=unlimited).findings == ()


@pytest.mark.parametrize("mebibytes", [100, 200])
def test_too_little_memory_is_no_crash(made, tmp_path, mebibytes):
    found = examine(
        made / "clip.mp4", tmp_path, limits=replace(Limits(), memory_bytes=mebibytes * MIB)
    )
    assert found.codes() == {Code.EXAMINER_LIMIT}


def test_damage_is_tolerated_and_a_lack_of_memory_is_not():
    with opening.tolerating():
        raise av.error.InvalidDataError(1, "damaged")
    with pytest.raises(MemoryError), opening.tolerating():
        raise av.error.MemoryError(12, "no memory")
