import pytest

import factories
from liuhen.custody import store


@pytest.fixture
def bureau(data, db):
    """A bureau under chengde's regulation, with a data directory and a log of its own."""
    store._remembered = None
    made = factories.agency()
    factories.follow("chengde-safety")
    return made
