import pytest

import factories
from liuhen.custody import store
from regulations import made_packs

packs = made_packs.packs


@pytest.fixture
def bureau(data, db):
    """A bureau that is set up, with a log of its own."""
    store._remembered = None
    return factories.agency()
