import pytest

import factories
from liuhen.custody import store
from liuhen.people.models import Agency


@pytest.fixture
def bureau(data, db) -> Agency:
    """A bureau that samples by its regulation, with its whole cast, in a data directory of its
    own."""
    store._remembered = None
    made = factories.agency()
    factories.follow("chengde-safety")
    for login in factories.CAST:
        factories.officer(login)
    factories.office_head()
    return made
