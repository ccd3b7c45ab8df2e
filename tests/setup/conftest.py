"""Set-up is a program of its own beside the package; its tests import it from `tools`."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


@pytest.fixture
def root() -> Path:
    """This checkout."""
    return ROOT
