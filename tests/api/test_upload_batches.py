"""From finished uploads to a batch, and what is left behind."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from api_cast import NOON

from liuhen.kernel.clock import now
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from liuhen.recordings import intake, uploads
from liuhen.recordings.errors import UploadIncomplete, UploadUnknown
from liuhen.recordings.models import BatchState, Recording, Upload
from liuhen.recordings.uploads import GroupClosed

GBK = "执法记录".encode("gbk") + b".MP4"


def finish(li, group="g1", **more):
    return uploads.finish(group, by=li, at=now(), **more)


def roots_of(batch) -> list[Path]:
    return [Path(os.fsdecode(root)) for root in bytes(batch.roots).split(b"\0")]


def names_in(batch) -> set[bytes]:
    found = [(root, path) for root in roots_of(batch) for path in root.rglob("*")]
    return {os.fsencode(path.relative_to(root)) for root, path in found if path.is_file()}


def test_a_finished_group_becomes_one_batch(tus, li, film):
    tus.sent(film)
    batch = finish(li, device_no="X1")
    assert (batch.state, batch.device_no, batch.clear_source) == (BatchState.QUEUED, "X1", True)
    assert (batch.source, names_in(batch)) == (["upload:g1"], {b"a.mp4"})


def test_names_arrive_byte_for_byte(tus, li):
    names = {GBK, b"a\nb.mp4", "‮gpm.mp4".encode(), "é.mp4".encode(), b" .mp4"}
    for name in names:
        tus.sent(b"x", name)
    assert names_in(finish(li)) == names


def test_a_folder_keeps_its_paths(tus, li):
    tus.sent(b"x", b"a.mp4", relativePath=b"DCIM/100/a.mp4")
    tus.sent(b"x", b"b.mp4", relativePath=b"null")
    assert names_in(finish(li)) == {b"DCIM/100/a.mp4", b"b.mp4"}


def test_two_files_of_one_name_are_both_kept(tus, li):
    for content in (b"one", b"two", b"three"):
        tus.sent(content)
    contents = {(root / "a.mp4").read_bytes() for root in roots_of(finish(li))}
    assert contents == {b"one", b"two", b"three"}


def test_a_file_named_as_a_folder_is_kept_too(tus, li):
    tus.sent(b"x", b"DCIM")
    tus.sent(b"y", b"a.mp4", relativePath=b"DCIM/a.mp4")
    tus.sent(b"z", b"DCIM", relativePath=b"DCIM")
    assert names_in(finish(li)) == {b"DCIM", b"DCIM/a.mp4"}


@pytest.mark.parametrize(
    "name", [b"../../../../etc/x.mp4", b"/etc/x.mp4", b"..", b"a//b.mp4", b"x\0.mp4"]
)
def test_no_name_leads_out_of_the_folder(tus, li, name):
    tus.sent(b"x", name)
    batch = finish(li)
    [inside] = names_in(batch)
    assert b".." not in inside.split(b"/")
    assert bytes(Upload.objects.get().name) == name.lstrip(b"/")


def test_a_name_too_long_for_the_disk_is_cut_and_kept(tus, li):
    long = ("执法" * 60 + ".mp4").encode()
    tus.sent(b"x", long)
    [inside] = names_in(finish(li))
    assert len(inside) <= 255
    assert inside.endswith(b".mp4")
    assert inside.decode().startswith("执法")
    assert bytes(Upload.objects.get().name) == long


def test_the_senders_file_time_is_kept(tus, li):
    tus.sent(b"x", lastModified=b"1767585600123")
    [root] = roots_of(finish(li))
    assert (root / "a.mp4").stat().st_mtime_ns == 1767585600123 * 10**6


def test_without_a_file_time_none_is_claimed(tus, li):
    tus.sent(b"x", lastModified=b"NaN")
    [root] = roots_of(finish(li))
    assert (root / "a.mp4").stat().st_mtime_ns == 0


def test_an_incomplete_group_is_not_taken_in(tus, li):
    tus.sent(b"x")
    tus.begun(5)
    with pytest.raises(UploadIncomplete):
        finish(li)
    assert not Upload.objects.filter(finished_at__isnull=False).exists()


def test_two_clicks_make_one_batch(tus, li):
    tus.sent(b"x")
    assert finish(li) == finish(li)


def test_a_finish_that_was_interrupted_is_done_again(tus, li, monkeypatch):
    tus.sent(b"x")
    tus.sent(b"y", b"b.mp4")
    with monkeypatch.context() as patched:
        patched.setattr(uploads, "ask", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            finish(li)
    tus.delete(f"/api/uploads/{Upload.objects.last().uid}")
    assert names_in(finish(li)) == {b"a.mp4"}


def test_nobody_finishes_anothers_group(tus, li, officer):
    tus.sent(b"x")
    with pytest.raises(UploadUnknown):
        finish(officer("zhao"))
    with pytest.raises(NotPermitted):
        finish(officer("auditor", Role.AUDITOR))


def test_a_group_taken_in_is_closed(tus, li):
    tus.sent(b"x")
    finish(li)
    answer = tus.create(3)
    assert (answer.status_code, answer.json()["code"]) == (409, GroupClosed.code)


def test_an_upload_taken_in_cannot_be_changed(tus, li):
    url = tus.sent(b"x")
    finish(li)
    assert {tus.head(url).status_code, tus.delete(url).status_code} == {404}


def test_an_upload_ends_in_the_vault_and_nowhere_else(tus, li, film, settings):
    settings.LIUHEN_PROCESSES = 1
    tus.sent(film, GBK)
    batch = intake.run(finish(li), clock=now)
    [item] = batch.items.all()
    assert (item.state, item.cleared) == ("sealed", True)
    assert bytes(Recording.objects.get().original_name) == GBK
    assert uploads.expire(at=now()) == [f"card-{li.pk}-g1"]
    assert list(uploads.folder().iterdir()) == []


def test_a_card_not_wholly_in_the_vault_stays(tus, li, film):
    tus.sent(film)
    batch = finish(li)
    batch.state = BatchState.DONE
    batch.save()
    batch.items.create(name=b"a.mp4", state="unreadable")
    assert uploads.expire(at=now() + timedelta(days=99)) == []
    assert names_in(batch) == {b"a.mp4"}


def test_a_week_without_a_byte_is_an_abandoned_upload(tus, li):
    tus.begun(5)
    Upload.objects.update(started_at=NOON)
    uid = Upload.objects.get().uid
    assert uploads.expire(at=now() + timedelta(days=6)) == []
    assert uploads.expire(at=now() + timedelta(days=8)) == [uid]
    assert (Upload.objects.count(), list(uploads.folder().iterdir())) == (0, [])


def test_bytes_nobody_knows_of_go_after_a_week(bureau):
    stray = uploads.folder() / ("a" * 32)
    stray.write_bytes(b"x")
    assert uploads.expire(at=now()) == []
    assert uploads.expire(at=now() + timedelta(days=8)) == [stray.name]
