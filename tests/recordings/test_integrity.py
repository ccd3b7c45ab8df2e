"""What verification, audit, scrub and export say of originals that are well, changed or gone."""

import hashlib
import json

import pytest
from django.db import connection

from liuhen.custody import keys
from liuhen.engines.merkle.tlog_proof import verify_proof
from liuhen.recordings import exporting, integrity, scrubbing, vaults
from liuhen.recordings.errors import ExportDiffers, FolderNotEmpty
from liuhen.recordings.models import Recording
from recordings.conftest import NOON, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(take_in, card) -> Recording:
    put(card, "a.mp4", b"evidence" * 1000)
    take_in()
    return Recording.objects.get()


def change(recording: Recording) -> None:
    path = vaults.path(recording.vault_key)
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[17] ^= 1
    path.write_bytes(content)


def codes() -> list[str]:
    return [deviation.code for deviation in integrity.audit()]


def drop_guards() -> None:
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON recordings_recording"
        cursor.execute(f"DROP TRIGGER sealed_no_change{on}")
        cursor.execute(f"DROP TRIGGER sealed_no_delete{on}")


def test_an_untouched_recording_is_intact_everywhere(sealed):
    assert integrity.verify(sealed, by="test", at=NOON).is_intact
    assert codes() == []
    assert scrubbing.scrub(sample=None, by="test", at=NOON).problems == []


@pytest.mark.enforces("originals")
def test_one_flipped_bit_is_found(sealed):
    change(sealed)
    assert integrity.verify(sealed, by="test", at=NOON).problem == "changed"
    [problem] = scrubbing.scrub(sample=5, by="test", at=NOON).problems
    assert (problem["recording"], problem["problem"]) == (sealed.number, "changed")


@pytest.mark.enforces("originals")
def test_a_missing_original_is_found(sealed):
    vaults.path(sealed.vault_key).unlink()
    assert integrity.verify(sealed, by="test", at=NOON).problem == "missing"
    assert codes() == ["vault.missing"]
    assert scrubbing.scrub(sample=None, by="test", at=NOON).problems[0]["problem"] == "missing"


def test_a_shortened_original_and_a_stray_file_are_named(sealed):
    path = vaults.path(sealed.vault_key)
    path.chmod(0o644)
    path.write_bytes(b"short")
    path.with_name("000000_stray.mp4").write_bytes(b"?")
    assert codes() == ["vault.size_differs", "vault.stray"]


@pytest.mark.enforces("originals")
def test_the_database_refuses_to_change_a_sealed_row(sealed):
    from django.db.utils import DatabaseError

    with pytest.raises(DatabaseError, match="stays as it is"):
        Recording.objects.update(sha256="0" * 64)


@pytest.mark.enforces("originals")
def test_the_database_refuses_to_delete_a_sealed_row(sealed):
    from django.db.utils import DatabaseError

    with pytest.raises(DatabaseError, match="stays as it is"):
        Recording.objects.all()._raw_delete("default")


def test_a_row_changed_behind_the_guards_is_named(sealed):
    drop_guards()
    Recording.objects.update(sha256="0" * 64)
    sealed.refresh_from_db()
    assert codes() == ["recording.row_changed"]
    assert integrity.verify(sealed, by="test", at=NOON).problem == "row_changed"


def test_a_row_removed_behind_the_guards_is_named(sealed):
    drop_guards()
    from liuhen.recordings.models import IntakeItem, Words

    IntakeItem.objects.update(recording=None)
    Words.objects.all()._raw_delete("default")
    Recording.objects.all()._raw_delete("default")
    assert codes() == ["recording.row_missing", "vault.stray"]


def test_a_row_that_was_never_sealed_is_named(sealed):
    sealed.pk, sealed.number, sealed.sha256 = None, "2026-000099", "0" * 64
    sealed.save()
    assert codes() == ["recording.never_sealed"]


def test_an_exported_folder_proves_itself(sealed, tmp_path):
    out = exporting.export(sealed, tmp_path / "out", by="test", at=NOON).folder
    entry = (out / "event.json").read_bytes()
    verify_proof((out / "event.tlog-proof").read_text(), entry, keys.verifier())
    said = json.loads(entry)["facts"]["sha256"]
    assert hashlib.sha256((out / "original.mp4").read_bytes()).hexdigest() == said


def test_a_changed_original_is_not_exported(sealed, tmp_path):
    change(sealed)
    with pytest.raises(ExportDiffers):
        exporting.export(sealed, tmp_path / "out", by="test", at=NOON)
    assert not (tmp_path / "out" / "original.mp4").exists()


def test_a_folder_with_something_in_it_is_not_written_to(sealed, tmp_path):
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(FolderNotEmpty):
        exporting.export(sealed, tmp_path, by="test", at=NOON)
