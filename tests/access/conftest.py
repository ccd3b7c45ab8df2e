import pytest

import factories
from liuhen.custody import store
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording


@pytest.fixture
def bureau(data, db) -> Agency:
    """The bureau with its whole cast, in a data directory of the test's own."""
    store._remembered = None
    for login in factories.CAST:
        factories.officer(login)
    factories.office_head()
    return factories.agency()


@pytest.fixture
def film(bureau) -> Recording:
    """Li's."""
    return factories.recording()
