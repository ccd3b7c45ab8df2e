"""How a device builds its files, and when one is unlike them."""

import pytest

from liuhen.engines.media.traits import LEAST_FILES, confidence, differences

USUAL = {
    "kind": "video", "tracks": "video,audio", "codec": "h264", "width": 1920, "height": 1080,
    "rate": 30, "sound": "aac", "container": "mp4", "boxes": "ftyp mdat moov", "writer": "",
    "program": "", "profile": "High", "gop": 30, "reordered": False, "sample_rate": 16000,
}  # fmt: skip
SMALL = USUAL | {"width": 1280, "height": 720, "gop": 60}


def unlike(own, others):
    return {one.trait: (one.own, one.usual, one.files) for one in differences(own, others)}


def test_a_file_like_the_others_differs_in_nothing():
    assert unlike(USUAL, [USUAL] * 9) == {}


def test_another_distance_of_key_pictures_is_told():
    assert unlike(USUAL | {"gop": 250}, [USUAL] * 5) == {"gop": ("250", "30", 5)}


def test_pictures_out_of_order_where_the_device_has_none():
    found = unlike(USUAL | {"reordered": True, "program": "x264"}, [USUAL] * 3)
    assert found == {"reordered": ("True", "False", 3), "program": ("x264", "", 3)}


def test_two_others_say_nothing():
    assert unlike(USUAL | {"gop": 250}, [USUAL] * (LEAST_FILES - 1)) == {}


def test_others_that_do_not_agree_say_nothing():
    varied = [USUAL | {"gop": number} for number in (30, 60, 30, 45)]
    assert unlike(USUAL | {"gop": 250}, varied) == {}


def test_another_setting_is_compared_with_its_like_only():
    assert unlike(SMALL, [USUAL] * 9) == {}
    assert unlike(SMALL | {"gop": 250}, [*[USUAL] * 9, *[SMALL] * 3]) == {"gop": ("250", "60", 3)}


def test_what_no_setting_changes_is_compared_with_all():
    own = SMALL | {"boxes": "ftyp moov mdat"}
    assert unlike(own, [USUAL] * 9) == {"boxes": ("ftyp moov mdat", "ftyp mdat moov", 9)}


def test_a_trait_one_side_does_not_know_is_not_compared():
    own = {name: value for name, value in USUAL.items() if name != "gop"}
    assert unlike(own, [USUAL] * 9) == {}
    assert unlike(USUAL, [own] * 9) == {}


@pytest.mark.parametrize(("new", "is_told"), [(0, True), (3, True), (4, False)])
def test_after_a_change_of_firmware_the_new_is_soon_usual(new, is_told):
    updated = USUAL | {"boxes": "ftyp moov mdat"}
    others = [USUAL] * (30 - new) + [updated] * new
    assert bool(unlike(updated, others)) is is_told


def test_more_differences_make_it_surer():
    found = differences(USUAL | {"gop": 1, "profile": "Main", "writer": "x"}, [USUAL] * 3)
    assert [confidence(found[:n]) for n in (1, 2, 3)] == ["low", "medium", "high"]


def test_files_of_one_device_are_alike_and_a_copy_by_a_program_is_not(seen, look, remuxed):
    first = seen("clip.mp4")[0].traits
    assert differences(first, [seen("gap.mp4")[0].traits] * 3) == []
    copy = look(remuxed("clip.mp4", "copy.mp4"), "copy.mp4").traits
    assert {"writer", "program"} <= {one.trait for one in differences(copy, [first] * 3)}


def test_a_harmed_file_says_nothing_of_its_device(look, made):
    content = (made / "clip.mp4").read_bytes()
    assert look(content[: len(content) // 2]).traits == {}
