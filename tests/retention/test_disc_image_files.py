"""Images: written by the worker, whole or not at all; taken away by the custodian alone."""

import hashlib
import shutil
import subprocess

import pytest

import factories
from access.extraction_cast import dispose_of
from cases.case_cast import count, events, last_facts
from liuhen.engines.paper import disc_reading
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import locks, vaults
from liuhen.recordings.models import Recording
from liuhen.retention import disc_images
from liuhen.retention import disc_reading as reading
from liuhen.retention.models import Disc
from retention.disc_cast import NOON, disc, imaged, job, keeper, make, written

pytestmark = pytest.mark.usefixtures("bureau")


def names_on(one: Disc) -> list[str]:
    wanted = [*reading.originals_on(one.image), *reading.beside(one)]
    return [one.path for one in wanted]


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_the_image_holds_every_original_and_its_lists():
    image = imaged(with_papers=True)
    assert names_on(image)[-5:] == [
        "光盘标识.txt", "manifest-sha256.txt", "manifest-sm3.txt", "目录.csv", "目录.html",
    ]  # fmt: skip
    with disc_reading.opened(disc_images.path_of(image)) as source:
        for one in image.image.files.all():
            content = source.open(one.path).read()
            assert hashlib.sha256(content).hexdigest() == one.sha256


def test_a_stranger_verifies_it_with_sha256sum(tmp_path):
    image = imaged(with_papers=True)
    if shutil.which("7zz") is None:
        pytest.skip("7zz is not installed")
    subprocess.run(["7zz", "x", disc_images.path_of(image), f"-o{tmp_path / 'd'}"],
                   check=True, capture_output=True)  # fmt: skip
    checked = ["sha256sum", "-c", "--strict", "manifest-sha256.txt"]
    assert subprocess.run(checked, cwd=tmp_path / "d", capture_output=True).returncode == 0


def test_the_table_of_contents_leads_to_what_is_on_this_disc():
    image = imaged()
    with disc_reading.opened(disc_images.path_of(image)) as source:
        page = source.open("目录.html").read().decode()
    assert "GP-2026-000001" in page
    assert page.count("<a href=") == 2
    assert "2026-000001.mp4" in page


def test_the_event_tells_the_images_digest():
    image = disc(imaged().image, copy=2)
    told = last_facts("disc_set:GP-2026-000001")
    content = disc_images.path_of(image).read_bytes()
    assert told["sha256"] == image.sha256 == hashlib.sha256(content).hexdigest()
    assert (told["disc"], told["copy"], told["size"]) == (1, 2, len(content))
    assert told["mark"] == image.mark


def test_done_twice_it_is_made_once():
    image = imaged()
    before = count()
    assert disc_images.make(image, at=NOON)
    assert count() == before


@pytest.mark.parametrize("harm", ["changed", "longer", "gone"])
def test_a_changed_original_stops_the_image(harm):
    made = make()
    path = vaults.path("test/2026-000002.mp4")
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().upper() + (b"x" if harm == "longer" else b""))
    before = count()
    image = imaged(made)
    image.refresh_from_db()
    assert "不一致" in image.problem
    assert (image.made_at, count()) == (None, before)
    assert list(disc_images.path_of(image).parent.iterdir()) == []


def test_too_little_room_is_said_and_nothing_written(monkeypatch):
    monkeypatch.setattr(disc_images, "SPARE_BYTES", 1 << 60)
    image = imaged()
    image.refresh_from_db()
    assert (image.made_at, "空间不足" in image.problem) == (None, True)


def test_no_event_no_image(monkeypatch):
    made = make()
    monkeypatch.setattr(disc_images.log, "record", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imaged(made)
    assert not Disc.objects.exclude(made_at=None).exists()


def test_what_failed_can_be_asked_for_again():
    made = make()
    path = vaults.path("test/2026-000002.mp4")
    content = path.read_bytes()
    path.unlink()
    image = imaged(made)
    path.write_bytes(content)
    disc_images.ask_again(image, by=keeper())
    assert disc_images.make(image, at=NOON)


def test_one_that_is_there_is_not_asked_for_again():
    with pytest.raises(Refusal) as no:
        disc_images.ask_again(imaged(), by=keeper())
    assert no.value.code == "disc.image_there"


def test_taking_it_away_is_in_the_log_first():
    name, stream = disc_images.take(imaged(), by=keeper(), at=NOON)
    with stream:
        assert stream.read(6) == bytes(6)
    assert name == "未公示卫生许可证案-GP-2026-000001-1-1.iso"
    assert events("disc_set:GP-2026-000001")[-1] == "disc.image_taken"


@pytest.mark.parametrize(
    ("login", "code"),
    [("li", "people.not_permitted"), ("qian", "people.not_permitted"), ("far", "disc.no_such")],
)
@pytest.mark.enforces("outward")
def test_nobody_else_takes_it_away(login, code):
    image = imaged()
    factories.stranger("far", "custodian")
    before = count()
    with pytest.raises(Refusal) as no:
        disc_images.take(image, by=factories.officer(login), at=NOON)
    assert (no.value.code, count()) == (code, before)


def test_it_goes_when_it_was_read_back(tmp_path, django_capture_on_commit_callbacks):
    one, place = written(tmp_path)
    two = disc(one.image, copy=2)
    with django_capture_on_commit_callbacks(execute=True):
        job(one, "read_back", place)
    one.refresh_from_db()
    assert (disc_images.is_there(one), disc_images.path_of(one).exists()) == (False, False)
    assert disc_images.is_there(two)


def test_no_image_keeps_what_is_disposed_of(django_capture_on_commit_callbacks):
    image = imaged()
    with django_capture_on_commit_callbacks(execute=True):
        gone = disc_images.forget(Recording.objects.filter(number="2026-000002"))
    assert (gone, disc_images.path_of(image).exists()) == (2, False)
    assert disc_images.forget(Recording.objects.all()) == 0


def test_while_another_process_writes_it_it_is_left_alone():
    image = disc(make().images.get())
    with locks.held(f"disc_image{image.pk}"):
        assert not disc_images.make(image, at=NOON)
    assert disc_images.make(image, at=NOON)


def of(one: Disc):
    return Recording.objects.filter(disc_files__image=one.image)


def test_what_is_disposed_of_goes_from_the_folder_whatever_its_row_says():
    image = imaged()
    whole, part = disc_images.path_of(image), disc_images.part_of(image)
    part.write_bytes(b"half written")
    Disc.objects.filter(pk=image.pk).update(made_at=None)
    assert disc_images.forget(of(image)) == 2
    assert not whole.exists()
    assert not part.exists()


def test_disposed_of_while_its_image_is_written_there_is_none(monkeypatch):
    image = disc(make().images.get(no=1))
    compute = disc_images.sha256_file

    def disposed_meanwhile(path):
        for one in of(image):
            dispose_of(one)
        return compute(path)

    monkeypatch.setattr(disc_images, "sha256_file", disposed_meanwhile)
    assert not disc_images.make(image, at=NOON)
    assert list(disc_images.path_of(image).parent.iterdir()) == []
