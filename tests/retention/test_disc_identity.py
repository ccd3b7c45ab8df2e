"""Each piece is told apart: reading one copy never passes for reading the other."""

import shutil
import subprocess

import pytest

import factories
from cases.case_cast import count, last_facts
from liuhen.engines.paper import disc_reading
from liuhen.retention import disc_catalogue, disc_handling, disc_identity, disc_images
from liuhen.retention import disc_reading as reading
from liuhen.retention.models import DiscCheck, DiscText, JobKind
from retention.disc_cast import (
    LATER,
    NOON,
    disc,
    drive,
    fresh,
    imaged,
    job,
    keeper,
    make,
    stored,
    written,
)

pytestmark = pytest.mark.usefixtures("bureau")


@pytest.fixture(autouse=True)
def roots(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]


def contents_of(one) -> dict[str, bytes]:
    """Every file of the image, by path."""
    wanted = [*reading.originals_on(one.image), *reading.beside(one)]
    with disc_reading.opened(disc_images.path_of(one)) as source:
        return {each.path: source.open(each.path).read() for each in wanted}


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_the_first_copy_read_twice_does_not_pass_for_the_second(tmp_path):
    one, place = written(tmp_path)
    two = disc(one.image, copy=2)
    disc_handling.note_written(two, by=keeper(), at=NOON)
    before = count()
    done = job(two, JobKind.READ_BACK, place)
    assert (two.state, two.read_at, count()) == ("written", None, before)
    assert "放入的是 GP-2026-000001-1/1（正本），不是光盘 GP-2026-000001-1/2" in done.problem
    job(two, JobKind.READ_BACK, drive(two, tmp_path, "two.iso"))
    assert two.state == "read_back"


def test_another_disc_in_the_drive_does_not_condemn_the_stored_one(tmp_path):
    one, _place = stored(tmp_path)
    other = imaged(make(one.image.disc_set.case))
    done = job(one, JobKind.CHECK, drive(other, tmp_path, "other.iso"))
    assert (one.state, "GP-2026-000002-1/1" in done.problem) == ("stored", True)
    assert not DiscCheck.objects.filter(reading="check").exists()


def test_a_disc_of_another_house_is_said_to_be_one(tmp_path):
    one, place = written(tmp_path)
    theirs = place.read_bytes().replace(one.mark.encode(), b"0123456789abcdef")
    ours = "光盘编号：GP-2026-000001".encode()
    place.write_bytes(theirs.replace(ours, "光盘编号：GP-2026-000009".encode()))
    assert "标识码 0123456789abcdef" in job(one, JobKind.READ_BACK, place).problem


def test_a_damaged_mark_is_a_defect_of_this_disc(tmp_path):
    one, place = written(tmp_path)
    place.write_bytes(place.read_bytes().replace(one.mark.encode(), b"0123456789abcdef"))
    job(one, JobKind.READ_BACK, place)
    assert (one.state, DiscCheck.objects.get().faults) == (
        "made", [["光盘标识.txt", "differs"]],
    )  # fmt: skip


def test_what_the_disc_says_of_itself_is_for_people_to_read():
    two = disc(imaged().image, copy=2)
    with disc_reading.opened(disc_images.path_of(two)) as source:
        said = source.open(disc_identity.PATH).read().decode()
    for words in ("GP-2026-000001-1/2", "第 1 张，共 1 张", "正副本：副本", two.mark):
        assert words in said


def test_the_copies_differ_in_their_identity_alone():
    one = imaged()
    two = disc(one.image, copy=2)
    assert (one.mark != two.mark, one.sha256 != two.sha256) == (True, True)
    first, second = contents_of(one), contents_of(two)
    assert first.pop(disc_identity.PATH) != second.pop(disc_identity.PATH)
    assert (first, len(first)) == (second, 6)


@pytest.mark.skipif(not shutil.which("isoinfo"), reason="isoinfo is not installed")
def test_the_volumes_name_tells_which_copy_it_is():
    two = disc(imaged().image, copy=2)
    told = subprocess.run(
        ["isoinfo", "-d", "-i", disc_images.path_of(two)], capture_output=True, check=True
    )
    assert "Volume id: GP26000001_1_2" in told.stdout.decode()


def test_a_set_of_many_discs_still_has_room_in_its_volumes_name():
    one = imaged()
    one.image.no = 120
    assert len(disc_identity.volume(one)) <= 16


def test_the_log_knows_the_mark(tmp_path):
    one, place = written(tmp_path)
    job(one, JobKind.READ_BACK, place)
    assert last_facts("disc:GP-2026-000001-1/1")["mark"] == one.mark


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_made_again_after_the_bureau_was_renamed_it_is_the_same(tmp_path, monkeypatch):
    one, _place = stored(tmp_path)
    two = disc(one.image, copy=2)
    before = contents_of(two)
    factories.agency().__class__.objects.update(name="改名后的局")
    monkeypatch.setattr(disc_catalogue, "HTML", "another layout")
    monkeypatch.setattr(disc_identity, "TEXT", "other words {mark}")
    disc_images.remove(two)
    disc_images.ask_again(two, by=keeper())
    assert disc_images.make(fresh(two.pk), at=LATER)
    assert contents_of(two) == before
    job(one, JobKind.CHECK, drive_of_first(one, tmp_path), is_whole=True)
    assert one.state == "stored"


def drive_of_first(one, tmp_path):
    """Made again for a look: the first copy's image, as it was written."""
    disc_images.make(one, at=LATER)
    return drive(one, tmp_path, "again.iso")


def test_the_tables_are_kept_as_they_were_made():
    make()
    names = set(DiscText.objects.values_list("path", flat=True))
    assert names == {"目录.html", "目录.csv", "manifest-sha256.txt", "manifest-sm3.txt"}
