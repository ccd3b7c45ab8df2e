"""A recording beside its device's other files, and its length beside its times."""

from datetime import timedelta
from fractions import Fraction

import pytest
from use_cast import HOUR, MINUTE, NOON, codes, examined, header, sealed

import factories
from liuhen.custody.models import CustodyEvent
from liuhen.engines.media.facts import Code, Examination, Finding
from liuhen.engines.media.traits import MOST_FILES
from liuhen.recordings import examination, likeness
from liuhen.recordings.claims import Claim
from liuhen.recordings.models import Recording, RecordingState, TimeOrigin

pytestmark = pytest.mark.django_db

USUAL = {
    "kind": "video", "tracks": "video,audio", "codec": "h264", "width": 1920, "height": 1080,
    "rate": 30, "sound": "aac", "boxes": "ftyp mdat moov", "program": "", "gop": 30,
    "reordered": False,
}  # fmt: skip
TEN = Fraction(600)
MUXED = Finding(Code.REWRAPPED, evidence={"nature": "muxer", "program": "FFmpeg"})
EDITED = Finding(Code.RE_ENCODED, evidence={"nature": "editor", "program": "Adobe Premiere"})


@pytest.fixture(autouse=True)
def bureau(data):
    return factories.agency()


def others(count: int, traits: dict = USUAL, **more):
    for number in range(count):
        factories.recording(f"2026-1{number:05}", examination={"traits": traits}, **more)


def seen(*findings: Finding, **traits) -> Recording:
    made = sealed()
    found = Examination(kind="video", duration=TEN, traits=USUAL | traits, findings=findings)
    examination.write_down(made, found, at=made.sealed_at + MINUTE)
    made.refresh_from_db()
    return made


def test_a_file_like_its_devices_others_has_no_finding():
    others(5)
    assert "unlike_device" not in codes(seen())


def test_one_built_otherwise_is_marked_with_what_differs():
    others(5)
    made = seen(gop=250, reordered=True)
    told = made.findings.get(code="unlike_device").evidence
    assert told["traits"] == [["gop", "250", "30", 5], ["reordered", "True", "False", 5]]
    assert (told["files"], told["confidence"], made.state) == (5, "medium", RecordingState.MARKED)


def test_the_event_names_it():
    others(3)
    made = seen(gop=250)
    event = CustodyEvent.objects.get(kind="recording.examined", subject=f"recording:{made.number}")
    assert b"unlike_device" in bytes(event.entry)


@pytest.mark.parametrize("count", [0, 2])
def test_too_few_others_say_nothing(count):
    others(count)
    assert "unlike_device" not in codes(seen(gop=250))


def test_another_devices_files_and_other_kinds_say_nothing():
    others(5, device=factories.device("ZF-002"))
    factories.recording("2026-200000", kind="audio", examination={"traits": USUAL})
    factories.recording("2026-200001", examination=None)
    looked_at = Examination(kind="video", traits=USUAL)
    assert likeness.others_of(sealed(), looked_at) == []
    assert likeness.others_of(sealed("2026-000002", device=None), looked_at) == []


def test_many_others_cost_one_bounded_query(django_assert_num_queries):
    others(MOST_FILES + 5)
    made = sealed()
    with django_assert_num_queries(1):
        found = likeness.others_of(made, Examination(kind="video", traits=USUAL))
    assert len(found) == MOST_FILES


def test_a_harmed_file_asks_nothing(django_assert_num_queries):
    made = sealed()
    with django_assert_num_queries(0):
        assert likeness.judged(made, Examination(kind="video", findings=(MUXED,))) == [MUXED]


def test_a_programs_name_that_the_device_always_writes_is_its_own():
    others(3, USUAL | {"program": "FFmpeg"})
    made = seen(MUXED, program="FFmpeg")
    assert codes(made) == []
    assert made.examination["findings"][0]["code"] == Code.REWRAPPED


def test_told_while_the_device_is_not_known_it_marks_nothing():
    others(2, USUAL | {"program": "FFmpeg"})
    made = seen(MUXED, program="FFmpeg")
    assert (codes(made), made.state) == ([Code.REWRAPPED], RecordingState.EXAMINED)


def test_an_editing_program_is_never_the_devices_own():
    others(9, USUAL | {"program": "Adobe Premiere"})
    assert codes(seen(EDITED, program="Adobe Premiere")) == [Code.RE_ENCODED]


def claims(**at) -> list[Claim]:
    return [
        Claim(origin, "field", "", NOON + later, False, origin == TimeOrigin.FILE)
        for origin, later in at.items()
    ]


def jumps(length: Fraction = TEN, *codes_, **at) -> list[Finding]:
    found = Examination(duration=length, findings=tuple(Finding(code) for code in codes_))
    return list(likeness.clock_jumps(claims(**at), found))


START = timedelta(0)


def test_a_last_write_in_the_middle_of_the_recording_is_a_clock_set_back():
    (told,) = jumps(name=START, file=5 * MINUTE)
    assert told.evidence["seconds"] == "300"
    assert (told.code, told.evidence["content_seconds"]) == (Code.CLOCK_JUMP, 600.0)


@pytest.mark.parametrize(
    "file", [START, MINUTE, 9 * MINUTE, 10 * MINUTE, HOUR, -HOUR, -8 * HOUR, 8 * HOUR + 5 * MINUTE]
)
def test_a_last_write_at_an_edge_or_later_is_none(file):
    assert jumps(name=START, file=file) == []


def test_a_header_that_names_the_end_explains_the_cards_time():
    assert jumps(name=START, header=5 * MINUTE, file=5 * MINUTE) == []


def test_a_file_that_was_not_closed_says_nothing_of_the_clock():
    assert jumps(TEN, Code.TRUNCATED, name=START, file=5 * MINUTE) == []


def test_without_a_start_or_a_length_nothing_is_said():
    assert jumps(file=5 * MINUTE) == []
    assert list(likeness.clock_jumps(claims(name=START, file=MINUTE), Examination())) == []


def test_a_clock_set_back_while_recording_marks_the_recording():
    made = examined(header(NOON), file=NOON + 5 * MINUTE)
    assert Code.CLOCK_JUMP in codes(made)
