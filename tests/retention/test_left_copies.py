"""Copies that left before their recording went: listed, called back, entered as destroyed."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.recordings import exporting, recovery, scrubbing, second_copy, vaults
from liuhen.recordings.models import Recording
from liuhen.retention import discs, left_copies, tree_export
from liuhen.retention.models import Disc, DiscFile, DiscImage, DiscSet
from liuhen.web import disposal_papers
from recordings.copy_cast import copy, spoil
from retention.disposal_cast import (
    LATER,
    READY,
    broken_log,
    drawn,
    executed,
    expired,
    lived_through,
    refused,
    run,
    under,
    who,
    witnessed,
)
from retention.keeping_cast import place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def out(one: Recording, folder) -> Recording:
    exporting.export(one, folder, by=who("zhou"), at=LATER)
    return one


def on_a_drive(folder) -> None:
    rows = tree_export.recordings_of(factories.agency())
    tree_export.write(rows, folder, reason="年度备份", by=who("zhou"), at=LATER)


def confirm(made, *keys, how="粉碎，赵股长在场", by="zhou"):
    left_copies.confirm(made, keys, how=how, by=who(by), at=READY)


def test_what_never_left_leaves_nothing_to_call_back():
    assert left_copies.of(executed(expired())) == []


def test_each_copy_says_what_it_is_where_and_who_took_it(tmp_path):
    one, other = expired(), expired("2026-000002")
    on_a_drive(tmp_path / "盘")
    out(one, tmp_path / "out")
    drive, file = left_copies.of(executed(one, other))
    assert drive.recordings == (one.number, other.number)
    assert (drive.whom, drive.at, drive.where) == ("周保管", LATER, str(tmp_path / "盘"))
    assert ("年度备份" in drive.what, file.recordings) == (True, (one.number,))


def test_the_register_names_them_before_anything_goes(tmp_path):
    made = drawn(out(expired(), tmp_path / "out"))
    assert len(left_copies.of(made)) == 1
    assert "另有副本 1 份" in disposal_papers.register_of(made).rows[0][-1]


def test_not_those_of_a_line_that_was_spared(tmp_path):
    one, other = out(expired(), tmp_path / "out"), expired("2026-000002")
    made = witnessed(one, other)
    place(one, at=READY)
    run(made)
    assert left_copies.of(made) == []


def test_its_destruction_by_hand_is_entered_with_whom_when_and_how(tmp_path):
    made = executed(out(expired(), tmp_path / "out"))
    [copy] = left_copies.of(made)
    assert "尚未确认销毁" in str(disposal_papers.certificate_of(made))
    confirm(made, copy.key)
    [copy] = left_copies.of(made)
    assert (copy.done.by, copy.done.at, copy.done.how) == ("周保管", READY, "粉碎，赵股长在场")
    assert "尚未确认销毁" not in str(disposal_papers.certificate_of(made))
    told = facts_of(CustodyEvent.objects.get(kind="disposal.copy_gone"))
    assert (told["copies"], told["recordings"]) == ([copy.key], ["2026-000001"])


def test_nor_is_it_entered_twice_or_of_another_register(tmp_path):
    made = executed(out(expired(), tmp_path / "out"))
    [copy] = left_copies.of(made)
    assert refused(confirm, made, "export:1").code == "disposal.no_such_copy"
    confirm(made, copy.key)
    assert refused(confirm, made, copy.key).code == "disposal.no_such_copy"


def test_not_before_the_register_was_executed(tmp_path):
    made = drawn(out(expired(), tmp_path / "out"))
    [copy] = left_copies.of(made)
    assert refused(confirm, made, copy.key).code == "disposal.wrong_step"


def test_by_the_custodian_and_in_words(tmp_path):
    made = executed(out(expired(), tmp_path / "out"))
    [copy] = left_copies.of(made)
    assert refused(confirm, made, copy.key, by="li").code == "people.not_permitted"
    assert refused(confirm, made, copy.key, how=" ").code == "disposal.words_blank"
    assert refused(confirm, made).code == "disposal.nothing_chosen"


def test_no_event_no_end(tmp_path):
    made = executed(out(expired(), tmp_path / "out"))
    [copy] = left_copies.of(made)
    with broken_log(), pytest.raises(RuntimeError):
        confirm(made, copy.key)
    assert left_copies.of(made)[0].done is None


@pytest.fixture
def second(settings, tmp_path):
    """A disk for the second copy."""
    folder = tmp_path / "second"
    folder.mkdir()
    settings.LIUHEN_SECOND_COPY = str(folder)
    settings.LIUHEN_PROCESSES = 1
    return folder


def mended(one: Recording, store) -> Recording:
    """It was damaged in this store, and a scrub put a whole copy in its place."""
    second_copy.begin(by="command", at=LATER, same_disk=True)
    copy(LATER)
    spoil(store, one.vault_key)
    assert scrubbing.scrub(sample=None, by="test", at=LATER).mended == 1
    return one


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_damaged_original_in_quarantine_is_destroyed_by_hand_too(data, second, which):
    store = {"first": data.vault, "second": second / "vault"}[which]
    made = executed(mended(expired(), store))
    [aside] = left_copies.of(made)
    [file] = Path(aside.where).glob("*.mp4")
    assert file.read_bytes().startswith(b"rotten")
    assert aside.where in str(disposal_papers.certificate_of(made))
    confirm(made, aside.key)
    assert "尚未确认销毁" not in str(disposal_papers.certificate_of(made))


def test_one_laid_aside_on_an_earlier_disk_is_named_there(data, second, settings, tmp_path):
    one = mended(expired(), second / "vault")
    second_copy.retire("换盘", by="command", at=LATER)
    settings.LIUHEN_SECOND_COPY = str(tmp_path / "third")
    (tmp_path / "third").mkdir()
    second_copy.begin(by="command", at=LATER, same_disk=True)
    [aside] = left_copies.of(drawn(one))
    assert Path(aside.where).is_relative_to(second)
    assert len(list(Path(aside.where).glob("*.mp4"))) == 1


def test_the_register_names_it_before_anything_goes(data, second):
    made = drawn(mended(expired(), data.vault))
    assert "另有副本 1 份" in disposal_papers.register_of(made).rows[0][-1]


def test_a_whole_copy_that_a_broken_intake_left_is_named_too(data):
    one = expired()
    content = vaults.path(one.vault_key).read_bytes()
    for name, written in (("gone-1.part", content), ("gone-2.part", content[:3])):
        (vaults.current().incoming / name).write_bytes(written)
    assert recovery.recover(at=LATER).quarantined == 2
    [aside] = left_copies.of(drawn(one))
    assert (Path(aside.where) / "gone-1.part").read_bytes() == content


def test_not_where_the_original_was_missing_and_nothing_was_laid_aside(data, second):
    one = expired()
    second_copy.begin(by="command", at=LATER, same_disk=True)
    copy(LATER)
    vaults.path(one.vault_key).unlink()
    assert scrubbing.scrub(sample=None, by="test", at=LATER).mended == 1
    assert left_copies.of(drawn(one)) == []


def test_many_copies_cost_no_more_queries_than_few(tmp_path):
    one, other = expired(), expired("2026-000002")
    few, many = drawn(on_a_disc(out(one, tmp_path / "out"))), drawn(other)
    on_a_disc(other, image_taken=3, pieces=4)
    with CaptureQueriesContext(connection) as for_few:
        assert len(left_copies.of(few)) == 3
    with CaptureQueriesContext(connection) as for_many:
        assert len(left_copies.of(many)) == 7
    assert len(for_few) == len(for_many) == 12


@transaction.atomic
def on_a_disc(one: Recording, *, image_taken: int = 1, pieces: int = 1) -> Recording:
    """Of a set of its own: its image was downloaded so often, so many pieces were written."""
    made = DiscSet.objects.create(
        agency=one.agency, number=f"GP-{one.number}", title="t", purpose="p", medium="dvd",
        capacity_bytes=9, copies=4, made_at=LATER, made_by=who("zhou"),
        activity=factories.activity(f"HD-{one.number}"),
    )  # fmt: skip
    image = DiscImage.objects.create(disc_set=made, no=1)
    DiscFile.objects.create(
        image=image, recording=one, path=f"{one.number}.mp4", size_bytes=1, sha256="0" * 64,
        sm3="0" * 64, vault_key=one.vault_key, at=LATER, title="t",
    )  # fmt: skip
    for n in range(1, pieces + 1):
        Disc.objects.create(
            image=image, copy=n, identity=f"{one.number}-{n}", state="written",
            written_at=LATER, written_by=who("zhou"),
        )  # fmt: skip
    for _ in range(image_taken):
        log.record(
            Kind.DISC_IMAGE_TAKEN, subject=discs.subject_of(made), by=who("zhou"), at=LATER, disc=1
        )
    return one
