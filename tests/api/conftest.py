import os
from hashlib import sha256
from itertools import count

import pytest
from api_cast import NOON, Tus
from django.test import Client

from liuhen.access import viewing
from liuhen.custody import store
from liuhen.engines.vault.keys import vault_key
from liuhen.kernel.clock import now
from liuhen.people.models import Agency, Officer, RoleHolding
from liuhen.people.roles import Role
from liuhen.people.sessions import PASSED
from liuhen.recordings import vaults
from liuhen.recordings.models import MediaKind, Recording, TimeOrigin

numbers = count(1)


@pytest.fixture
def bureau(data, db, settings) -> Agency:
    """A bureau that is set up, in a data directory of the test's own."""
    settings.STATIC_ROOT = data.root
    store._remembered = None
    return Agency.objects.create(name="某县卫健委", set_up_at=NOON)


@pytest.fixture
def officer(bureau):
    def make(login: str, *roles: Role) -> Officer:
        made = Officer.objects.create(agency=bureau, login=login, name=login, password="!")
        for role in roles or (Role.OFFICER,):
            RoleHolding.objects.create(officer=made, role=role, granted_at=NOON)
        return made

    return make


@pytest.fixture
def li(officer) -> Officer:
    return officer("li")


@pytest.fixture
def browser_of():
    """A signed-in browser; `csrf=True` makes it prove that its requests come from our pages."""

    def sign_in(someone: Officer, *, csrf: bool = False, has_passed: bool = True) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(someone)
        session = client.session
        session[PASSED] = has_passed  # the second factor
        session.save()
        return client

    return sign_in


@pytest.fixture
def browser(browser_of, li) -> Client:
    return browser_of(li)


@pytest.fixture
def sealed(bureau, li):
    """Seal these bytes as a recording of Li's."""

    def seal(content: bytes, *, name: bytes = b"DCIM/a.mp4", suffix: str = "mp4") -> Recording:
        digest = sha256(content).hexdigest()
        temp = vaults.current().new_temp()
        temp.write_bytes(content)
        key = vault_key(at=NOON, label="X1", sha256=digest, suffix=suffix)
        vaults.current().put(temp, key)
        return Recording.objects.create(
            agency=bureau,
            number=f"2026-{next(numbers):06d}",
            officer=li,
            kind=MediaKind.VIDEO,
            suffix=suffix,
            original_name=name,
            size_bytes=len(content),
            sha256=digest,
            sm3="0" * 64,
            vault_key=key,
            file_mtime_ns=0,
            recorded_at=NOON,
            recorded_at_origin=TimeOrigin.INTAKE,
            sealed_at=NOON,
        )

    return seal


@pytest.fixture
def ticket_for(li):
    """What opening the recording's page gives Li."""
    return lambda recording: viewing.open_recording(recording.number, by=li, at=now()).ticket


@pytest.fixture
def tus(browser) -> Tus:
    return Tus(browser)


@pytest.fixture
def film() -> bytes:
    """Bytes intake takes for an MP4, no two alike."""
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + os.urandom(4096)
