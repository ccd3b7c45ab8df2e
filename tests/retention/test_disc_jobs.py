"""Burning, reading back, checking: the drive's work, and what it comes to."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured

import factories
from cases.case_cast import count, events, last_facts
from liuhen.engines.paper.disc_reading import opened
from liuhen.kernel.refusal import Refusal
from liuhen.retention import disc_burning, disc_images, disc_jobs, disc_reading
from liuhen.retention.disc_reading import Wanted
from liuhen.retention.models import Disc, DiscCheck, DiscJob, DiscText, JobKind
from retention.disc_cast import LATER, NOON, disc, drive, job, keeper, stored, written

pytestmark = pytest.mark.usefixtures("bureau")
SUBJECT = "disc:GP-2026-000001-1/1"
BACK, CHECK, BURN = JobKind.READ_BACK, JobKind.CHECK, JobKind.BURN


@pytest.fixture(autouse=True)
def roots(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]


def damaged(place: Path, word: bytes = b"film of 2026-000002") -> Path:
    """As a scratch leaves it: one file reads otherwise."""
    content = place.read_bytes()
    assert content.count(word) == 1
    place.write_bytes(content.replace(word, word.upper()))
    return place


def refused(one, kind: JobKind, place: object, by: str = "zhou") -> str:
    before = count()
    with pytest.raises(Refusal) as no:
        disc_jobs.ask(one, kind, str(place), by=factories.officer(by), at=NOON)
    assert (count(), DiscJob.objects.filter(finished_at=None).exists()) == (before, False)
    return no.value.code


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_disc_that_reads_as_it_was_made_is_read_back(tmp_path):
    one, place = written(tmp_path)
    done = job(one, BACK, place)
    assert (one.state, one.read_at, done.problem) == ("read_back", LATER, "")
    assert events(SUBJECT) == ["disc.written", "disc.read_back"]
    told = last_facts(SUBJECT)
    assert (told["files"], told["read"], told["errors"], told["where"]) == (7, 7, 0, "image")


def test_a_mounted_disc_does_as_well(tmp_path):
    one, place = written(tmp_path)
    if shutil.which("7zz") is None:
        pytest.skip("7zz is not installed")
    import subprocess

    subprocess.run(["7zz", "x", place, f"-o{tmp_path / 'mnt'}"], check=True, capture_output=True)
    job(one, BACK, tmp_path / "mnt")
    assert (one.state, DiscCheck.objects.get().where) == ("read_back", "folder")


def test_a_spoilt_disc_counts_for_nothing(tmp_path):
    one, place = written(tmp_path)
    job(one, BACK, damaged(place))
    check = DiscCheck.objects.get()
    assert (one.state, one.read_at, check.errors) == ("made", None, 1)
    assert check.faults[0][0].endswith("2026-000002.mp4")
    assert check.faults[0][1] == "differs"
    assert last_facts(SUBJECT)["errors"] == 1


def test_what_is_missing_on_it_is_told(tmp_path):
    one, _place = written(tmp_path)
    (tmp_path / "empty").mkdir()
    job(one, BACK, tmp_path / "empty")
    check = DiscCheck.objects.get()
    assert (check.errors, {what for _path, what in check.faults}) == (7, {"missing"})


def test_no_disc_in_the_drive_changes_nothing(tmp_path):
    one, place = written(tmp_path)
    place.write_bytes(b"nothing here")
    done = job(one, BACK, place)
    assert (one.state, DiscCheck.objects.count()) == ("written", 0)
    assert "没有能识别的光盘" in done.problem


def test_the_image_of_this_installation_is_no_disc(tmp_path, data, settings):
    one, _place = written(tmp_path)
    settings.LIUHEN_INTAKE_ROOTS = [data.root]
    own = disc_images.path_of(one)
    assert refused(one, BACK, own) == "disc.place_not_allowed"
    (tmp_path / "link.iso").symlink_to(own)
    settings.LIUHEN_INTAKE_ROOTS = [data.root, tmp_path]
    assert refused(one, BACK, tmp_path / "link.iso") == "disc.place_not_allowed"


@pytest.mark.parametrize("place", ["/etc/passwd", "relative", "/nowhere\0", ""])
def test_other_places_are_not_read(tmp_path, place):
    one, _place = written(tmp_path)
    assert refused(one, BACK, place) == "disc.place_not_allowed"


@pytest.mark.parametrize(
    ("kind", "code"),
    [(BACK, "disc.wrong_step"), (CHECK, "disc.wrong_step"), (BURN, "disc.no_drive")],
)
def test_a_disc_not_written_is_not_read_nor_burnt_without_a_drive(tmp_path, kind, code):
    one = disc()
    assert refused(one, kind, drive(one, tmp_path)) == code


@pytest.mark.parametrize(
    ("login", "code"),
    [("li", "people.not_permitted"), ("qian", "people.not_permitted"), ("far", "disc.no_such")],
)
def test_the_custodian_alone_has_it_read(tmp_path, login, code):
    one, place = written(tmp_path)
    factories.stranger("far", "custodian")
    assert refused(one, BACK, place, login) == code


def test_asked_for_twice_it_is_done_once(tmp_path):
    one, place = written(tmp_path)
    disc_jobs.ask(one, BACK, str(place), by=keeper(), at=NOON)
    with pytest.raises(Refusal) as no:
        disc_jobs.ask(one, BACK, str(place), by=keeper(), at=NOON)
    assert no.value.code == "disc.job_under_way"


def test_done_again_after_its_end_it_does_nothing(tmp_path):
    one, place = written(tmp_path)
    done = job(one, BACK, place)
    before = count()
    disc_jobs.run(done, clock=lambda: LATER)
    assert count() == before


def test_no_event_no_reading(tmp_path, monkeypatch):
    one, place = written(tmp_path)
    asked = disc_jobs.ask(one, BACK, str(place), by=keeper(), at=NOON)
    monkeypatch.setattr(disc_jobs, "record", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        disc_jobs.run(asked, clock=lambda: LATER)
    one.refresh_from_db()
    assert (one.state, DiscCheck.objects.exists()) == ("written", False)


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_check_reads_a_sample_that_can_be_drawn_again(tmp_path, settings):
    settings.LIUHEN_DISC_PERCENT = 30
    one, place = stored(tmp_path)
    job(one, CHECK, place, is_whole=False)
    check = one.checks.get(reading="check")
    assert (check.read_files, check.total_files, one.state) == (6, 7, "stored")
    whole = disc_reading.originals_on(one.image)
    assert disc_reading.sample(whole, 30, check.seed) == disc_reading.sample(whole, 30, check.seed)
    assert one.read_at == LATER


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "manifest-sm3.txt", "目录.csv"])
def test_a_sample_never_leaves_out_what_proves_the_rest(tmp_path, settings, name):
    settings.LIUHEN_DISC_PERCENT = 1
    one, place = stored(tmp_path)
    content = bytes(DiscText.objects.get(path=name).content)
    place.write_bytes(place.read_bytes().replace(content, bytes(len(content))))
    job(one, CHECK, place, is_whole=False)
    assert one.state == "faulty"
    assert one.checks.get(reading="check").faults == [[name, "differs"]]


def test_a_link_among_the_files_is_a_defect_and_not_followed(tmp_path):
    one, _place = written(tmp_path)
    target = laid_out(one, tmp_path / "mnt") / one.image.files.first().path
    target.rename(tmp_path / "elsewhere.mp4")
    target.symlink_to(tmp_path / "elsewhere.mp4")
    job(one, BACK, tmp_path / "mnt")
    assert (one.state, [what for _path, what in DiscCheck.objects.get().faults]) == (
        "made", ["link"],
    )  # fmt: skip


def test_nor_is_a_linked_folder(tmp_path):
    one, _place = written(tmp_path)
    laid_out(one, tmp_path / "real")
    (tmp_path / "mnt").mkdir()
    for each in (tmp_path / "real").iterdir():
        (tmp_path / "mnt" / each.name).symlink_to(each)
    job(one, BACK, tmp_path / "mnt")
    check = DiscCheck.objects.get()
    assert (check.errors, {what for _path, what in check.faults}) == (7, {"link"})


def laid_out(one: Disc, folder: Path) -> Path:
    """What its image holds, as files of a folder."""
    wanted = [*disc_reading.originals_on(one.image), *disc_reading.beside(one)]
    with opened(disc_images.path_of(one)) as source:
        for each in wanted:
            target = folder / each.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.open(each.path).read())
    return folder


def test_what_nobody_foresaw_ends_the_job_with_its_reason(tmp_path, monkeypatch):
    one, place = written(tmp_path)
    asked = disc_jobs.ask(one, BACK, str(place), by=keeper(), at=NOON)
    monkeypatch.setattr(disc_reading, "digest_of", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        disc_jobs.run(asked, clock=lambda: LATER)
    asked.refresh_from_db()
    assert (asked.finished_at, "ZeroDivisionError" in asked.problem) == (LATER, True)
    assert not one.checks.exists()
    disc_jobs.ask(one, BACK, str(place), by=keeper(), at=NOON)


def test_a_sample_is_at_least_one_and_at_most_all():
    some = [Wanted(str(n), "") for n in range(7)]
    sizes = [len(disc_reading.sample(some, percent, "s")) for percent in (1, 10, 15, 100)]
    assert sizes == [1, 1, 2, 7]


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_disc_that_no_longer_reads_is_to_be_replaced(tmp_path):
    one, place = stored(tmp_path)
    job(one, CHECK, damaged(place), is_whole=True)
    assert (one.state, one.checks.get(reading="check").errors) == ("faulty", 1)
    assert events(SUBJECT)[-1] == "disc.checked"


needs_xorriso = pytest.mark.skipif(not shutil.which("xorriso"), reason="xorriso is not installed")


@pytest.fixture
def burner(tmp_path, settings) -> str:
    """A file in a drive's place, as xorriso knows it."""
    (tmp_path / "drive").write_bytes(b"")
    settings.LIUHEN_DISC_DRIVES = [f"stdio:{tmp_path / 'drive'}", "/dev/none"]
    return configured.LIUHEN_DISC_DRIVES[0]


@needs_xorriso
def test_the_systems_writer_burns_it_and_it_reads_back(tmp_path, burner):
    one = disc()
    job(one, BURN, burner)
    assert (one.state, last_facts(SUBJECT)["how"]) == ("written", "drive")
    job(one, BACK, tmp_path / "drive")
    assert one.state == "read_back"


@needs_xorriso
def test_a_burn_that_fails_leaves_the_disc_to_be_written(burner, monkeypatch):
    one = disc()
    broken = ["xorriso", "-as", "cdrecord", "dev=/dev/none", "x"]
    monkeypatch.setattr(disc_burning, "command", lambda *args: broken)
    done = job(one, BURN, burner)
    assert (one.state, "刻录没有成功" in done.problem) == ("made", True)


def test_growisofs_does_where_it_alone_is_there(monkeypatch, tmp_path):
    found = {"growisofs": "/usr/bin/growisofs"}
    monkeypatch.setattr(shutil, "which", found.get)
    assert disc_burning.program() == "growisofs"
    told = disc_burning.command("growisofs", Path("/a.iso"), "/dev/sr0")
    assert told == ["growisofs", "-dvd-compat", "-Z", "/dev/sr0=/a.iso"]
