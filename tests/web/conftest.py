from collections.abc import Callable

import pytest
from django.test import Client

import factories
from liuhen.custody import store
from liuhen.people.models import Officer
from liuhen.people.sessions import PASSED


@pytest.fixture
def bureau(data, db):
    """A bureau that is set up, with a data directory and a log of its own."""
    store._remembered = None
    return factories.agency()


@pytest.fixture
def as_(bureau) -> Callable[[str | Officer], Client]:
    """A browser in which one of the cast has signed in, with the second factor where needed."""

    def sign_in(who: str | Officer) -> Client:
        client = Client()
        client.force_login(factories.officer(who) if isinstance(who, str) else who)
        session = client.session
        session[PASSED] = True
        session.save()
        return client

    return sign_in


@pytest.fixture
def visitor(bureau) -> Client:
    """A browser in which nobody has signed in."""
    return Client()
