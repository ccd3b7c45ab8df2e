"""证据包光盘: an evidence package on disc, in duplicate, from its page to the shelf."""

import pytest

import factories
from access.extraction_cast import film, take_out
from cases.case_cast import count, events, last_facts
from factories import NOON
from liuhen.access import packages
from liuhen.access.models import Viewing
from liuhen.engines.paper import disc_reading
from liuhen.retention import disc_handling, disc_images, disc_planning
from liuhen.retention.models import Disc, DiscFile, DiscSet
from retention.disc_cast import drive, fresh, job

pytestmark = pytest.mark.usefixtures("bureau")
FOLDER = "ZJ-2026-000001 证据包"
SENT = {"title": "未公示许可证案 证据包", "purpose": "附卷", "medium": "dvd", "copies": "2"}


@pytest.fixture(autouse=True)
def chengde(bureau, settings, tmp_path):
    factories.follow("chengde-safety")
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]


def made(browser) -> DiscSet:
    take_out(film(1), film(2))
    answer = browser.post("/extractions/ZJ-2026-000001/discs/", SENT)
    assert answer.status_code == 302
    return DiscSet.objects.get()


def pieces_of(disc_set: DiscSet) -> list[Disc]:
    found = [fresh(one.pk) for one in Disc.objects.filter(image__disc_set=disc_set)]
    for one in found:
        assert disc_images.make(one, at=NOON)
    return found


@pytest.mark.enforces("disc", article="chengde-safety:21")
@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
def test_the_whole_package_lies_on_the_disc_and_its_copy(as_):
    disc_set = made(as_("zhou"))
    assert (disc_set.extraction_no, disc_set.copies, disc_set.article) == ("ZJ-2026-000001", 2, 21)
    first, second = pieces_of(disc_set)
    with disc_reading.opened(disc_images.path_of(second)) as source:
        names = ("index.html", "bagit.txt", "data/文字说明.pdf", "manifest-sha256.txt")
        assert all(source.open(f"{FOLDER}/{name}").read() for name in names)
        for row in DiscFile.objects.all():
            assert len(source.open(row.path).read()) == row.size_bytes
        assert second.mark in source.open("光盘标识.txt").read().decode()
    assert first.mark != second.mark


def test_the_log_says_what_is_on_it(as_):
    made(as_("zhou"))
    told = last_facts("disc_set:GP-2026-000001")
    assert (told["extraction"], len(told["files"])) == ("ZJ-2026-000001", 2)
    assert events("recording:2026-000001").count("recording.on_disc") == 1
    assert "recording.exported" not in events("recording:2026-000001")


def test_it_is_written_read_back_and_stored_as_any_disc(as_, tmp_path):
    one = pieces_of(made(as_("zhou")))[0]
    zhou = factories.officer("zhou")
    disc_handling.note_written(one, by=zhou, at=NOON)
    job(one, "read_back", drive(one, tmp_path))
    disc_handling.store(one, place="案卷", by=zhou, at=NOON)
    assert one.state == "stored"


def test_the_pages_lead_to_each_other(as_):
    zhou = as_("zhou")
    disc_set = made(zhou)
    assert f"/discs/{disc_set.pk}/" in zhou.get("/extractions/ZJ-2026-000001/").content.decode()
    assert "/extractions/ZJ-2026-000001/" in zhou.get(f"/discs/{disc_set.pk}/").content.decode()


def test_the_custodian_takes_the_image_as_they_take_the_package(as_):
    zhou = as_("zhou")
    one = pieces_of(made(zhou))[0]
    answer = zhou.post(f"/discs/piece/{one.pk}/image/")
    assert len(b"".join(answer)) == one.size_bytes
    assert Viewing.objects.filter(what="copy", ground="evidence").count() == 2
    assert events("extraction:ZJ-2026-000001")[-1] == "evidence.package_taken"
    assert events("recording:2026-000001")[-1] == "recording.exported"


@pytest.mark.parametrize("login", ["li", "wang", "fa", "qian", "du"])
def test_others_put_nothing_on_discs(as_, login):
    take_out()
    before = count()
    answer = as_(login).post("/extractions/ZJ-2026-000001/discs/", SENT)
    assert (answer.status_code, count(), DiscSet.objects.exists()) == (403, before, False)


def test_one_too_large_for_the_medium_is_refused_with_one_that_holds_it(as_, monkeypatch):
    take_out()
    monkeypatch.setitem(disc_planning.CAPACITY_BYTES, "cd", 1 << 20)
    zhou = as_("zhou")
    answer = zhou.post("/extractions/ZJ-2026-000001/discs/", SENT | {"medium": "cd"})
    assert (answer.status_code, "请改用 DVD±R" in answer.content.decode()) == (422, True)
    assert not DiscSet.objects.exists()


def test_what_was_approved_must_hold_still(as_, monkeypatch):
    take_out()
    from liuhen.access import extraction_errors

    def over(*args, **more):
        raise extraction_errors.ApprovalOver(recording="2026-000001", requests="2026-DY-000001")

    monkeypatch.setattr(packages.extraction_rights, "still_held", over)
    answer = as_("zhou").post("/extractions/ZJ-2026-000001/discs/", SENT)
    assert (answer.status_code, DiscSet.objects.exists()) == (422, False)


def test_it_is_lent_as_evidence_by_its_article(as_, tmp_path):
    zhou = as_("zhou")
    one = pieces_of(made(zhou))[0]
    disc_handling.note_written(one, by=factories.officer("zhou"), at=NOON)
    job(one, "read_back", drive(one, tmp_path))
    disc_handling.store(one, place="案卷", by=factories.officer("zhou"), at=NOON)
    sent = {"to_whom": "县法院 张法官", "purpose": "质证"}
    answer = zhou.post(f"/discs/piece/{one.pk}/lend/", sent, follow=True)
    assert "已登记借出" in answer.content.decode()
    assert "县法院 张法官" in zhou.get("/discs/out/").content.decode()
    assert events("recording:2026-000001")[-1] == "recording.exported"
