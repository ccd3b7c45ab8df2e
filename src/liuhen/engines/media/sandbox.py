"""Start the child that parses untrusted bytes, hold it, and read its answer.

The child gets the file as its standard input (an open descriptor, no name, no path), one folder
to write to, and nothing else: under bubblewrap no network, no other file, no capability. Where
bubblewrap is missing or forbidden (some containers), the child locks itself in with Landlock;
where that is missing too, only limits hold it. The answer says which it was.

Line protocol on standard output: `{"progress": 0.4}` any number of times, then one
`{"result": {...}, "held": "landlock"}`.
"""

import contextlib
import functools
import json
import os
import selectors
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media.limits import MIB, Limits

MOST_ANSWER_BYTES: Final = 4 * MIB
CHILD: Final = "liuhen.engines.media.child"
EXIT_SECONDS: Final = 1.0
"""Between closing its output and being gone; a child that dawdles is killed."""
INSIDE_OUT: Final = "/out"
RESOLVER: Final = tuple(
    f"/etc/{name}" for name in ("resolv.conf", "hosts", "nsswitch.conf", "host.conf", "gai.conf")
)
"""What turns a host's name into an address."""
_SAID_WITHOUT_MEMORY: Final = ("MemoryError", "Cannot allocate memory", "failed to map segment")
"""By Python, by the C library, and by the loader of a library that finds no room."""
_LIMIT_SIGNALS: Final[dict[int, str]] = {signal.SIGXCPU: "cpu", signal.SIGXFSZ: "written"}
ProgressSink = Callable[[float], None]


class ChildDied(Exception):
    """The child gave no answer. `how`: signal, exit, garbled, cpu, wall, memory, written."""

    def __init__(self, how: str, detail: str = "") -> None:
        super().__init__(how, detail)
        self.how, self.detail = how, detail


@dataclass(frozen=True)
class Answer:
    """The child's result object, unchecked, and how the child was held."""

    result: object
    sandbox: str


def run(
    verb: str, original: int, out_dir: Path, request: dict[str, Any], limits: Limits,
    on_progress: ProgressSink | None = None,
) -> Answer:  # fmt: skip
    """Run the child's `verb` on the open descriptor `original`; it may write to `out_dir`.

    Raises ChildDied if it crashes, runs into a limit or answers with anything but JSON.
    """
    sandbox = "bubblewrap" if bubblewrap_works() else "self"
    inside_out = INSIDE_OUT if sandbox == "bubblewrap" else str(out_dir)
    order = {**request, "verb": verb, "out": inside_out, "limits": limits.to_json()}
    order["landlock"] = sandbox == "self"
    command = [*_wrapper(out_dir), *_python()] if sandbox == "bubblewrap" else _python()
    os.lseek(original, 0, os.SEEK_SET)
    child = subprocess.Popen(
        [*command, json.dumps(order)], stdin=original, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment(), cwd="/", start_new_session=True,
    )  # fmt: skip
    finished = False
    try:
        said, stderr = _converse(child, limits, on_progress)
        finished = True
    finally:
        _end(child, EXIT_SECONDS if finished else 0.0)
    if sandbox == "self":
        sandbox = "landlock" if said.get("held") == "landlock" else "rlimits"
    return _judge(child.returncode, said.get("result"), stderr, sandbox)


@contextlib.contextmanager
def opened(original: Path) -> Iterator[int]:
    """A read descriptor on a regular file. Raises OSError for a link, a FIFO or a device."""
    found = os.open(original, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(found).st_mode):
            raise OSError(f"not a regular file: {original}")
        yield found
    finally:
        os.close(found)


def take(written: Path, target: Path) -> bool:
    """Move a file the child wrote to its place; False if it wrote no plain file of that name.

    A child taken over could leave a link or a pipe: only a regular file with one name passes.
    """
    try:
        found = written.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1 or found.st_size == 0:
        return False
    written.chmod(0o644)
    written.replace(target)
    return True


@functools.cache
def bubblewrap_works() -> bool:
    """Whether bubblewrap is installed and may make namespaces here; tried once."""
    if os.environ.get("LIUHEN_NO_BUBBLEWRAP") or shutil.which("bwrap") is None:
        return False
    trial = [*_wrapper(None), sys.executable, "-I", "-c", "pass"]
    try:
        done = subprocess.run(trial, capture_output=True, timeout=20, env=environment())
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def held_by() -> str:
    """How a child is held here, when it did not live to say: Landlock is then not claimed."""
    return "bubblewrap" if bubblewrap_works() else "rlimits"


def _wrapper(out_dir: Path | None) -> list[str]:
    """The bubblewrap command line: code read-only, one folder to write to, no network."""
    return [*_walls(out_dir), "--"]


