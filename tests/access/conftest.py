import pytest

import factories
from access.extraction_cast import adopts
from liuhen.custody import store


@pytest.fixture
def bureau(data, db):
    """A bureau that asks for no approval of evidence, with a data directory of its own."""
    store._remembered = None
    made = factories.agency()
    adopts("chengde-safety")
    return made
