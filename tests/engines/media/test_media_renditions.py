"""Copies for looking at: whole or not at all, and what decodes of a damaged file."""

import hashlib
import signal
import sys
from dataclasses import replace
from fractions import Fraction

import av
import pytest
from PIL import Image

from liuhen.engines.media import sandbox
from liuhen.engines.media.facts import Code
from liuhen.engines.media.limits import Limits
from liuhen.engines.media.renditions import make_rendition

QUICK = replace(Limits.for_rendition(2.0), wall_seconds=60.0)


@pytest.fixture
def render(tmp_path):
    """Make a rendition; beside what it says it wrote, nothing may stay behind."""

    def rendered(original, **options):
        out = tmp_path / "renditions"
        out.mkdir(exist_ok=True)
        made = make_rendition(original, out / "r", **{"limits": QUICK, **options})
        assert list(out.iterdir()) == ([made.path] if made.path else [])
        return made

    return rendered


def cut(path, target, part):
    content = path.read_bytes()
    target.write_bytes(content[: int(len(content) * part)])
    return target


@pytest.mark.parametrize("name", ["clip.mp4", "clip.avi", "clip.3gp"])
def test_a_clip_becomes_an_mp4_of_the_same_length(render, made, name):
    rendition = render(made / name)
    assert (rendition.media_type, rendition.kind, rendition.findings) == ("video/mp4", "video", ())
    with av.open(str(rendition.path)) as played:
        codecs = {one.type: one.codec_context.codec.canonical_name for one in played.streams}
        assert codecs == {"video": "h264", "audio": "aac"}
        assert played.duration / av.time_base == pytest.approx(2.0, abs=0.2)
        assert played.streams.video[0].width == rendition.width


@pytest.mark.parametrize("name", ["voice.wav", "voice.amr"])
def test_sound_becomes_an_m4a(render, made, name):
    rendition = render(made / name)
    assert (rendition.media_type, rendition.kind, rendition.width) == ("audio/mp4", "audio", None)
    with av.open(str(rendition.path)) as played:
        assert played.duration / av.time_base == pytest.approx(2.0, abs=0.2)


def test_a_photo_becomes_an_upright_jpeg(render, made):
    rendition = render(made / "turned.jpg")
    assert rendition.media_type == "image/jpeg"
    with Image.open(rendition.path) as shown:
        assert shown.size == (rendition.width, rendition.height)
        assert shown.width < shown.height


def test_a_hole_stays_as_long_as_it_was(render, made):
    rendition = render(made / "gap.mp4")
    assert abs(rendition.duration - 6) < Fraction(1, 5)
    with av.open(str(rendition.path)) as played:
        sound = sum(frame.samples for frame in played.decode(audio=0))
        assert sound / 48_000 == pytest.approx(6.0, abs=0.3)


@pytest.mark.parametrize("name", ["clip.ts", "clip.avi"])
def test_what_decodes_of_a_cut_clip_is_kept(render, made, tmp_path, name):
    rendition = render(cut(made / name, tmp_path / name, 0.6))
    assert rendition.path is not None
    with av.open(str(rendition.path)) as played:
        shown = sum(1 for _ in played.decode(video=0))
    assert 5 < shown < 30


def test_a_clip_without_its_index_gives_no_rendition_and_says_why(render, made, tmp_path):
    rendition = render(cut(made / "clip.mp4", tmp_path / "cut.mp4", 0.5))
    assert (rendition.path, rendition.media_type) == (None, None)
    assert {one.code for one in rendition.findings} == {Code.UNREADABLE}


def test_an_indexed_clip_cut_short_keeps_what_is_there(render, indexed_first, tmp_path):
    rendition = render(cut(indexed_first, tmp_path / "cut.mp4", 0.4))
    assert rendition.path is not None
    assert 0 < rendition.duration < 1
    assert Code.DURATION_MISMATCH in {one.code for one in rendition.findings}


def test_progress_is_told_and_only_grows(render, made):
    told: list[float] = []
    render(made / "clip.mp4", on_progress=told.append)
    assert len(told) > 5
    assert told == sorted(told)
    assert 0.9 < told[-1] <= 1


@pytest.mark.parametrize(
    ("limit", "limits"),
    [
        ("written", replace(QUICK, written_bytes=8_000)),
        ("wall", replace(QUICK, wall_seconds=0.1)),
        ("memory", replace(QUICK, memory_bytes=100 << 20)),
    ],
)
def test_a_rendition_past_a_limit_leaves_no_half_file(render, made, limit, limits):
    rendition = render(made / "clip.avi", limits=limits)
    assert rendition.path is None
    (only,) = rendition.findings
    assert (only.code, only.evidence) == (Code.EXAMINER_LIMIT, {"limit": limit})


def test_a_photo_beyond_the_pixel_limit_is_left_alone(render, made):
    rendition = render(made / "photo.jpg", limits=replace(QUICK, pixels=1000))
    assert rendition.path is None
    assert rendition.findings[0].evidence == {"limit": "pixels", "width": 640, "height": 480}


def test_a_rendition_interrupted_leaves_no_half_file(render, made, monkeypatch):
    code = (
        "import os, signal, sys\n"
        "from liuhen.engines.media import child\n"
        "from liuhen.engines.media.inside import transcode\n"
        "told = transcode._Writer._tell\n"
        "def tell(self):\n"
        "    told(self)\n"
        "    if self.told > 0.5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "transcode._Writer._tell = tell\n"
        "sys.exit(child.main())\n"
    )
    monkeypatch.setattr(sandbox, "_python", lambda: [sys.executable, "-I", "-B", "-c", code])
    rendition = render(made / "clip.avi")
    assert rendition.path is None
    assert rendition.findings[0].evidence["detail"] == signal.SIGKILL.name


def test_one_who_stops_waiting_leaves_no_half_file(render, made, tmp_path):
    class Enough(Exception):
        pass

    def stop(done: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        render(made / "clip.avi", on_progress=stop)
    assert list((tmp_path / "renditions").iterdir()) == []


def test_a_failed_rendition_leaves_the_former_one(made, tmp_path):
    first = make_rendition(made / "clip.mp4", tmp_path / "r", limits=QUICK)
    before = first.path.read_bytes()
    make_rendition(made / "clip.mp4", tmp_path / "r", limits=replace(QUICK, wall_seconds=0.1))
    assert first.path.read_bytes() == before


def test_the_original_is_unchanged(render, made):
    path = made / "clip.3gp"
    before = hashlib.sha256(path.read_bytes()).digest()
    render(path)
    assert hashlib.sha256(path.read_bytes()).digest() == before


@pytest.mark.parametrize("content", [b"", b"noise " * 999])
@pytest.mark.parametrize("name", [b"a.mp4", b"a.jpg"])
def test_what_holds_nothing_gives_no_rendition(render, tmp_path, content, name):
    path = tmp_path / "original"
    path.write_bytes(content)
    rendition = render(path, name=name)
    assert rendition.path is None
    assert rendition.findings


def test_a_rendition_says_how_its_maker_was_held(render, made, without_bubblewrap):
    assert render(made / "voice.wav").sandbox in ("landlock", "rlimits")
