"""The course of set-up: which steps there are, in which order, and which are done already."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from set_up import assets, soundness, translations
from set_up.faults import Fault
from set_up.site import Site, here
from set_up.stamp import Stamp, digest


@dataclass(frozen=True)
class Step:
    """One thing to bring. Done when its inputs are those of last time and nothing is lacking."""

    name: str
    title: str
    inputs: tuple[str, ...]
    lacking: Callable[[Site], bool]

    def is_done(self, site: Site, stamp: Stamp) -> bool:
        return stamp.says(self.name, digest(site.root, self.inputs)) and not self.lacking(site)


def without(program: str) -> Callable[[Site], bool]:
    """A check that the environment has no such program."""
    return lambda site: not os.access(site.venv / "bin" / program, os.X_OK)


RUN = (
    Step("venv", "虚拟环境 · virtual environment", (), soundness.unsound),
    Step(
        "packages",
        "运行与构建组件 · Python packages",
        ("requirements/run.txt", "requirements/build.txt"),
        without("npm"),
    ),
    Step(
        "project",
        "liuhen 命令 · the liuhen command",
        ("pyproject.toml", "requirements/run.in"),
        without("liuhen"),
    ),
    Step(
        "assets",
        "页面组件 · front-end assets",
        ("package.json", "package-lock.json", assets.TABLE),
        assets.lacking,
    ),
    Step("translations", "界面翻译 · translations", (), translations.lacking),
)
DEVELOPMENT = Step(
    "development",
    "测试与检查组件 · development packages",
    ("requirements/dev.txt",),
    without("pytest"),
)
STEPS = {"run": RUN, "test": (*RUN, DEVELOPMENT), "check": (*RUN, DEVELOPMENT)}


def bring(goal: str) -> None:
    """Take every step of `goal` that is not done; says nothing when all are.

    Raises:
        Fault: a step failed. The steps before it stay done.
    """
    site = here()
    if not _all_done(site, goal):
        with _alone(site):
            _take(site, goal)
    if goal == "test":
        from set_up import programs

        programs.bring(site)


def _all_done(site: Site, goal: str) -> bool:
    stamp = Stamp(site.venv / "set-up.json")
    return all(step.is_done(site, stamp) for step in STEPS[goal])


def _take(site: Site, goal: str) -> None:
    # Loaded only when there is work: a second start must cost milliseconds.
    from set_up.bringing import BRING

    started_at = time.monotonic()
    stamp = Stamp(site.venv / "set-up.json")
    steps = STEPS[goal]
    for number, step in enumerate(steps, 1):
        if step.is_done(site, stamp):
            continue
        print(f"[{number}/{len(steps)}] {step.title} …", flush=True)
        BRING[step.name](site)
        if step.name == "venv" and not stamp.path.exists():
            stamp.forget()  # made anew: what was installed in the old one is gone with it
        stamp.mark(step.name, digest(site.root, step.inputs))
    seconds = time.monotonic() - started_at
    print(f"准备就绪，用时 {seconds:.0f} 秒。 Ready after {seconds:.0f} s.", flush=True)


@contextmanager
def _alone(site: Site) -> Iterator[None]:
    """One set-up at a time in a checkout; the lock is on a folder, so it leaves no file behind."""
    try:
        folder = os.open(site.root / "tools", os.O_RDONLY)
    except OSError as error:
        raise Fault(
            zh=f"无法读取 {site.root / 'tools'}：{error}",
            en=f"Cannot read {site.root / 'tools'}: {error}",
        ) from error
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一个安装正在进行，等待… Another set-up is under way; waiting …", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
