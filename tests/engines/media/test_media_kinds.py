"""What is taken in and what is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.media.kinds import Kind, LeftOut, Media, Reason, classify, suffix_matches
from liuhen.engines.media.signatures import form_of, is_zeroed, looks_like_text

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00"
TS = (b"G" + bytes(187)) * 5
ADTS = b"\xff\xf1\x50\x80\x02\x1f\xfc\x00" + bytes(8) + b"\xff\xf1\x50\x80\x02\x1f\xfc"
MP3 = b"\xff\xfb\x90\x00" + bytes(413) + b"\xff\xfb\x90\x00"

HEADS = {
    "mp4": MP4,
    "avi": b"RIFF\x00\x00\x00\x00AVI LIST",
    "mpegts": TS,
    "matroska": b"\x1aE\xdf\xa3\x93B\x82",
    "mpeg": b"\x00\x00\x01\xbaD\x00",
    "asf": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
    "flv": b"FLV\x01\x05",
    "dhav": b"DHAV\xfd\x00",
    "wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "mp3": MP3,
    "aac": ADTS,
    "amr": b"#!AMR\n",
    "ogg": b"OggS\x00",
    "flac": b"fLaC\x00",
    "caf": b"caff\x00\x01",
    "aiff": b"FORM\x00\x00\x00\x00AIFF",
    "jpeg": JPEG,
    "heif": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "avif": b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00",
    "png": b"\x89PNG\r\n\x1a\n",
    "bmp": b"BM" + bytes(12) + b"\x28" + bytes(3),
    "tiff": b"II*\x00",
    "gif": b"GIF89a",
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
}


@pytest.mark.parametrize(("form", "head"), HEADS.items())
def test_first_bytes_tell_the_form(form, head):
    assert form_of(head) == form


def test_content_goes_before_the_name():
    assert classify(b"scan.pdf", JPEG, 9000) == Media(Kind.PHOTO, ".jpg", "jpeg")
    assert classify(b"photo.jpg", MP4, 9000) == Media(Kind.VIDEO, ".mp4", "mp4")


@pytest.mark.parametrize("name", [b"0001", b"0001.", b".mp4", b"DCIM/100/0001.CHK", b"a.\xff\xfe"])
def test_a_recording_without_a_fitting_suffix_gets_its_contents(name):
    assert classify(name, MP4, 9000) == Media(Kind.VIDEO, ".mp4", "mp4")


@pytest.mark.parametrize(
    ("name", "suffix"), [(b"a.MOV", ".mov"), (b"a.3gp", ".3gp"), (b"a.LRV", ".lrv")]
)
def test_a_fitting_suffix_stays(name, suffix):
    assert classify(name, MP4, 9000) == Media(Kind.VIDEO, suffix, "mp4")


@pytest.mark.parametrize("head", [b"\xde\xad\xbe\xef" * 9, bytes(4096), b"plain words"])
@pytest.mark.parametrize(("name", "kind"), [(b"a.MP4", "video"), (b"a.wav", "audio")])
def test_a_damaged_file_with_a_recordings_name_is_kept(name, kind, head):
    kept = classify(name, head, 9000)
    assert isinstance(kept, Media)
    assert (kept.kind, kept.form) == (kind, None)


def test_an_empty_recording_is_kept_and_any_other_empty_file_is_not():
    assert classify(b"a.mp4", b"", 0) == Media(Kind.VIDEO, ".mp4", None)
    assert classify(b"notes", b"", 0) == LeftOut(Reason.EMPTY)
    assert classify(b"a.ts", b"", 0) == LeftOut(Reason.EMPTY)


def test_sound_in_an_mp4_box_is_sound():
    m4a = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00"
    assert classify(b"memo", m4a, 9000) == Media(Kind.AUDIO, ".m4a", "mp4")
    assert classify(b"memo.m4a", MP4, 9000) == Media(Kind.AUDIO, ".m4a", "mp4")


@pytest.mark.parametrize("stream", [TS, b"1234" + (b"G" + bytes(191)) * 5])
def test_a_transport_stream_is_a_recording(stream):
    assert classify(b"00001.MTS", stream, 9000) == Media(Kind.VIDEO, ".mts", "mpegts")
    assert classify(b"a.ts", stream, 9000) == Media(Kind.VIDEO, ".ts", "mpegts")


def test_typescript_is_no_transport_stream():
    source = "export const 名 = 1;\n".encode() * 20
    assert classify(b"app.ts", source, 9000) == LeftOut(Reason.NOT_MEDIA)
    assert classify(b"app.ts", source[:-8], 9000) == LeftOut(Reason.NOT_MEDIA)


def test_a_damaged_transport_stream_is_kept():
    assert classify(b"a.ts", b"\x00\x01\x02" * 99, 9000) == Media(Kind.VIDEO, ".ts", None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"Thumbs.db", "system_file"),
        (b".DS_Store", "system_file"),
        (b"DCIM/._A.MP4", "system_file"),
        (b"System Volume Information/IndexerVolumeGuid", "system_file"),
        (b"$RECYCLE.BIN/S-1/a.mp4", "system_file"),
        (b"AVCHD/INDEX.BDM", "index_file"),
        (b"run.log", "index_file"),
        (b"A.THM", "sidecar"),
        (b"IMG_1.AAE", "sidecar"),
        (b"readme.txt", "not_media"),
        (b"setup.exe", "not_media"),
    ],
)
def test_what_is_no_recording_is_left_out_with_a_reason(name, reason):
    assert classify(name, b"some bytes", 10) == LeftOut(Reason(reason))


@pytest.mark.parametrize("folder", [b"FOUND.000", b"LOST.DIR", b"lost+found"])
def test_what_a_repair_tool_saved_is_a_recording_if_it_looks_like_one(folder):
    assert classify(folder + b"/FILE0000.CHK", MP4, 9000) == Media(Kind.VIDEO, ".mp4", "mp4")
    assert classify(folder + b"/FILE0001.CHK", b"\x01", 1) == LeftOut(Reason.NOT_MEDIA)


def test_one_frame_by_chance_is_no_music():
    assert form_of(MP3[:400] + bytes(100)) is None
    assert form_of(ADTS[:16] + bytes(100)) is None


def test_suffix_and_form_are_compared_without_case():
    assert suffix_matches(".MOV", "mp4")
    assert not suffix_matches(".jpg", "mp4")
    assert not suffix_matches(".jpg", "no such form")


def test_zeros_are_seen_and_nothing_is_not_zeros():
    assert is_zeroed(bytes(9))
    assert not is_zeroed(b"")
    assert not is_zeroed(b"\x00\x01")


def test_text_may_be_cut_within_a_character():
    assert looks_like_text("记录".encode()[:-1])
    assert not looks_like_text(b"\xff\xfe\x41\x42\x43\x44")


@given(st.binary(max_size=600), st.binary(max_size=900), st.integers(0, 1 << 50))
def test_any_name_and_any_bytes_get_an_answer(name, head, size):
    assert isinstance(classify(name, head, size), Media | LeftOut)


@given(st.sampled_from(sorted(HEADS)), st.integers(0, 40), st.binary(max_size=300))
def test_any_damage_to_a_known_head_gets_an_answer(form, kept, rest):
    found = form_of(HEADS[form][:kept] + rest)
    assert found is None or found in HEADS