def networked(out_dir: Path, module: str) -> list[str]:
    """The command line for a child that needs the network: `module`, with one folder."""
    python = [sys.executable, "-I", "-B", "-m", module]
    if not bubblewrap_works():
        return python
    names = [part for path in RESOLVER for part in ("--ro-bind-try", path, path)]
    return [*_walls(out_dir), "--share-net", *names, "--", *python]


def _walls(out_dir: Path | None) -> list[str]:
    binds = [part for path in _code_places() for part in ("--ro-bind", path, path)]
    links = [
        part
        for name in ("lib", "lib64", "bin")
        if Path("/", name).is_symlink()
        for part in ("--symlink", str(Path("/", name).readlink()), f"/{name}")
    ]
    out = ["--bind", str(out_dir), INSIDE_OUT] if out_dir else []
    return [
        shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session",
        "--cap-drop", "ALL", *binds, *links, *out, "--chdir", "/",
    ]  # fmt: skip


@functools.cache
def _code_places() -> list[str]:
    """Folders and files the interpreter, its libraries and this package are loaded from."""
    package_root = Path(__file__).resolve().parents[3]
    wanted = [
        Path("/usr/lib"), Path("/usr/lib64"), Path("/etc/ld.so.cache"), package_root,
        Path(sys.executable).parent, Path(sys.executable).resolve().parent,
    ]  # fmt: skip
    wanted += [Path("/", name) for name in ("lib", "lib64") if not Path("/", name).is_symlink()]
    # A system interpreter's prefix is all of /usr; its libraries are there already.
    wanted += [Path(p) for p in (sys.prefix, sys.base_prefix) if Path(p) != Path("/usr")]
    there = {path for path in wanted if path.exists()}
    return sorted(str(path) for path in there if not there.intersection(path.parents))


def _python() -> list[str]:
    # -I: no environment, no current folder; -B: nothing is written beside the code.
    return [sys.executable, "-I", "-B", "-m", CHILD]


def environment() -> dict[str, str]:
    # One thread for OpenBLAS: its pool alone would reserve more memory than a picture needs.
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}


def is_readable(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read, or its end, within so long."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(descriptor, selectors.EVENT_READ)
        return bool(waiting.select(seconds))


def _converse(
    child: subprocess.Popen[bytes], limits: Limits, on_progress: ProgressSink | None
) -> tuple[dict[str, object], bytes]:
    """What it said last (see `Line protocol`) and its errors, when both pipes are closed.
    Raises ChildDied when time runs out or it talks too much."""
    deadline = time.monotonic() + limits.wall_seconds
    pending, stderr, heard = b"", b"", 0
    said: dict[str, object] = {}
    with selectors.DefaultSelector() as waiting:
        for pipe in (child.stdout, child.stderr):
            assert pipe is not None
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            left = deadline - time.monotonic()  # one that never stops talking is late too
            ready = waiting.select(left) if left > 0 else []
            if not ready:
                raise ChildDied("wall")
            for key, _ in ready:
                data = os.read(key.fd, 1 << 16)
                if not data:
                    waiting.unregister(key.fileobj)
                elif key.fileobj is child.stderr:
                    stderr = (stderr + data)[-4096:]
                else:
                    heard += len(data)
                    if heard > MOST_ANSWER_BYTES:
                        raise ChildDied("garbled", "answer too long")
                    *lines, pending = (pending + data).split(b"\n")
                    said |= _hear(lines, on_progress)
    return said, stderr


def _hear(lines: list[bytes], on_progress: ProgressSink | None) -> dict[str, object]:
    all_said: dict[str, object] = {}
    for line in lines:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            raise ChildDied("garbled", str(wrong)[:200]) from None
        if not isinstance(said, dict):
            raise ChildDied("garbled", "not an object")
        all_said |= said
        done = said.get("progress")
        if on_progress and isinstance(done, int | float) and 0 <= done <= 1:
            on_progress(float(done))
    return all_said


def _end(child: subprocess.Popen[bytes], patience: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        if child.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=patience)
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdout, child.stderr):
        if pipe is not None:
            pipe.close()


def _judge(returncode: int, result: object, stderr: bytes, sandbox: str) -> Answer:
    if returncode == 0 and isinstance(result, dict):
        return Answer(result, sandbox)
    # bubblewrap reports a child's signal n as exit status 128 + n, as shells do.
    number = -returncode if returncode < 0 else returncode - 128 if returncode > 128 else 0
    detail = stderr.decode("utf-8", "replace")[-400:]
    if number in _LIMIT_SIGNALS:
        raise ChildDied(_LIMIT_SIGNALS[number])
    if any(said in detail for said in _SAID_WITHOUT_MEMORY):
        raise ChildDied("memory")
    if number in signal.valid_signals():
        raise ChildDied("signal", signal.Signals(number).name)
    raise ChildDied("exit" if returncode else "garbled", detail)
