"""What is left of a recording whose bytes are no longer kept, and who can say so."""

import os

import pytest
from django.db import DatabaseError, transaction

import factories
from liuhen.cases import belonging, dossier_files
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.recordings import (
    derived,
    disposing,
    holdings,
    integrity,
    marks,
    playing,
    queries,
    vaults,
)
from liuhen.recordings.errors import Disposed
from liuhen.recordings.models import Recording
from liuhen.recordings.playing import Playback
from liuhen.recordings.queries import Filters
from recordings.conftest import put

pytestmark = pytest.mark.django_db
NOON = factories.NOON


@transaction.atomic
def leaving(one: Recording, kind: Kind = Kind.RECORDING_LEAVING) -> None:
    log.record(
        kind, subject=f"recording:{one.number}", by="system", at=NOON,
        sha256=one.sha256, vault_key=one.vault_key,
    )  # fmt: skip


@pytest.fixture
def gone(data) -> Recording:
    """Disposed of, as far as this room does it."""
    made = factories.recording("2026-000001", b"gone")
    leaving(made)
    disposing.mark(made, at=NOON)
    (data.vault / made.vault_key).unlink()
    return made


def codes() -> list[str]:
    return [deviation.code for deviation in integrity.audit()]


def test_the_database_marks_nothing_before_the_log_says_so(data):
    made = factories.recording()
    with pytest.raises(DatabaseError, match="before the log says so"), transaction.atomic():
        disposing.mark(made, at=NOON)
    leaving(made)
    assert disposing.mark(made, at=NOON)
    assert not disposing.mark(made, at=NOON)


def test_it_is_not_missed_by_the_vaults_audit_and_scrub(gone):
    kept = factories.recording("2026-000002", b"kept")
    assert codes() == []
    assert [held.subject for held in holdings.recordings()] == [f"recording:{kept.number}"]


def test_a_file_that_should_have_gone_is_a_stray(gone, data):
    (data.vault / gone.vault_key).write_bytes(b"gone")
    assert codes() == ["vault.stray"]


def test_a_mark_the_log_does_not_bear_out_is_named(gone):
    leaving(gone, Kind.RECORDING_SPARED)
    assert codes() == ["recording.disposed_unsaid"]


def test_a_row_that_came_back_is_named(gone):
    disposing.unmark(gone)
    assert codes() == ["recording.row_changed", "vault.missing"]


def test_nothing_plays_it_and_nobody_marks_it(gone):
    assert playing.playback_of(gone) == Playback.DISPOSED
    with pytest.raises(Disposed):
        marks.check_may_mark(gone, factories.officer("zhou"))


def test_it_is_found_as_a_state_of_its_own(gone):
    kept = factories.recording("2026-000002")
    seen = queries.visible_to(factories.officer("zhou"))
    assert list(Filters(state="disposed").apply(seen)) == [gone]
    assert list(Filters(state="examined").apply(seen)) == [kept]
    assert set(Filters().apply(seen)) == {gone, kept}


def test_nobody_is_asked_any_more_to_what_it_belongs(gone):
    assert list(belonging.loose(factories.officer("zhou"))) == []


def test_all_that_was_made_of_it_goes(gone):
    folder = derived.folder(gone)
    (folder / "below").mkdir(parents=True)
    (folder / "poster.jpg").write_bytes(b"x")
    (folder / "below" / "part").write_bytes(b"x")
    assert disposing.remove_derived(gone) == 2
    assert not folder.exists()
    assert disposing.remove_derived(gone) == 0


def test_a_card_that_still_has_it_is_not_cleared_of_it(take_in, card):
    put(card, "a.mp4")
    take_in()
    made = Recording.objects.get()
    leaving(made)
    disposing.mark(made, at=NOON)
    vaults.path(made.vault_key).unlink()
    batch = take_in(clear_source=True)
    [item] = batch.items.all()
    assert (os.listdir(card), item.state, item.reason) == (
        ["a.mp4"], "duplicate", "recording_disposed",
    )  # fmt: skip


def test_a_dossier_is_exported_without_it(gone):
    kept = factories.recording("2026-000002", b"kept")
    activity = factories.activity()
    for one in (gone, kept):
        activity.activity_recordings.create(
            recording=one, was_proposed=False, linked_at=NOON, linked_by=factories.officer("li")
        )
    found = dossier_files.footage_of(Recording.objects.all())
    assert [file.title for file in found] == [kept.number]
