"""What the player asks: a ticket, marks, pictures."""

from datetime import UTC, datetime

import pytest

import factories
from liuhen.access.models import Viewing
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.media import footage
from liuhen.people.roles import Role
from liuhen.recordings.models import Mark, RecordingState

AT = datetime(2026, 1, 5, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    footage.make_clip(path, started_at=AT, seconds=1, size=(320, 180))
    return path.read_bytes()


@pytest.fixture
def film(sealed, clip):
    made = sealed(clip)
    made.state, made.examination = RecordingState.EXAMINED, {"browser_playable": True}
    made.duration_seconds = 1
    made.save()
    return made


def kinds() -> list[str]:
    return list(CustodyEvent.objects.order_by("index").values_list("kind", flat=True))


def at(film, what: str) -> str:
    return f"/api/recordings/{film.number}/{what}"


def test_opening_is_in_the_log_before_the_first_byte(browser, film, clip):
    said = browser.post(at(film, "open")).json()
    assert kinds() == [Kind.RECORDING_OPENED]
    assert b"".join(browser.get(said["source"])) == clip


def test_what_cannot_be_played_yet_is_not_looked_at(browser, sealed):
    said = browser.post(at(sealed(b"x"), "open")).json()
    assert (said["playback"], said["source"]) == ("examining", None)
    assert kinds() == []


def test_a_mark_is_made_and_struck_out(browser, film):
    sent = {"kind": "notice", "start": "0.5004", "note": " 已告知 "}
    answer = browser.post(at(film, "marks"), sent)
    mark = answer.json()["mark"]
    assert answer.status_code == 201
    assert (mark["start"], mark["note"], mark["shows"]) == (0.5, "已告知", "notice/notice")
    assert browser.post(at(film, f"marks/{mark['pk']}/remove")).status_code == 200
    assert kinds() == [Kind.RECORDING_MARKED, Kind.RECORDING_UNMARKED]


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "notice"},
        {"kind": "notice", "start": "nan"},
        {"kind": "notice", "start": "-1"},
        {"kind": "notice", "start": "1e30"},
        {"kind": "dance", "start": "0"},
        {"kind": "notice", "start": "0", "note": "字" * 201},
    ],
)
def test_what_is_no_mark_is_refused(browser, film, sent):
    answer = browser.post(at(film, "marks"), sent)
    assert (answer.status_code, answer.json()["code"]) == (400, "api.bad_request")
    assert not Mark.objects.exists()


def test_a_mark_of_another_recording_is_not_found(browser, film, sealed):
    made = browser.post(at(film, "marks"), {"kind": "notice", "start": "0"}).json()["mark"]
    answer = browser.post(at(sealed(b"x"), f"marks/{made['pk']}/remove"))
    assert (answer.status_code, answer.json()["code"]) == (404, "recordings.no_such_mark")


def test_a_picture_is_taken_with_the_ticket_and_shown_with_it(browser, film, ticket_for):
    ticket = ticket_for(film)
    sent = {"seconds": "0.5", "ticket": ticket}
    taken = browser.post(at(film, "snapshots"), sent).json()["snapshot"]
    picture = browser.get(taken["url"])
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture).startswith(b"\xff\xd8")
    assert kinds()[-1] == Kind.RECORDING_SNAPSHOT
    assert browser.post(at(film, "open")).json()["snapshots"][0]["sha256"] == taken["sha256"]


def test_without_the_recordings_ticket_no_picture_is_taken(browser, film, sealed, ticket_for):
    for ticket in ("", ticket_for(sealed(b"x"))):
        answer = browser.post(at(film, "snapshots"), {"seconds": "0", "ticket": ticket})
        assert answer.status_code in (400, 403)
    assert Kind.RECORDING_SNAPSHOT not in kinds()


def test_another_officers_ticket_shows_no_picture(browser, browser_of, officer, film, ticket_for):
    sent = {"seconds": "0.5", "ticket": ticket_for(film)}
    taken = browser.post(at(film, "snapshots"), sent).json()["snapshot"]
    answer = browser_of(officer("zhou", Role.CUSTODIAN)).get(taken["url"])
    assert (answer.status_code, answer.json()["code"]) == (403, "access.no_ticket")


def test_leaders_with_a_grant_look_and_do_not_mark(browser_of, officer, film):
    zhao = officer("zhao", Role.LEADER)
    browser = browser_of(zhao)
    answer = browser.post(at(film, "open"))
    assert (answer.status_code, answer.json()["code"]) == (403, "access.no_grant")
    factories.grant(film, zhao)
    assert browser.post(at(film, "open")).status_code == 200
    answer = browser.post(at(film, "marks"), {"kind": "notice", "start": "0"})
    assert (answer.status_code, answer.json()["code"]) == (403, "recordings.not_yours_to_mark")


def test_when_the_player_is_shut_the_register_knows_how_long(browser, film):
    said = browser.post(at(film, "open")).json()
    assert browser.post(said["closing"]).status_code == 200
    assert Viewing.objects.get().seconds is not None


def test_anothers_look_is_not_ended(browser, browser_of, officer, film):
    said = browser.post(at(film, "open")).json()
    assert browser_of(officer("zhou", Role.CUSTODIAN)).post(said["closing"]).status_code == 200
    assert Viewing.objects.get().seconds is None


@pytest.mark.parametrize("what", ["open", "marks", "snapshots"])
def test_who_does_not_see_it_learns_nothing(browser_of, officer, film, what):
    browser = browser_of(officer("far"))
    sent = {"kind": "notice", "start": "0", "seconds": "0"}
    answer = browser.post(at(film, what), sent)
    assert (answer.status_code, answer.json()["code"]) == (404, "recordings.no_such_recording")
    assert kinds() == ([Kind.ACCESS_DENIED] if what == "open" else [])


def test_what_was_heard_takes_the_ticket(browser, film, ticket_for):
    assert browser.post(at(film, "speech")).status_code == 400
    said = browser.post(at(film, "speech"), {"ticket": ticket_for(film)}).json()
    assert (said["state"], said["proposals"]) == ("not_asked", [])
    assert "LIUHEN_SPEECH_MODEL" in said["why"]
