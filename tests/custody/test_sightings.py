"""What the audit says when the log and its witnesses disagree."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from liuhen.custody import keys, log, proofs, store, witnesses
from liuhen.custody.audit import audit
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, Cosignature, CustodyEvent, WitnessKey
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.checkpoints import sign_checkpoint
from liuhen.engines.merkle.notes import Signer
from liuhen.engines.merkle.tree import Frontier, leaf_hash
from liuhen.engines.merkle.witness import witness
from liuhen.engines.merkle.witness_state import WitnessState

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def append(count: int) -> None:
    log.record_all(
        [log.Act(Kind.RECORDING_OPENED, f"recording:{n}", "li", NOON) for n in range(count)]
    )


def look(state: WitnessState) -> str:
    note = proofs.newest_checkpoint().note
    reader = store.Reader()
    return witness(note, keys.verifier(), reader, state, at=int(NOON.timestamp()))


@pytest.fixture
def state(tmp_path: Path) -> WitnessState:
    """A registered witness that saw 4 events and handed its cosignature in."""
    store._remembered = None
    made = WitnessState(tmp_path / "state")
    made.create("witness/legal-office")
    witnesses.register(made.witness().vkey, by="li", at=NOON)
    append(3)
    witnesses.accept(look(made), at=NOON)
    return made


@pytest.fixture
def open_to_tampering(state) -> None:
    with connection.cursor() as cursor:
        for model in (CustodyEvent, Checkpoint, WitnessKey, Cosignature):
            name = model._meta.db_table
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}_no_update")
                cursor.execute(f"DROP TRIGGER {name}_no_delete")
            else:
                cursor.execute(f"DROP TRIGGER {name}_append_only ON {name}")
    store._remembered = None


def codes(state: WitnessState | None = None) -> list[str]:
    return [deviation.code for deviation in audit(state)]


def rewrite() -> None:
    """The last event changed, everything over it signed again with the log's own key."""
    event = CustodyEvent.objects.get(index=3)
    entry = bytes(event.entry).replace(b'"facts":{}', b'"facts":{"x":1}')
    CustodyEvent.objects.filter(index=3).update(entry=entry, leaf_hash=leaf_hash(entry))
    frontier = Frontier()
    for leaf in CustodyEvent.objects.order_by("index").values_list("leaf_hash", flat=True):
        frontier.append(bytes(leaf))
    note = sign_checkpoint(Head(keys.origin(), 4, frontier.root()), keys.signer())
    Checkpoint.objects.filter(size=4).update(root=frontier.root(), note=note)


def test_a_log_its_witness_saw_has_no_deviation(state):
    append(2)
    assert codes(state) == []


@pytest.mark.usefixtures("open_to_tampering")
class TestTampering:
    def test_a_rewritten_log_has_the_stored_cosignature_against_it(self):
        rewrite()
        assert codes() == ["log.cosignature_bad"]

    def test_with_the_cosignatures_gone_the_witnesss_records_remain(self, state):
        rewrite()
        Cosignature.objects.all()._raw_delete("default")
        assert codes() == []
        assert codes(state) == ["log.witness_differs"]

    def test_a_log_cut_with_its_checkpoints_is_rolled_back(self, state):
        CustodyEvent.objects.filter(index__gte=1)._raw_delete("default")
        Checkpoint.objects.filter(size__gt=1)._raw_delete("default")
        assert codes() == ["log.rolled_back"]
        Cosignature.objects.all()._raw_delete("default")
        assert codes() == []
        assert codes(state) == ["log.rolled_back"]

    def test_a_cosignature_of_a_witness_struck_out_is_named(self):
        WitnessKey.objects.all()._raw_delete("default")
        assert codes() == ["log.cosignature_bad"]


def test_the_log_of_another_key_is_not_the_one_seen(state):
    (state.folder / "log.vkey").write_text(Signer.generate(keys.origin()).verifier.vkey)
    assert codes(state) == ["log.witness_differs"]


def test_damaged_records_are_named_and_the_audit_goes_on(state):
    path = state.folder / "checkpoints.txt"
    path.write_bytes(path.read_bytes().replace(b"\n4\n", b"\n5\n"))
    assert codes(state) == ["log.witness_unreadable"]


def test_a_copy_without_the_witnesss_secret_is_enough(state, tmp_path):
    shutil.copytree(state.folder, tmp_path / "copy")
    (tmp_path / "copy" / "witness.key").unlink()
    assert codes(WitnessState(tmp_path / "copy")) == []
