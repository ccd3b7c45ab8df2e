"""Where a recording went: GoPro's telemetry, camera motion metadata, one place of a phone."""

import json
import struct

import pytest
from box_maker import Made, made_movie

from liuhen.engines.media import routes, sandbox
from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Examination
from liuhen.engines.media.routes import MOST_POINTS, Point

CHENGDE = (40.9529, 117.9633)
E7 = 10_000_000


def entry(key: bytes, kind: str, size: int, body: bytes) -> bytes:
    padded = body + bytes(-len(body) % 4)
    return struct.pack(">4scBH", key, kind.encode(), size, len(body) // size) + padded


def nest(key: bytes, *inner: bytes) -> bytes:
    return entry(key, "\0", 1, b"".join(inner))


def gps5(*places, fix=3) -> bytes:
    rows = b"".join(
        struct.pack(">5i", round(lat * E7), round(lon * E7), 0, round(speed * 1000), 0)
        for lat, lon, speed in places
    )
    scale = struct.pack(">5i", E7, E7, 1000, 1000, 100)
    stream = nest(
        b"STRM", entry(b"GPSF", "L", 4, struct.pack(">I", fix)), entry(b"SCAL", "l", 4, scale),
        entry(b"GPS5", "l", 20, rows),
    )  # fmt: skip
    return nest(b"DEVC", entry(b"DVNM", "c", 1, b"Camera"), stream)


def gps9(*places) -> bytes:
    rows = b"".join(
        struct.pack(">7i2H", round(lat * E7), round(lon * E7), 0, 1500, 0, 8000, 0, 100, fix)
        for lat, lon, fix in places
    )
    scale = struct.pack(">9i", E7, E7, 1000, 1000, 100, 1, 1000, 100, 1)
    inner = (entry(b"TYPE", "c", 1, b"lllllllSS"), entry(b"SCAL", "l", 4, scale))
    return nest(b"DEVC", nest(b"STRM", *inner, entry(b"GPS9", "?", 32, rows)))


def telemetry(*payloads: bytes, entry: bytes = b"gpmd") -> bytes:
    track = Made(samples=list(payloads), kind=b"meta", entry=entry, scale=1)
    return made_movie(Made(), track)


@pytest.fixture
def route(tmp_path):
    """The route of a file, None if it has none."""

    def of(content: bytes):
        path, out = tmp_path / "film.mp4", tmp_path / "out"
        path.write_bytes(content)
        out.mkdir(exist_ok=True)
        found = examine(path, out)
        return routes.read(out / "track.json") if "track.json" in found.outputs else None

    return of


def test_places_are_spread_over_the_second_they_were_taken_in(route):
    north, east = CHENGDE
    found = route(telemetry(gps5((north, east, 1.5), (north + 1, east, 2)), gps5((north, 1, 0))))
    assert found.source == "gpmf"
    assert found.points == (
        Point(0.0, north, east, 1.5), Point(0.5, north + 1, east, 2.0), Point(1.0, north, 1, 0.0)
    )  # fmt: skip


def test_newer_cameras_say_the_fix_with_each_place(route):
    found = route(telemetry(gps9((*CHENGDE, 0), (*CHENGDE, 3)), gps9((1, 2, 2))))
    assert [(one.seconds, one.latitude, one.speed) for one in found.points] == [
        (0.5, CHENGDE[0], 1.5), (1.0, 1.0, 1.5)
    ]  # fmt: skip


@pytest.mark.parametrize("payload", [gps5((*CHENGDE, 1), fix=0), gps5((0, 0, 0)), gps5((91, 0, 0))])
def test_no_fix_is_no_place(route, payload):
    assert route(telemetry(payload, payload)) is None


def test_camera_motion_metadata_is_read(route):
    place = struct.pack("<2H3d", 0, 5, *CHENGDE, 0)
    fix = struct.pack("<2Hdi2d7f", 0, 6, 1e9, 3, *CHENGDE, 0, 0, 0, 3, 4, 0, 0)
    turn = struct.pack("<2H3f", 0, 2, 1, 2, 3)
    found = route(telemetry(place, turn, fix, entry=b"camm"))
    assert found.source == "camm"
    assert [(one.seconds, one.speed) for one in found.points] == [(0.0, None), (2.0, 5.0)]


def test_a_phones_one_place_is_a_route_of_one_point(route, remuxed):
    path = remuxed("clip.mov", "phone.mov", texts={"location": "+40.9529+117.9633/"})
    found = route(path.read_bytes())
    assert (found.source, found.points) == ("iso6709", (Point(0.0, *CHENGDE),))


def test_a_long_way_is_thinned_evenly(route):
    payload = gps5(*((40 + n / 1e4, 117, 1) for n in range(1000)))
    found = route(telemetry(*[payload] * 12))
    assert len(found.points) == MOST_POINTS
    assert (found.points[0].seconds, found.points[-1].seconds) == (0.0, 11.999)


DEEP = gps5((*CHENGDE, 1))
for _ in range(40):
    DEEP = nest(b"DEVC", DEEP[:60_000])


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"DEVC",
        b"\xff" * 400,
        DEEP,
        nest(b"DEVC", nest(b"STRM", entry(b"SCAL", "l", 4, bytes(20)), gps5((*CHENGDE, 1))[40:])),
        entry(b"GPS9", "?", 200, bytes(400)),
        struct.pack(">4scBH", b"GPS5", b"l", 255, 65535),
        entry(b"EMPT", "L", 4, b"") * 20_000,
    ],
)
def test_hostile_telemetry_gives_no_way_and_no_crash(look, payload):
    found = look(telemetry(payload or b"x", b"x"))
    assert "examiner_crashed" not in found.codes()
    assert "track.json" not in found.outputs


POINT = b"[0, 1, 2, 3]"


def said(points: bytes, source: bytes = b'"gpmf"', more: bytes = b"") -> bytes:
    return b'{"source": ' + source + b', "points": [' + points + b"]" + more + b"}"


WRONG = [
    b"", b"[]", b"{", b"[" * 99_999, said(b""), said(POINT, b'"x"'), said(POINT, b'["gpmf"]'),
    said(POINT, more=b', "x": 1'), said(b"[0, 91, 2, null]"), said(b"[0, NaN, 2, 1]"),
    said(b"[0, 1, 2]"), said(b'[0, "1", 2, 3]'), said(b"[0, 1, 2, 1e999]"), said(b"[0, 1, 2, -1]"),
    said(b"[1" + b"0" * 4000 + b", 1, 2, 3]"), said(b", ".join([POINT] * (MOST_POINTS + 1))),
]  # fmt: skip


@pytest.fixture
def kept(monkeypatch, made, tmp_path):
    """What is kept of a child that writes these bytes as the route."""

    def keep(written: bytes) -> tuple[str, ...]:
        answer = json.loads(json.dumps(Examination(outputs=("track.json",)).to_json()))

        def run(verb, original, out_dir, request, limits):
            (out_dir / "track.json").write_bytes(written)
            return sandbox.Answer(answer, "rlimits")

        monkeypatch.setattr(sandbox, "run", run)
        (tmp_path / "out").mkdir()
        found = examine(made / "clip.mp4", tmp_path / "out")
        assert [one.name for one in (tmp_path / "out").iterdir()] == list(found.outputs)
        return found.outputs

    return keep


def test_a_sound_route_is_kept(kept):
    assert kept(said(POINT)) == ("track.json",)


@pytest.mark.parametrize("written", WRONG, ids=range(len(WRONG)))
def test_a_route_in_another_shape_is_not_kept(kept, written):
    assert kept(written) == ()
