"""The bytes of a recording: no ticket, no byte."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from liuhen.access import viewing
from liuhen.api import admission, sending
from liuhen.kernel.clock import now
from liuhen.recordings import derived

CONTENT = bytes(range(256)) * 8


@pytest.fixture
def film_url(sealed, ticket_for) -> str:
    return f"/media/{ticket_for(sealed(CONTENT))}/original"


def body(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def refused(client: Client, url: str) -> set[tuple[int, bool]]:
    """Status, and whether any of the film is in the body, however it is asked for."""
    ranged = {"Range": "bytes=0-9"}
    answers = [client.get(url), client.head(url), client.get(url, headers=ranged)]
    return {(answer.status_code, CONTENT[:10] in body(answer)) for answer in answers}


def test_the_whole_file_leaves_as_it_was_sealed(browser, film_url):
    answer = browser.get(film_url)
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert (answer["Content-Type"], answer["Content-Length"]) == ("video/mp4", "2048")
    assert answer["Accept-Ranges"] == "bytes"


def test_nothing_is_guessed_kept_or_run(browser, film_url):
    answer = browser.head(film_url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'inline; filename="a.mp4"'


@pytest.mark.parametrize(
    ("asked", "told", "part"),
    [
        ("bytes=0-99", "bytes 0-99/2048", CONTENT[:100]),
        ("bytes=2000-", "bytes 2000-2047/2048", CONTENT[2000:]),
        ("bytes=-5", "bytes 2043-2047/2048", CONTENT[-5:]),
        ("bytes=1000-9999", "bytes 1000-2047/2048", CONTENT[1000:]),
    ],
)
def test_a_range_leaves_exactly(browser, film_url, asked, told, part):
    answer = browser.get(film_url, headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (206, told)
    assert (body(answer), answer["Content-Length"]) == (part, str(len(part)))


def test_several_ranges_are_the_whole_file(browser, film_url):
    answer = browser.get(film_url, headers={"Range": "bytes=0-1,5-6"})
    assert (answer.status_code, body(answer)) == (200, CONTENT)


def test_beyond_the_end_is_not_satisfiable(browser, film_url):
    answer = browser.get(film_url, headers={"Range": "bytes=2048-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */2048")


def test_head_has_all_headers_and_no_byte(browser, film_url):
    answer = browser.head(film_url, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer["Content-Length"], body(answer)) == (200, "2048", b"")


def test_a_range_of_another_version_is_the_whole_file(browser, film_url):
    etag = browser.head(film_url)["ETag"]
    date = "Mon, 05 Jan 2026 04:00:00 GMT"
    for validator, part in [(etag, CONTENT[:10]), ('"other"', CONTENT), (date, CONTENT)]:
        headers = {"Range": "bytes=0-9", "If-Range": validator}
        assert body(browser.get(film_url, headers=headers)) == part


@pytest.mark.parametrize(
    ("headers", "length"),
    [
        ({"Sec-Fetch-Dest": "video"}, 100),
        ({"Sec-Fetch-Dest": "audio"}, 100),
        ({"Accept-Encoding": "identity;q=1, *;q=0"}, 100),
        ({}, 2048),
    ],
)
def test_only_a_player_gets_all_the_rest_in_parts(browser, film_url, headers, length, monkeypatch):
    monkeypatch.setattr(sending, "PLAYER_BYTES", 100)
    answer = browser.get(film_url, headers=headers | {"Range": "bytes=0-"})
    assert (answer.status_code, len(body(answer))) == (206, length)


@pytest.mark.enforces("outward")
@pytest.mark.parametrize(
    "asked",
    [
        {"Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Dest": "empty"},
        {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"},
    ],
)
def test_a_ticket_shows_and_does_not_save(browser, film_url, asked):
    assert browser.head(film_url).status_code == 200  # within the second, the same ticket
    answer = browser.get(film_url, headers=asked)
    assert (answer.status_code, answer.json()["code"]) == (403, "access.no_copy")


@pytest.mark.parametrize("name", [b'a"\r\nX: 1.mp4', "执法 ‮4pm.mp4".encode(), b"\xff\\..\\b.mp4"])
def test_no_name_breaks_the_header(browser, sealed, ticket_for, name):
    url = f"/media/{ticket_for(sealed(CONTENT, name=b'DCIM/' + name))}/original"
    said = browser.head(url)["Content-Disposition"]
    assert said.startswith("inline; filename")
    assert said.isascii()
    assert "\r" not in said
    assert "\n" not in said


def test_an_unknown_suffix_is_no_type_a_browser_runs(browser, sealed, ticket_for):
    url = f"/media/{ticket_for(sealed(CONTENT, suffix='html'))}/original"
    assert browser.head(url)["Content-Type"] == "application/octet-stream"


@pytest.mark.enforces("outward")
def test_without_a_ticket_no_byte_leaves(browser, sealed):
    recording = sealed(CONTENT)
    for ticket in ("x", recording.number, signing.dumps([recording.pk, 1, 0], salt="other")):
        assert refused(browser, f"/media/{ticket}/original") == {(403, False)}


def test_a_changed_ticket_opens_nothing(browser, film_url):
    ticket = film_url.split("/")[2]
    changed = ticket[:-1] + ("A" if ticket[-1] != "A" else "B")
    assert refused(browser, f"/media/{changed}/original") == {(403, False)}


@pytest.mark.enforces("outward", "access")
def test_a_ticket_is_one_officers_own(browser_of, officer, film_url):
    assert refused(browser_of(officer("zhao")), film_url) == {(403, False)}


def test_a_ticket_does_without_no_session(client, film_url):
    assert refused(client, film_url) == {(401, False)}


def test_an_old_ticket_opens_nothing(browser, sealed, li):
    opened = now() - viewing.TICKET_LIFE - timedelta(seconds=1)
    ticket = viewing.open_recording(sealed(CONTENT).number, by=li, at=opened).ticket
    assert refused(browser, f"/media/{ticket}/original") == {(403, False)}


def test_a_switched_off_account_sees_not_one_byte_more(browser, film_url, li):
    assert body(browser.get(film_url)) == CONTENT
    li.is_active = False
    li.save()
    assert refused(browser, film_url) == {(401, False)}


@pytest.mark.enforces("access", "secrecy")
def test_a_role_taken_away_closes_the_film_at_once(browser, film_url, li):
    assert browser.head(film_url).status_code == 200
    li.role_holdings.all().delete()
    assert refused(browser, film_url) == {(403, False)}


def test_nothing_is_posted_to_a_film(browser, film_url):
    assert browser.post(film_url).status_code == 405


def test_a_rendition_is_served_like_the_original(browser, sealed, ticket_for):
    recording = sealed(CONTENT)
    url = f"/media/{ticket_for(recording)}/rendition"
    assert (browser.get(url).status_code, browser.get(url).json()["code"]) == (
        404,
        "recordings.no_rendition",
    )
    path = derived.rendition(recording)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"small")
    answer = browser.get(url, headers={"Range": "bytes=1-2"})
    assert (answer.status_code, body(answer)) == (206, b"ma")


def test_watching_writes_to_the_session_once_a_minute(browser, film_url, django_assert_num_queries):
    body(browser.get(film_url))
    admission._remembered.admitted.clear()
    # Session, officer with the bureau, roles, recording; grants, assignments, whose rule holds:
    # none is a write.
    with django_assert_num_queries(8):
        assert body(browser.get(film_url, headers={"Range": "bytes=0-9"})) == CONTENT[:10]


def test_nginx_is_told_where_the_file_lies(browser, film_url, settings):
    settings.LIUHEN_ACCEL_PREFIX = "/inside/"
    answer = browser.get(film_url, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, body(answer)) == (200, b"")
    assert answer["X-Accel-Redirect"].startswith("/inside/vault/%E7%8E%B0")
    assert answer["Content-Type"] == "video/mp4"


def test_with_nginx_too_no_ticket_means_no_byte(client, film_url, settings):
    settings.LIUHEN_ACCEL_PREFIX = "/inside/"
    answer = client.get(film_url)
    assert (answer.status_code, "X-Accel-Redirect" in answer) == (401, False)
