"""Runs a script of this folder, a process that can be killed or starved, over a bureau's data."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from faults.faulty import Bureau, counted_in

HERE = Path(__file__).parent
KEEP_PAPER, DISPOSE = HERE / "keep_paper.py", HERE / "dispose.py"


def run(script: Path, bureau: Bureau, what: str, under: tuple[str, ...] = ()):
    return subprocess.run(
        [*under, sys.executable, str(script), what],
        env=bureau.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def answer(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def calls_of(script: Path, what: str, untouched: Bureau, folder: Path) -> dict[str, int]:
    """How often it makes each durable call when nobody kills it, over a copy in `folder`."""
    shutil.copytree(untouched.data, folder / "data")
    counted = Bureau(folder / "data", folder)
    done = run(script, counted, what, under=counted.trace(folder / "log"))
    assert done.returncode == 0, done.stderr
    return counted_in(folder / "log")
