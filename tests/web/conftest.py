from collections.abc import Callable

import pytest
from django.test import Client

import factories
from liuhen.custody import store
from liuhen.people.models import Officer


@pytest.fixture
def bureau(data, db):
    """A bureau that is set up, with a data directory and a log of its own."""
    store._remembered = None
    return factories.agency()


@pytest.fixture
def as_(bureau) -> Callable[[str | Officer], Client]:
    """A browser in which one of the cast has signed in."""

    def sign_in(who: str | Officer) -> Client:
        client = Client()
        client.force_login(factories.officer(who) if isinstance(who, str) else who)
        return client

    return sign_in


@pytest.fixture
def visitor(bureau) -> Client:
    """A browser in which nobody has signed in."""
    return Client()
