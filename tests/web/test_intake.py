"""Starting an intake from a page."""

import os

import pytest
from django_tasks_db.models import DBTaskResult

import factories
from liuhen.recordings.models import IntakeBatch, Upload
from liuhen.recordings.places import Place


@pytest.fixture
def card(bureau, settings, tmp_path):
    """An allowed folder with one file and one folder, both with awkward names."""
    root = tmp_path / "card"
    (root / "执法 一").mkdir(parents=True)
    (root / "a.mp4").write_bytes(b"x")
    settings.LIUHEN_INTAKE_ROOTS = [root]
    settings.LIUHEN_WATCH = tmp_path / "watch"
    return root


def token(path) -> str:
    return Place(bytes(path)).token


def test_the_page_offers_the_allowed_folders(as_, card):
    page = as_("zhou").get("/intake/").content.decode()
    assert token(card) in page
    assert str(card.parent / "watch") in page


def test_a_folder_shows_its_inside(as_, card):
    page = as_("zhou").get("/intake/folder/", {"place": token(card)}).content.decode()
    assert "执法 一" in page
    assert "本层 1 个文件" in page


@pytest.mark.parametrize("place", ["/etc", "/"])
def test_a_folder_elsewhere_is_not_shown(as_, card, place):
    answer = as_("zhou").get(
        "/intake/folder/", {"place": Place(place.encode()).token}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert "intake.place_not_allowed" in answer.content.decode()


def test_starting_queues_the_intake(as_, card):
    li = factories.officer("li")
    said = {"place": token(card), "device_no": "ZF-9", "officer": li.pk, "clear_source": "on"}
    answer = as_("zhou").post("/intake/start/", said)
    batch = IntakeBatch.objects.get()
    assert answer.headers["Location"] == f"/batches/{batch.uid}/"
    assert (batch.device_no, batch.officer, batch.clear_source) == ("ZF-9", li, True)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [batch.pk]


@pytest.mark.parametrize("place", ["", "not+base64!", "L2V0Yw"])  # the last is /etc
def test_a_place_that_will_not_do_starts_nothing(as_, card, place):
    answer = as_("zhou").post("/intake/start/", {"place": place})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not IntakeBatch.objects.exists()


def test_a_folder_whose_name_is_no_utf8_can_be_taken(as_, card):
    odd = bytes(card) + b"/\xd6\xb4\xb7\xa8"
    os.mkdir(odd)
    as_("zhou").post("/intake/start/", {"place": Place(odd).token})
    assert bytes(IntakeBatch.objects.get().roots) == odd


def test_an_officer_is_preset(as_, card):
    li = factories.officer("li")
    assert as_(li).get("/intake/").context["form"].initial["officer"] == li.pk


def test_a_finished_upload_becomes_a_batch(as_, data):
    zhou = factories.officer("zhou")
    Upload.objects.create(
        uid="u1", officer=zhou, group="g1", name=b"a.mp4", size_bytes=1, started_at=factories.NOON
    )
    data.uploads.mkdir(exist_ok=True)
    (data.uploads / "u1").write_bytes(b"x")
    answer = as_(zhou).post("/intake/upload/g1/finish", {"device_no": "ZF-9"})
    assert answer.json() == {"page": f"/batches/{IntakeBatch.objects.get().uid}/"}


def test_an_upload_nobody_began_is_refused(as_):
    headers = {"Accept": "application/json"}
    answer = as_("zhou").post("/intake/upload/none/finish", headers=headers)
    assert answer.status_code == 404
    assert answer.json()["code"] == "upload.unknown"
