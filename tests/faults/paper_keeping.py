"""Runs keep_paper.py, a process that can be killed or starved, over a bureau's data."""

import json
import subprocess
import sys
from pathlib import Path

from faults.faulty import Bureau

SCRIPT = Path(__file__).with_name("keep_paper.py")


def run(bureau: Bureau, what: str = "keep", under: tuple[str, ...] = ()):
    return subprocess.run(
        [*under, sys.executable, str(SCRIPT), what],
        env=bureau.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def answer(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)
