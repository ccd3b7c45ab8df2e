"""Taking a card in."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from liuhen.custody.audit import audit as audit_log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import check, event_of, facts_of
from liuhen.engines.vault.receiving import receive
from liuhen.people import agencies
from liuhen.people.models import Officer
from liuhen.recordings import batches, errors, intake, integrity, locks, sealing, vaults
from liuhen.recordings.intake import counts_of
from liuhen.recordings.models import IntakeItem, Recording
from liuhen.recordings.names import shown
from recordings.conftest import NOON, put

pytestmark = pytest.mark.django_db


def states(batch) -> dict[str, str]:
    return {
        shown(bytes(i.name)): i.reason or i.state for i in IntakeItem.objects.filter(batch=batch)
    }


@pytest.mark.enforces("archive", "collection", "storage")
def test_a_recording_is_sealed_under_its_day_and_can_be_proved(take_in, card):
    put(card, "BC0007_000123_20260105093015.MP4", b"video")
    take_in(device_no="BC0007")
    sealed = Recording.objects.get()
    assert sealed.vault_key.startswith("现场执法记录设备影像资料/2026/01/05/093015_BC0007_")
    assert stat.S_IMODE(vaults.path(sealed.vault_key).stat().st_mode) == 0o444
    assert check(event_of(f"recording:{sealed.number}", Kind.RECORDING_SEALED)).size == 3
    assert integrity.verdict_on(sealed).is_intact


def test_numbers_have_no_holes(take_in, card):
    for n in range(4):
        put(card, f"{n}.mp4", bytes([n]) * 100)
    take_in()
    assert list(Recording.objects.order_by("pk").values_list("number", flat=True)) == [
        f"2026-{n:06d}" for n in range(1, 5)
    ]


def test_the_same_file_again_is_recognised_and_says_where_it_is(take_in, card):
    put(card, "a.mp4")
    take_in()
    put(card, "renamed.mp4")
    again = take_in()
    assert {i.recording.number for i in again.items.all()} == {"2026-000001"}
    assert counts_of(again)["duplicate"] == 2
    assert Recording.objects.count() == 1


def test_two_files_of_one_name_with_different_content_are_both_kept(take_in, card):
    put(card, "A/0001.mp4", b"one")
    put(card, "B/0001.mp4", b"two")
    take_in()
    assert Recording.objects.count() == 2


def test_one_card_that_holds_a_file_twice_seals_it_once(take_in, card):
    put(card, "a.mp4")
    put(card, "b.mp4")
    assert counts_of(take_in()) | {"left_out": 0} == counts_of(take_in()) | {
        "sealed": 1, "duplicate": 1, "left_out": 0,
    }  # fmt: skip


def test_what_is_not_media_is_left_out_with_its_reason(take_in, card):
    put(card, "Thumbs.db", b"x")
    put(card, "notes.txt", b"x")
    put(card, "ok.mp4")
    assert states(take_in()) == {
        "Thumbs.db": "system_file", "notes.txt": "not_media", "ok.mp4": "sealed",
    }  # fmt: skip


@pytest.mark.enforces("archive", "collection")
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(take_in, card):
    put(card, "ok.mp4")
    os.symlink("/etc/passwd", card / "link.mp4")
    os.mkfifo(card / "pipe.mp4")
    assert states(take_in()) == {"ok.mp4": "sealed", "link.mp4": "symlink", "pipe.mp4": "fifo"}


@pytest.mark.parametrize(
    "raw",
    ["现场.mp4".encode("gbk"), b"a\nb.mp4", "x\u202e4pm.mp4".encode(), "e\u0301.mp4".encode()],
)
def test_a_name_is_kept_byte_for_byte(take_in, card, raw):
    put(card, raw)
    take_in()
    sealed = Recording.objects.get()
    assert bytes(sealed.original_name) == raw
    assert sealed.vault_key.isprintable()
    event = event_of(f"recording:{sealed.number}", Kind.RECORDING_SEALED)
    assert bytes.fromhex(facts_of(event)["original_name_hex"]) == raw


def test_without_device_or_officer_it_is_taken_in_unassigned(take_in, card):
    put(card, "a.mp4")
    take_in()
    sealed = Recording.objects.get()
    assert (sealed.device_no, sealed.officer, sealed.agency.name) == (None, None, "")


def test_an_unregistered_device_number_is_kept_as_given(take_in, card):
    put(card, "a.mp4")
    take_in(device_no="../../etc")
    sealed = Recording.objects.get()
    assert (sealed.device_no, sealed.device) == ("../../etc", None)
    assert ".." not in sealed.vault_key


def test_the_officer_and_the_unit_stand_on_the_recording(take_in, card, li: Officer):
    put(card, "a.mp4")
    take_in(officer=batches.officer_with_cert("13082100123", agencies.first()))
    sealed = Recording.objects.get()
    assert (sealed.officer, sealed.unit) == (li, li.unit)


def test_an_unknown_certificate_is_refused_before_anything_is_read(data):
    with pytest.raises(errors.NoSuchOfficer) as no:
        batches.officer_with_cert("404", agencies.first())
    assert no.value.code == "intake.no_such_officer"


def test_a_path_that_is_not_there_is_refused(data):
    with pytest.raises(errors.NothingThere):
        batches.ask([b"/no/such/card"], by="test", at=NOON)


def test_no_event_no_recording(take_in, card, monkeypatch):
    put(card, "a.mp4")
    record = "liuhen.recordings.sealing.log.record"
    monkeypatch.setattr(record, lambda *_, **__: (_ for _ in ()).throw(RuntimeError("log is down")))
    with pytest.raises(RuntimeError):
        take_in()
    assert not Recording.objects.exists()


def test_the_intake_itself_is_on_record(take_in, card):
    put(card, "a.mp4")
    os.symlink("/etc/passwd", card / "link.mp4")
    batch = take_in()
    finished = CustodyEvent.objects.get(kind=Kind.INTAKE_FINISHED)
    assert finished.subject == f"batch:{batch.uid}"
    assert facts_of(finished)["unreadable"] == [{"name": "link.mp4", "reason": "symlink"}]
    assert list(audit_log()) == []


def test_a_finished_batch_runs_no_second_time(take_in, card, clock):
    from liuhen.recordings import intake

    put(card, "a.mp4")
    batch = take_in()
    put(card, "b.mp4", b"new")
    intake.run(batch, clock=clock)
    assert Recording.objects.count() == 1


def test_a_page_may_name_only_allowed_places(data, settings, card):
    settings.LIUHEN_INTAKE_ROOTS = [card]
    os.symlink("/etc", card / "way-out")
    batches.check_place(str(card / "DCIM"), agencies.first())
    for place in ("/etc", str(card / ".." / ".."), str(card / "way-out")):
        with pytest.raises(errors.PlaceNotAllowed):
            batches.check_place(place, agencies.first())


@pytest.mark.parametrize("seconds", [-(10**9), 0, 2**32, 9_300_000_000, 15_000_000_000])
def test_a_clock_centuries_off_keeps_no_file_out(take_in, card, seconds):
    os.utime(put(card, "a.mp4"), (seconds, seconds))
    assert states(take_in()) == {"a.mp4": "sealed"}
    assert Recording.objects.get().recorded_at_origin == "intake"


def test_a_device_number_no_column_holds_is_refused_in_words(take_in, card):
    with pytest.raises(errors.DeviceNoTooLong):
        take_in(device_no="7" * 51)


def test_a_thousand_files_named_one_by_one_fit_the_log(card, data, clock):
    roots = [put(card, f"{n:03d}-{'录像' * 30}.mp4", b"%d" % (n % 3)) for n in range(600)]
    batch = intake.run(batches.ask(roots, by="test", at=clock()), clock=clock)
    assert facts_of(event_of(f"batch:{batch.uid}", Kind.INTAKE_STARTED))["sources"] == 600
    assert counts_of(batch)["duplicate"] == 597


def test_many_unreadable_names_in_chinese_fit_the_log(take_in, card):
    deep = card / ("查" * 80) / ("封" * 80)
    deep.mkdir(parents=True)
    for n in range(200):
        (deep / f"{n:03d}-{'录' * 80}.mp4").symlink_to("nowhere")
    batch = take_in()
    assert (batch.state, counts_of(batch)["unreadable"]) == ("done", 200)


def test_a_batch_another_process_holds_is_left_to_it(card, data, clock):
    put(card, "a.mp4")
    batch = batches.ask([os.fsencode(card)], by="test", at=NOON)
    with locks.held(batch.uid):
        intake.run(batch, clock=clock)
    batch.refresh_from_db()
    assert batch.state == "queued"


def test_the_same_file_sealed_meanwhile_leaves_no_second_original(take_in, card, clock):
    path = put(card, "a.mp4")
    batch = batches.ask([os.fsencode(card)], by="test", at=NOON, device_no="ZF-2")
    item = IntakeItem.objects.create(batch=batch, name=b"a.mp4", state="pending", suffix="mp4")
    received = receive(path, locks.temp_of(item))
    sealing.stage(item, received, at=NOON)
    take_in(device_no="ZF-1")
    sealing.complete(item, locks.temp_of(item), by="test", at=NOON)
    assert (item.state, item.recording) == ("duplicate", Recording.objects.get())
    assert list(integrity.audit_vault()) == []
    assert event_of("recording:2026-000001", Kind.RECORDING_OFFERED_AGAIN).index


def test_each_year_counts_from_one_whatever_the_clock_does(take_in, card, clock):
    new_year = datetime(2026, 12, 31, 15, 59, 50, tzinfo=UTC)  # ten seconds before it in China
    for n, step in enumerate([0, 3600, -86400, 2 * 86400]):
        clock.at = new_year + timedelta(seconds=step)
        put(card, f"{n}.mp4", bytes([n]) * 50)
        take_in()
    numbers = list(Recording.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == ["2026-000001", "2027-000001", "2026-000002", "2027-000002"]
    assert [*audit_log(), *integrity.audit()] == []


def test_a_certificate_number_is_known_however_it_is_spelt(li):
    for said in ("13082100123", "１３０８２１００１２３", " 1308 2100123\u200b"):
        assert batches.officer_with_cert(said, li.agency) == li
