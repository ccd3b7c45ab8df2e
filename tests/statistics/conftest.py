import pytest

import factories
from liuhen.custody import store


@pytest.fixture
def bureau(data, db):
    """A bureau that is set up, with a log of its own."""
    store._remembered = None
    return factories.agency()
