"""A recording that goes leaves no disc unnamed, no image, and comes on none again."""

import pytest
from django.db import transaction

from factories import NOON
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.recordings import disposing
from liuhen.recordings.models import Recording
from liuhen.retention import disc_copies, disc_images, removing, tree_export
from retention.disc_cast import case, disc, film, imaged, make, stored

pytestmark = pytest.mark.usefixtures("bureau")


@transaction.atomic
def goes(number: str = "2026-000001") -> None:
    found = Recording.objects.get(number=number)
    log.record(Kind.RECORDING_LEAVING, subject=f"recording:{number}", by=log.SYSTEM, at=NOON)
    disposing.mark(found, at=NOON)


def test_the_discs_one_holds_in_the_hand_are_named_with_their_place(tmp_path):
    stored(tmp_path)
    [disc] = disc_copies.holding(Recording.objects.filter(number="2026-000001"))
    assert disc_copies.place_of(disc) == "档案室2号柜"
    assert "第1份" in disc_copies.name_of(disc)


def test_an_image_on_this_machine_goes(django_capture_on_commit_callbacks):
    image = imaged()
    with django_capture_on_commit_callbacks(execute=True):
        assert removing.forget_images(Recording.objects.get(number="2026-000001")) == 2
    assert not disc_images.path_of(image).exists()
    assert removing.forget_images(Recording.objects.get(number="2026-000001")) == 0


def test_no_image_is_made_of_what_was_destroyed():
    image = disc(make().images.get(no=1))
    goes()
    assert not disc_images.make(image, at=NOON)
    image.refresh_from_db()
    assert "2026-000001" in image.problem


def test_a_new_set_and_the_folder_tree_leave_it_out():
    made_case = case(films=2)
    goes()
    [image] = make(made_case).images.all()
    on_it = image.files.exclude(recording=None).values_list("recording__number", flat=True)
    assert list(on_it) == ["2026-000002"]
    tree = tree_export.recordings_of(film(3).agency)
    assert sorted(tree.values_list("number", flat=True)) == ["2026-000002", "2026-000003"]
