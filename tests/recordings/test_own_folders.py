"""The data directory is no card."""

import os

import pytest

from liuhen.recordings import batches, errors, intake
from liuhen.recordings.models import Recording
from recordings.conftest import NOON, put

pytestmark = pytest.mark.django_db


def ask(path, **options):
    return batches.ask([os.fsencode(path)], by="test", at=NOON, **options)


@pytest.mark.parametrize("place", ["", "vault", "vault/.incoming", "keys", "quarantine"])
def test_what_the_installation_keeps_is_not_taken_in(data, place):
    (data.root / place).mkdir(exist_ok=True)
    with pytest.raises(errors.OwnFolder):
        ask(data.root / place, clear_source=True)


def test_a_link_to_the_vault_is_seen_through(data, tmp_path):
    (tmp_path / "card").symlink_to(data.vault)
    with pytest.raises(errors.OwnFolder):
        ask(tmp_path / "card" / "." / "..", clear_source=True)


def test_from_a_folder_above_everything_but_the_data_directory_is_taken(take_in, card, data, clock):
    put(card, "a.mp4")
    take_in()
    again = intake.run(ask(data.root.parent, clear_source=True), clock=clock)
    said = {(bytes(item.name), item.reason or item.state) for item in again.items.all()}
    assert said == {(b"card/a.mp4", "duplicate"), (b"data", "own_folder")}
    assert (data.vault / Recording.objects.get().vault_key).exists()


def test_letter_boxes_within_it_are(data):
    put(data.watch, "a.mp4")
    put(data.uploads, "card-1-x/1/a.mp4")
    assert ask(data.watch / "a.mp4")
    assert ask(data.uploads / "card-1-x" / "1")
