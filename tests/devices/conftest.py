import pytest

import factories
from liuhen.custody import log, store
from liuhen.people.models import Agency
from people.told import LogDown


@pytest.fixture
def bureau(data, db) -> Agency:
    """A bureau that is set up, with a data directory and a log of its own."""
    store._remembered = None
    return factories.agency()


@pytest.fixture
def log_down(monkeypatch):
    """Call it, and no event can be written any more."""

    def down(*args, **kwargs):
        raise LogDown

    return lambda: monkeypatch.setattr(log, "record_all", down)
