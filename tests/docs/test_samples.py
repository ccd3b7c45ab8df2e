"""docs/samples.md is what the product makes of the files it names, where they are at hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("LIUHEN_SAMPLES") or ROOT.parent / "shared" / "samples")


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample files: set LIUHEN_SAMPLES")
def test_the_table_is_what_the_samples_give():
    done = subprocess.run(
        [sys.executable, "tools/samples_table.py", str(SAMPLES)],
        cwd=ROOT, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")
