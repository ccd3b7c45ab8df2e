"""What the audit says when somebody with the database's password changed the log."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import F

from liuhen.custody import log, store
from liuhen.custody.audit import audit
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, CustodyEvent, Tile

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def open_to_tampering():
    """300 events in a log whose triggers somebody dropped."""
    for start in range(0, 300, 50):
        acts = [log.Act(Kind.SIGNED_IN, f"officer:{start + n}", "li", NOON) for n in range(50)]
        log.record_all(acts)
    with connection.cursor() as cursor:
        for table in (CustodyEvent, Checkpoint, Tile):
            name = table._meta.db_table
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}_no_update")
                cursor.execute(f"DROP TRIGGER {name}_no_delete")
            else:
                cursor.execute(f"DROP TRIGGER {name}_append_only ON {name}")
    store._remembered = None


def codes() -> list[str]:
    return [deviation.code for deviation in audit()]


@pytest.mark.usefixtures("open_to_tampering")
class TestTampering:
    def test_an_untouched_log_has_no_deviation(self):
        assert codes() == []

    def test_a_changed_entry_is_named(self):
        CustodyEvent.objects.filter(index=7).update(entry=b"{}")
        assert "log.entry_changed" in codes()
        assert "log.entry_unreadable" in codes()

    def test_an_entry_changed_with_its_hash_breaks_tile_and_root(self):
        other = CustodyEvent.objects.get(index=8)
        CustodyEvent.objects.filter(index=7).update(entry=other.entry, leaf_hash=other.leaf_hash)
        found = codes()
        assert {"log.columns_changed", "log.tile_changed", "log.root_differs"} <= set(found)

    def test_a_changed_column_is_named(self):
        CustodyEvent.objects.filter(index=7).update(actor="wang")
        assert codes() == ["log.columns_changed"]

    def test_a_removed_event_is_a_hole(self):
        CustodyEvent.objects.filter(index=7)._raw_delete("default")
        assert codes() == ["log.hole"]

    def test_the_last_events_removed_are_missed(self):
        CustodyEvent.objects.filter(index__gte=290)._raw_delete("default")
        assert codes() == ["log.cut_off"]

    def test_an_event_slipped_in_unsigned_is_named(self):
        last = CustodyEvent.objects.get(index=299)
        last.pk = 300
        CustodyEvent.objects.bulk_create([last])
        assert codes() == ["log.unsigned"]

    def test_a_removed_or_changed_tile_is_named(self):
        Tile.objects.update(hashes=bytes(8192))
        assert codes() == ["log.tile_changed"]
        Tile.objects.all()._raw_delete("default")
        assert codes() == ["log.tile_missing"]

    def test_a_forged_checkpoint_is_named(self):
        real = Checkpoint.objects.get(size=300)
        Checkpoint.objects.filter(size=300).update(note=real.note.replace("300", "299", 1))
        assert codes() == ["log.signature_bad"]

    def test_a_checkpoint_row_that_differs_from_its_note_is_named(self):
        Checkpoint.objects.filter(size=300).update(root=bytes(32), at=F("at"))
        assert codes() == ["log.columns_changed"]
