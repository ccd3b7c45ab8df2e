from pathlib import Path

import pytest

from liuhen.kernel.datadir import DataDir


@pytest.fixture(scope="session", autouse=True)
def data_dir_exists():
    from django.conf import settings

    from liuhen.custody import keys

    settings.DATA.create()
    keys.create()


@pytest.fixture
def data(tmp_path: Path, settings) -> DataDir:
    """A data directory of this test's own, with its own log key."""
    from liuhen.custody import keys

    fresh = DataDir(tmp_path / "data")
    fresh.create()
    settings.DATA = fresh
    keys.create()
    return fresh
