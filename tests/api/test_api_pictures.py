"""Thumbnails and waveforms beside a recording."""

import pytest

from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import now
from liuhen.people.roles import Role
from liuhen.recordings import derived, secrecy
from liuhen.recordings.models import MediaKind, Recording


@pytest.fixture
def recording(sealed):
    made = sealed(b"x")
    folder = derived.folder(made)
    folder.mkdir(parents=True)
    (folder / derived.POSTER).write_bytes(b"jpeg")
    (folder / derived.WAVEFORM).write_text("[1]")
    return made


def test_a_poster_is_shown_and_kept_for_this_officer(browser, recording):
    answer = browser.get(f"/recordings/{recording.number}/poster.jpg")
    assert (answer.status_code, b"".join(answer)) == (200, b"jpeg")
    assert answer["Content-Type"] == "image/jpeg"
    assert "Cookie" in answer["Vary"]
    assert answer["Cache-Control"] == "private, max-age=300"


def test_a_poster_the_browser_has_is_not_sent_again(browser, recording):
    url = f"/recordings/{recording.number}/poster.jpg"
    etag = browser.head(url)["ETag"]
    answer = browser.get(url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_waveform_is_json(browser, recording):
    answer = browser.get(f"/recordings/{recording.number}/waveform.json")
    assert (answer["Content-Type"], b"".join(answer)) == ("application/json", b"[1]")


def test_until_there_is_a_poster_a_drawing_stands_in(browser, sealed):
    answer = browser.get(f"/recordings/{sealed(b'x').number}/poster.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (404, "image/svg+xml")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("what", ["poster.jpg", "waveform.json"])
def test_who_does_not_see_the_recording_sees_no_picture(browser_of, officer, recording, what):
    answer = browser_of(officer("zhao")).get(f"/recordings/{recording.number}/{what}")
    assert (answer.status_code, answer.json()["code"]) == (404, "recordings.no_such_recording")


@pytest.mark.enforces("access")
@pytest.mark.parametrize("what", ["waveform.json", "track.json"])
def test_its_sound_drawn_and_its_way_are_for_who_may_play_it(browser_of, officer, recording, what):
    browser = browser_of(officer("zhou", Role.CUSTODIAN))
    answer = browser.get(f"/recordings/{recording.number}/{what}")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.no_grant")
    assert browser.head(f"/recordings/{recording.number}/poster.jpg").status_code == 200


@pytest.mark.enforces("secrecy")
def test_of_what_is_secret_even_the_small_picture_is(browser_of, officer, recording, li):
    secrecy.mark(recording, "state", reason="涉密", by=li, at=now())
    browser = browser_of(officer("zhou", Role.CUSTODIAN))
    answer = browser.get(f"/recordings/{recording.number}/poster.jpg")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.no_grant")


def test_a_visitor_sees_no_picture(client, recording):
    assert client.get(f"/recordings/{recording.number}/poster.jpg").status_code == 401


@pytest.mark.enforces("secrecy")
def test_the_picture_of_what_is_secret_is_kept_by_no_browser(browser, recording, li):
    secrecy.mark(recording, "state", reason="涉密", by=li, at=now())
    answer = browser.get(f"/recordings/{recording.number}/poster.jpg")
    assert (b"".join(answer), answer["Cache-Control"]) == (b"jpeg", "private, no-store")


@pytest.mark.enforces("access")
def test_a_photos_small_picture_is_for_who_may_look_at_the_photo(
    browser, browser_of, officer, recording
):
    Recording.objects.update(kind=MediaKind.PHOTO)
    url, denied = f"/recordings/{recording.number}/poster.jpg", CustodyEvent.objects.count()
    locked = browser_of(officer("zhou", Role.CUSTODIAN)).get(url)
    assert (locked.status_code, locked["Content-Type"]) == (403, "image/svg+xml")
    assert "无查看权限" in locked.content.decode()
    shown = browser.get(url)
    assert (b"".join(shown), shown["Cache-Control"]) == (b"jpeg", "private, no-store")
    assert CustodyEvent.objects.count() == denied
