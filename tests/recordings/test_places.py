"""Mounted cards and the folder chooser."""

import os
from pathlib import Path

import pytest

from liuhen.people import agencies
from liuhen.recordings import errors, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    """The allowed folder cards are mounted below."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.LIUHEN_INTAKE_ROOTS = [folder]
    return folder


def mounted(tmp_path: Path, *lines: str) -> Path:
    table = tmp_path / "mounts"
    table.write_text("".join(f"{line} rw 0 0\n" for line in lines))
    return table


def found(mounts: Path, labels: Path) -> list[places.Card]:
    return places.cards(agencies.first(), mounts, labels)


def test_a_mounted_card_is_found_with_its_size(media, tmp_path):
    (media / "CARD").mkdir()
    [card] = places.cards(
        agencies.first(), mounted(tmp_path, f"/dev/sdb1 {media}/CARD vfat"), tmp_path
    )
    assert (card.place.path, card.filesystem) == (bytes(media / "CARD"), "vfat")
    assert card.total_bytes > card.used_bytes >= 0


def test_a_blank_in_a_mount_point_is_read(media, tmp_path):
    (media / "MY CARD").mkdir()
    [card] = places.cards(
        agencies.first(), mounted(tmp_path, rf"/dev/sdb1 {media}/MY\040CARD exfat"), tmp_path
    )
    assert card.place.name == "MY CARD"


def test_a_card_is_called_by_its_label(media, tmp_path):
    labels, device = tmp_path / "by-label", tmp_path / "sdb1"
    labels.mkdir()
    device.touch()
    (labels / r"ZF\x20001").symlink_to(device)
    [card] = found(mounted(tmp_path, f"{device} {media} vfat"), labels)
    assert card.label == "ZF 001"


@pytest.mark.parametrize(
    "line", ["/dev/sda1 {media} ext4", "/dev/sdb1 /elsewhere vfat", "/dev/sdb1 {media}/gone vfat"]
)
def test_what_is_no_card_here_is_not_offered(media, tmp_path, line):
    assert found(mounted(tmp_path, line.format(media=media)), tmp_path) == []


def test_a_folder_lists_folders_and_counts_files(media):
    (media / "DCIM").mkdir()
    (media / "a.mp4").touch()
    folder = places.browse(str(media), agencies.first())
    assert [one.name for one in folder.folders] == ["DCIM"]
    assert (folder.files, folder.parent) == (1, None)


def test_the_way_up_ends_at_the_allowed_folder(media):
    (media / "DCIM").mkdir()
    assert places.browse(f"{media}/DCIM", agencies.first()).parent == places.Place(bytes(media))


@pytest.mark.parametrize("way", ["/etc", "{media}/..", "{media}/out"])
def test_nothing_beside_the_allowed_folders_is_shown(media, way):
    (media / "out").symlink_to("/etc")
    with pytest.raises(errors.PlaceNotAllowed):
        places.browse(way.format(media=media), agencies.first())


def test_a_link_is_not_offered_as_a_folder(media):
    (media / "out").symlink_to("/etc")
    assert places.browse(str(media), agencies.first()).folders == []


def test_a_folder_that_is_gone_is_refused(media):
    with pytest.raises(errors.NothingThere):
        places.browse(f"{media}/gone", agencies.first())


@pytest.mark.parametrize(
    "path", [b"/media/\xd6\xb4\xb7\xa8", b"/media/a\nb", "/media/执法".encode()]
)
def test_any_name_survives_a_form(path):
    assert os.fsencode(places.place_named(places.Place(path).token)) == path


@pytest.mark.parametrize("token", ["not a token", "执", "A"])
def test_a_token_of_nobodys_making_is_refused(token):
    with pytest.raises(errors.NothingThere):
        places.place_named(token)
