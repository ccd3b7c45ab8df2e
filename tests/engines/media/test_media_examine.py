"""What a sound recording says of itself, and what is made of it."""

import io
import json
from fractions import Fraction

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from liuhen.engines.media.examine import POSTER, WAVEFORM, examine
from liuhen.engines.media.facts import Code, Examination

LOCAL, UTC = "2024-01-05T09:30:15", "2024-01-05T01:30:15"
CLIPS = ["clip.mp4", "clip.mov", "clip.mkv", "clip.ts", "clip.avi", "clip.3gp"]
VOICES = ["voice.wav", "voice.m4a", "voice.amr"]
PLAYED = {"clip.mp4", "clip.mov", "voice.wav", "voice.m4a", "photo.jpg", "turned.jpg"}


@pytest.mark.parametrize("name", [*CLIPS, *VOICES, "photo.jpg"])
def test_a_sound_file_has_no_findings(seen, name):
    # No Matroska is written here without the writing library's name in it.
    assert seen(name)[0].codes() <= ({Code.REWRAPPED} if name == "clip.mkv" else set())


@pytest.mark.parametrize("name", CLIPS)
def test_a_clip_is_a_video_with_its_length_and_tracks(seen, name):
    found, _ = seen(name)
    assert found.kind == "video"
    assert isinstance(found.duration, Fraction)
    assert abs(found.duration - 2) < Fraction(1, 5)
    assert {one.type for one in found.streams} == {"video", "audio"}
    assert found.content.frames == 30


@pytest.mark.parametrize("name", VOICES)
def test_a_voice_note_is_sound_with_its_length(seen, name):
    found, _ = seen(name)
    assert (found.kind, found.width) == ("audio", None)
    assert abs(found.duration - 2) < Fraction(1, 5)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mov", "clip.mkv", "clip.3gp", "voice.m4a"])
def test_a_containers_time_is_utc_by_definition_only(seen, name):
    (claim,) = seen(name)[0].header.times
    assert (claim.local, claim.offset_minutes, claim.zone) == (UTC, 0, "by_specification")
    assert claim.origin == "header:creation_time"


def test_a_photos_time_is_the_devices_own(seen):
    (claim,) = seen("photo.jpg")[0].header.times
    assert (claim.origin, claim.local) == ("exif:DateTimeOriginal", LOCAL)
    assert (claim.offset_minutes, claim.zone) == (480, "stated")


def test_a_photo_names_its_maker_and_place(seen):
    header = seen("photo.jpg")[0].header
    assert (header.make, header.model) == ("Liuhen Demo", "DSJ-A1")
    assert header.latitude == pytest.approx(40.9529, abs=1e-4)
    assert header.longitude == pytest.approx(117.9633, abs=1e-4)


def test_a_clip_names_its_maker_and_place(look, remuxed):
    texts = {"make": "Maker", "model": "M-1", "location": "+40.9529+117.9633/"}
    header = look(remuxed("clip.mp4", "tagged.mov", texts=texts), "a.mov").header
    assert (header.make, header.model) == ("Maker", "M-1")
    assert (header.latitude, header.longitude) == (40.9529, 117.9633)


@pytest.mark.parametrize("name", [*CLIPS, *VOICES, "photo.jpg", "turned.jpg"])
def test_only_what_chromium_plays_is_called_playable(seen, name):
    assert seen(name)[0].browser_playable == (name in PLAYED)


@pytest.mark.parametrize("name", CLIPS)
def test_a_clip_gets_a_poster_and_a_waveform(seen, name):
    found, out = seen(name)
    assert set(found.outputs) == {POSTER, WAVEFORM} == {one.name for one in out.iterdir()}
    with Image.open(out / POSTER) as poster:
        poster.load()
        assert poster.width == min(480, found.width)


@pytest.mark.parametrize("name", ["clip.mp4", *VOICES])
def test_a_waveform_lines_up_with_the_recording(seen, name):
    found, out = seen(name)
    waveform = json.loads((out / WAVEFORM).read_text())
    assert waveform["duration"] == pytest.approx(float(found.duration), abs=0.2)
    assert len(waveform["peaks"]) * waveform["seconds_per_peak"] >= waveform["duration"] - 0.1
    assert 0.2 < max(waveform["peaks"]) <= 1


def test_only_what_is_wanted_is_made(made, tmp_path):
    found = examine(made / "clip.mp4", tmp_path, wants=())
    assert found.outputs == ()
    assert list(tmp_path.iterdir()) == []
    assert found.duration is not None


def test_a_photo_taken_upright_is_shown_upright(seen):
    found, out = seen("turned.jpg")
    assert (found.width, found.height) == (480, 640)
    with Image.open(out / POSTER) as poster:
        assert poster.width < poster.height


def test_a_heic_photo_is_shown(look):
    if "HEIF" not in Image.SAVE:
        pillow_heif.register_heif_opener()
    file = io.BytesIO()
    try:
        Image.linear_gradient("L").convert("RGB").save(file, "HEIF")
    except RuntimeError as without:
        pytest.skip(f"pillow-heif cannot write here: {without}")
    found = look(file.getvalue(), "IMG_1.HEIC")
    assert (found.kind, found.container, found.width) == ("photo", "heif", 256)
    assert found.outputs == (POSTER,)
    assert not found.browser_playable


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "WEBP"])
def test_photos_of_other_formats_are_shown(look, kind):
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, kind)
    found = look(file.getvalue(), f"a.{kind.lower()}")
    assert (found.kind, found.findings, found.outputs) == ("photo", (), (POSTER,))


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "I;16", "CMYK", "LAB"])
def test_photos_of_any_depth_are_shown(look, mode):
    file, shape = io.BytesIO(), (40, 40)
    if mode == "I;16":
        image = Image.fromarray(np.full(shape, 40_000, dtype=np.uint16))
    else:
        image = Image.new("RGB", shape).convert(mode) if mode != "LAB" else Image.new(mode, shape)
    image.save(file, "TIFF")
    found = look(file.getvalue(), "a.tif")
    assert (found.width, found.height) == shape
    assert Code.EXAMINER_CRASHED not in found.codes()


@pytest.mark.parametrize("name", ["clip.mp4", "gap.mp4", "voice.amr", "photo.jpg"])
def test_an_answer_survives_json(seen, name):
    found, _ = seen(name)
    assert Examination.from_json(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize("kind", ["folder", "link", "missing"])
def test_what_is_no_regular_file_is_refused(tmp_path, made, kind):
    path = tmp_path / "original"
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(made / "clip.mp4")
    with pytest.raises(OSError):
        examine(path, tmp_path)
