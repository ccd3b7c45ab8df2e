"""Twelve ways to see a recording without a grant: each is refused, and each is in the log."""

from datetime import timedelta

import pytest
from access_cast import ask
from django.core import signing
from django.test import Client
from extraction_cast import dispose_of

import factories
from liuhen.access import grants, viewing
from liuhen.cases.models import ActivityRecording
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.sessions import PASSED
from liuhen.recordings import derived
from liuhen.recordings.models import Recording

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enforces("access", "outward", "secrecy"),
]
CONTENT = bytes(range(256)) * 8
PART = CONTENT[:16]


@pytest.fixture
def film(bureau, settings) -> Recording:
    """Li's, in a bureau where nobody looks without approval, with a rendition."""
    settings.STATIC_ROOT = settings.DATA.root
    factories.follow("chengde-safety")
    made = factories.recording(content=CONTENT, suffix="mp4")
    path = derived.rendition(made)
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return made


def browser(login: str | Officer) -> Client:
    client = Client()
    client.force_login(factories.officer(login) if isinstance(login, str) else login)
    session = client.session
    session[PASSED] = True
    session.save()
    return client


def ticket_of(film: Recording, login: str = "du", **lasts) -> str:
    """What a grant gave, when it held."""
    officer = factories.officer(login)
    factories.grant(film, officer, **lasts)
    return viewing.open_recording(film.number, by=officer, at=now()).ticket


def forged(film: Recording, login: str, **key) -> str:
    whole = [film.pk, factories.officer(login).pk, int(now().timestamp())]
    return signing.dumps(whole, **key)


def check_refused(answer) -> None:
    """Refused, without a byte of the film, and in the log."""
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code in (401, 403, 404, 422), answer.status_code
    assert PART not in body
    denied = CustodyEvent.objects.filter(kind=Kind.ACCESS_DENIED)
    assert denied.count() == 1


def test_1_by_the_pages_url(film):
    check_refused(browser("du").post(f"/recordings/{film.number}/open/"))


def test_2_by_the_api(film):
    check_refused(browser("li").post(f"/api/recordings/{film.number}/open"))


def test_3_by_a_tampered_form(film):
    """A picture out of it, with a ticket somebody made up."""
    sent = {"seconds": "0", "ticket": forged(film, "zhou", salt="x")}
    check_refused(browser("zhou").post(f"/api/recordings/{film.number}/snapshots", sent))


def test_4_from_another_bureau(film):
    far = factories.stranger("far", factories.Role.CUSTODIAN)
    check_refused(browser(far).post(f"/api/recordings/{film.number}/open"))


def test_5_with_a_grant_that_is_over(film):
    du = factories.officer("du")
    factories.grant(film, du, until=now() - timedelta(seconds=1))
    ticket = viewing.signing.dumps([film.pk, du.pk, int(now().timestamp())], salt=viewing.SALT)
    check_refused(browser(du).get(f"/media/{ticket}/original"))


def test_6_with_a_grant_that_was_taken_back(film):
    ticket = ticket_of(film)
    client = browser("du")
    assert client.head(f"/media/{ticket}/original").status_code == 200
    grant = film.grants.get()
    grants.revoke(grant, reason="案件已结", by=factories.officer("qian"), at=now())
    check_refused(client.get(f"/media/{ticket}/original"))


def test_7_in_anothers_session(film):
    check_refused(browser("li").get(f"/media/{ticket_of(film)}/original"))


def test_8_by_the_films_own_url_in_the_address_bar(film):
    """Who may look saves nothing."""
    page = {"Accept": "text/html,*/*", "Sec-Fetch-Dest": "document"}
    ticket = ticket_of(film)
    check_refused(browser("du").get(f"/media/{ticket}/original", headers=page))


@pytest.mark.parametrize("asked", ["bytes=0-15", "bytes=-16", "bytes=0-1,4-15", "bytes=0-"])
def test_9_by_tricks_with_ranges(film, asked):
    client, ticket = browser("zhou"), forged(film, "du", salt=viewing.SALT)
    assert client.head(f"/media/{ticket}/original").status_code == 403
    check_refused(client.get(f"/media/{ticket}/original", headers={"Range": asked}))


def test_10_by_guessing_numbers(film):
    chen = factories.officer("chen", unit=factories.unit("二科"))
    client = browser(chen)
    for number in (film.number, "2026-000002", "2026-000003"):
        answer = client.post(f"/api/recordings/{number}/open")
        assert answer.json()["code"] == "recordings.no_such_recording"
    check_refused(answer)


def test_11_by_an_export(film):
    party = factories.party()
    activity = factories.activity(party=party)
    ActivityRecording.objects.create(
        activity=activity,
        recording=film,
        was_proposed=False,
        linked_at=factories.NOON,
        linked_by=film.officer,
    )
    address = f"/parties/{party.pk}/dossier/"
    check_refused(browser("zhou").post(address, {"reason": "归档"}))
    assert not CustodyEvent.objects.filter(kind=Kind.DOSSIER_EXPORTED).exists()


def test_12_by_what_was_made_of_it(film):
    client = browser("du")
    ticket = forged(film, "du", salt=viewing.SALT)  # rightly signed, and no right behind it
    check_refused(client.get(f"/media/{ticket}/rendition"))


@pytest.mark.parametrize("name", ["waveform.json", "track.json"])
def test_and_by_its_sound_drawn_or_the_way_of_the_device(film, name):
    check_refused(browser("du").get(f"/recordings/{film.number}/{name}"))


def test_and_by_its_download(film):
    ticket_of(film)
    check_refused(browser("du").post(f"/api/recordings/{film.number}/download"))


def test_with_a_grant_the_same_doors_open(film):
    ask(film, by="du")  # asking alone changes nothing
    client, ticket = browser("du"), ticket_of(film, may_copy=True)
    for name in ("original", "rendition"):
        assert b"".join(client.get(f"/media/{ticket}/{name}")) == CONTENT
    saved = client.post(f"/api/recordings/{film.number}/download")
    assert b"".join(saved) == CONTENT
    assert saved["Content-Disposition"].startswith("attachment")
    assert not CustodyEvent.objects.filter(kind=Kind.ACCESS_DENIED).exists()


def test_of_what_was_disposed_nothing_is_written_down_as_taken(film):
    ticket_of(film, may_copy=True)
    dispose_of(film)
    before = CustodyEvent.objects.count()
    answer = browser("du").post(f"/api/recordings/{film.number}/download")
    assert answer.json()["code"] == "recordings.disposed"
    assert CustodyEvent.objects.count() == before
