"""Appending to the custody log."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.utils import DatabaseError

from liuhen.custody import log, store
from liuhen.custody.audit import audit
from liuhen.custody.errors import EventTooLong
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, CustodyEvent, Tile
from liuhen.custody.proofs import check, proof_of

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def append(count: int = 1) -> list[CustodyEvent]:
    return log.record_all(
        [log.Act(Kind.RECORDING_OPENED, f"recording:{n}", "li", NOON) for n in range(count)]
    )


def test_an_event_is_signed_and_provable_at_once():
    [event] = append()
    assert check(event).size == 1


def test_every_event_is_provable_under_the_newest_checkpoint():
    for _ in range(7):
        append(60)
    assert {check(event).size for event in CustodyEvent.objects.all()} == {420}
    assert Tile.objects.get().hashes == store.leaf_hashes(0, 256)


def test_a_restart_goes_on_where_the_log_stood():
    append(300)
    store._remembered = None
    append(1)
    assert list(audit()) == []


def test_a_rolled_back_append_is_forgotten():
    append(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        append(1)
        raise IntegrityError
    append(1)
    assert CustodyEvent.objects.count() == 3
    assert list(audit()) == []


def test_no_transaction_no_event(django_db_blocker):
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(transaction.TransactionManagementError):
            append()
    finally:
        connection.in_atomic_block = before


def test_an_event_that_is_too_long_is_refused_and_nothing_is_written():
    with pytest.raises(EventTooLong):
        log.record(Kind.RECORDING_OPENED, subject="x", by="li", at=NOON, why="长" * 30_000)
    assert not CustodyEvent.objects.exists()


def test_an_unregistered_kind_is_refused():
    with pytest.raises(ValueError, match="is not a valid Kind"):
        log.record("recording.burnt", subject="x", by="li", at=NOON)


@pytest.mark.parametrize("model", [CustodyEvent, Checkpoint, Tile])
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_the_database_refuses_to_change_or_delete(model, verb):
    append(256)
    rows = model.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        field = next(f.name for f in model._meta.fields if not f.primary_key)
        rows.update(**{field: F(field)}) if verb == "change" else rows._raw_delete("default")


def test_the_entry_is_canonical_json():
    [event] = append()
    assert bytes(event.entry) == (
        b'{"at":"2026-01-05T04:00:00.000000+00:00","by":"li","facts":{},'
        b'"kind":"recording.opened","subject":"recording:0","v":1}'
    )


def test_a_proof_file_names_its_index():
    append(5)
    assert "\nindex 3\n" in proof_of(CustodyEvent.objects.get(index=3)).encode()
