"""The short way for the next range: as exact as the long one."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client

from liuhen.api import admission
from liuhen.api.again import ranges_first
from liuhen.kernel.clock import now
from liuhen.people import sessions
from liuhen.people.models import RoleHolding
from liuhen.recordings import derived

sqlite_only = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="on other databases every range takes the long way"
)
CONTENT = bytes(range(256)) * 8
long_ways: list[str] = []


@pytest.fixture(autouse=True)
def the_tests_connection_stays():
    """As Django's own test client does: a request must not close the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def long_way(environ, start_response):
    long_ways.append(environ["PATH_INFO"])
    return WSGIHandler()(environ, start_response)


class Browser:
    """Sends WSGI requests to the application with the short way in front, as gunicorn does."""

    def __init__(self, client: Client, url: str) -> None:
        self.cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        self.url = url
        self.application = ranges_first(long_way)

    def get(self, asked: str = "bytes=0-9", **environ: str) -> tuple[int, bytes, bool]:
        """Status, body, and whether the short way was taken."""
        long_ways.clear()
        said: list[str] = []
        asking = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": self.url,
            "HTTP_HOST": "testserver",
            "HTTP_COOKIE": self.cookie,
            "HTTP_RANGE": asked,
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
            "wsgi.file_wrapper": lambda slice, size: [slice.read(size), slice.close()][:1],
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
        } | environ
        body = self.application(asking, lambda status, headers: said.append(status))
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
        return int(said[0][:3]), content, not long_ways


@pytest.fixture
def player(browser, sealed, ticket_for):
    """A browser that has just played the first range."""
    admission._remembered.admitted.clear()
    opened = Browser(browser, f"/media/{ticket_for(sealed(CONTENT))}/original")
    opened.get()
    opened.get()  # the first one of all wrote the session's time
    return opened


@sqlite_only
def test_an_ended_session_ends_the_short_way(player, li):
    assert player.get()[2]
    sessions.end(li, by=li, at=now(), why=sessions.Ending.REVOKED)
    assert player.get()[0] == 401


@sqlite_only
def test_the_next_range_takes_the_short_way(player):
    assert player.get("bytes=0-9") == (206, CONTENT[:10], True)
    assert player.get("bytes=2040-") == (206, CONTENT[2040:], True)
    assert player.get("bytes=9999-") == (416, b"", True)


@pytest.mark.parametrize("changed", ["HTTP_COOKIE", "PATH_INFO", "HTTP_HOST", "REQUEST_METHOD"])
def test_any_other_request_takes_the_long_way(player, changed):
    assert player.get(**{changed: "HEAD" if changed == "REQUEST_METHOD" else "/x"})[2] is False


def test_a_second_later_everything_is_checked_again(player, monkeypatch):
    later = admission.time.monotonic() + admission.LIFE_SECONDS
    monkeypatch.setattr(admission.time, "monotonic", lambda: later)
    assert player.get() == (206, CONTENT[:10], False)


def test_switching_an_account_off_stops_the_film_at_the_next_range(player, li):
    li.is_active = False
    li.save()
    status, body, _ = player.get()
    assert (status, CONTENT[:10] in body) == (401, False)


def test_taking_a_role_away_stops_the_film_at_the_next_range(player):
    RoleHolding.objects.all().delete()
    assert player.get()[0] == 403


def test_signing_out_stops_the_film_at_the_next_range(player, browser):
    browser.logout()
    assert player.get()[0] == 401


def test_a_refusal_is_never_remembered(player, li):
    li.is_active = False
    li.save()
    player.get()
    assert player.get()[::2] == (401, False)


@sqlite_only
def test_a_rendition_made_anew_is_what_is_sent(browser, sealed, ticket_for):
    recording = sealed(CONTENT)
    path = derived.rendition(recording)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"one")
    player = Browser(browser, f"/media/{ticket_for(recording)}/rendition")
    player.get()
    player.get()
    path.write_bytes(b"another")
    assert player.get("bytes=0-") == (206, b"another", True)


@sqlite_only
def test_what_another_process_commits_is_noticed(tmp_path):
    import pysqlite3

    path = tmp_path / "a.sqlite3"
    ours, theirs = pysqlite3.connect(path), pysqlite3.connect(path)
    theirs.execute("PRAGMA journal_mode=WAL")
    version = "PRAGMA data_version"
    before = ours.execute(version).fetchone()
    assert ours.execute(version).fetchone() == before
    theirs.execute("CREATE TABLE t (n)")
    assert ours.execute(version).fetchone() != before
    ours.close()
    theirs.close()
