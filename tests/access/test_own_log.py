"""Whose events an auditor reads in the one log of several bureaus."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import factories
from factories import NOON
from liuhen.access import own_log
from liuhen.access.errors import OthersEntries
from liuhen.custody import log, queries, store
from liuhen.custody.errors import NoSuchEvent
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.roles import Role
from liuhen.retention.models import Complaint, DiscSet, Hold


@pytest.fixture(autouse=True)
def bureau(data, db):
    store._remembered = None
    return factories.agency()


def record(subject: str, by="system") -> CustodyEvent:
    with transaction.atomic():
        return log.record(Kind.RECORDING_VERIFIED, subject=subject, by=by, at=NOON)


def subjects(login: str = "shen") -> set[str]:
    return {event.subject for event in own_log.readable_by(factories.officer(login))}


def theirs() -> list[str]:
    """Subjects of every kind that are another bureau's."""
    far = factories.stranger("far", Role.SYSTEM_ADMIN)
    unit = factories.unit("别处科", of=far.agency)
    batch = factories.batch("b-far", by=far, agency=far.agency)
    recording = factories.recording("2026-000099", agency=far.agency, officer=far, device=None)
    party = far.agency.parties.create(
        kind="person", name="远", added_at=NOON, added_by=far, search_text="远"
    )
    activity = factories.activity("HD-2026-000099", officer=far)
    held = Hold.objects.create(
        agency=far.agency, number="BQ-2026-000099", ground="other", reason="远", scope="activity",
        activity=activity, placed_at=NOON, placed_by=far,
    )  # fmt: skip
    Complaint.objects.create(
        agency=far.agency, number="TS-2026-000099", kind="complaint", channel="visit", text="远",
        received_at=NOON, hold=held, entered_at=NOON, entered_by=far,
    )  # fmt: skip
    DiscSet.objects.create(
        agency=far.agency, number="GP-2026-000099", activity=activity, title="远", purpose="远",
        medium="dvd", capacity_bytes=1, copies=2, made_at=NOON, made_by=far,
    )  # fmt: skip
    return [
        f"activity:{activity.number}",
        f"hold:{held.number}",
        "complaint:TS-2026-000099",
        "disc_set:GP-2026-000099",
        "disc:GP-2026-000099-2/1",
        f"party:{party.pk}",
        f"agency:{far.agency.pk}",
        f"officer:{far.login}",
        f"unit:{unit.pk}",
        f"batch:{batch.uid}",
        f"recording:{recording.number}",
    ]


def test_what_happened_to_another_bureaus_is_not_read():
    hidden = theirs()
    for subject in hidden:
        record(subject)
    record("officer:li")
    record("disc:GP-2026-000009-2/1")
    assert subjects().isdisjoint(hidden)
    assert subjects() == {"officer:li", "disc:GP-2026-000009-2/1"}


def test_what_a_stranger_did_is_not_read():
    far = factories.stranger()
    record("device:ZF-1", by=far)
    record("device:ZF-2", by=factories.officer("zhou"))
    assert subjects() == {"device:ZF-2"}


def test_they_read_their_own():
    hidden = theirs()
    for subject in hidden:
        record(subject)
    auditor = factories.stranger("far-audit", Role.AUDITOR)
    assert set(hidden) <= {event.subject for event in own_log.readable_by(auditor)}


def test_what_is_nobodys_is_read_by_all():
    factories.stranger()
    for subject in ("vault", "quarantine:2026", "witness:0a0b", "officer:nobody-has-this"):
        record(subject)
    assert len(subjects()) == 4


def test_one_bureau_reads_the_whole_log():
    record("anything")
    assert subjects() == {"anything"}


def test_a_subject_of_no_number_harms_nothing():
    factories.stranger()
    for subject in ("unit:", "unit:x", "recording:", "officer", ":"):
        record(subject)
    assert len(subjects()) == 5


def test_another_bureaus_event_is_not_there():
    event = record(f"officer:{factories.stranger().login}")
    shen = factories.officer("shen")
    with pytest.raises(NoSuchEvent):
        queries.event_at(event.index, own_log.readable_by(shen))


def test_a_bundle_with_anothers_entry_is_withheld():
    shen, far = factories.officer("shen"), factories.stranger()
    record("officer:li")
    own_log.check_all_readable(shen, 0, 1)
    record("officer:far", by=far)
    with pytest.raises(OthersEntries):
        own_log.check_all_readable(shen, 0, 2)


def test_a_page_is_one_query_more_and_no_more():
    shen = factories.officer("shen")
    theirs()
    with CaptureQueriesContext(connection) as asked:
        queries.page(own_log.readable_by(shen))
    assert len(asked) == 2


def test_every_room_named_is_there():
    from django.apps import apps

    for model, *_fields in (*own_log.NAMED.values(), *own_log.NUMBERED.values()):
        assert apps.get_model(model)


def test_a_device_of_one_number_in_two_bureaus_is_whose_officer_wrote_it():
    far = factories.stranger("far", Role.SYSTEM_ADMIN)
    factories.device("ZF-1")
    for number in ("ZF-1", "ZF-2"):
        far.agency.devices.create(device_no=number, kind="body_camera", registered_at=NOON)
    for by in (far, "command"):
        record("device:ZF-2", by=by)
    record("device:ZF-1", by=far)
    assert subjects() == set()
    record("device:ZF-1", by=factories.officer("kong"))
    assert subjects() == {"device:ZF-1"}
