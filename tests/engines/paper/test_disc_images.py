"""Disc images, read by programs that are not ours."""

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from liuhen.engines.paper import disc_images, disc_reading
from liuhen.engines.paper.disc_images import ImageFile, SourceDiffers

LONG = "20260105-120100_执法记录仪（东片区第一中队二号机）_现场检查全过程录像_2026-000001.mp4"
CONTENTS = {
    "目录.html": "目录".encode(),
    "案件/2026-01-05 HD-2026-000001 现场检查/音像资料/a.mp4": b"film" * 500_000,
    f"案件/2026-01-05 HD-2026-000001 现场检查/音像资料/{LONG}": b"x" * 2048,
    "案件/空文件.txt": b"",
}


def file(path: str, content: bytes, *, said: int | None = None) -> ImageFile:
    size_bytes = len(content) if said is None else said
    return ImageFile(path, size_bytes, lambda: io.BytesIO(content))


@pytest.fixture
def image(tmp_path: Path) -> Path:
    out = tmp_path / "disc.iso"
    files = [file(path, content) for path, content in CONTENTS.items()]
    digests = disc_images.write(files, out, label="GP_2026_000001_1")
    expected = {path: hashlib.sha256(content).hexdigest() for path, content in CONTENTS.items()}
    assert digests == expected
    return out


def said_by(program: str, *command: str) -> str:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([program, *command], capture_output=True, check=True)
    return done.stdout.decode()


def test_isoinfo_finds_joliet_and_rock_ridge_with_chinese_names(image):
    told = said_by("isoinfo", "-d", "-i", str(image))
    assert "Volume id: GP_2026_000001_1" in told
    assert ("Joliet with UCS level 3" in told, "Rock Ridge" in told) == (True, True)
    assert set(said_by("isoinfo", "-R", "-f", "-i", str(image)).splitlines()) >= {
        f"/{path}" for path in CONTENTS
    }


def test_seven_zip_reads_udf_and_every_byte(image, tmp_path):
    assert "Type = Udf" in said_by("7zz", "l", str(image))
    said_by("7zz", "x", str(image), f"-o{tmp_path / 'out'}")
    for path, content in CONTENTS.items():
        assert (tmp_path / "out" / path).read_bytes() == content


def test_xorriso_reads_the_same_tree(image):
    told = said_by("xorriso", "-indev", str(image), "-find", "/", "-type", "f")
    assert {line.strip("'/") for line in told.splitlines()} == set(CONTENTS)


def test_it_can_be_read_back_by_name(image):
    with disc_reading.opened(image) as disc:
        for path, content in CONTENTS.items():
            with disc.open(path) as stream:
                assert stream.read() == content
        with pytest.raises(FileNotFoundError):
            disc.open("案件/没有.mp4")


def test_a_mounted_disc_reads_alike(tmp_path):
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "a.mp4").write_bytes(b"film")
    with disc_reading.opened(tmp_path) as disc, disc.open("夹/a.mp4") as stream:
        assert (disc.where, stream.read()) == ("folder", b"film")


@pytest.mark.parametrize("content", [b"", b"no disc at all" * 9000, bytes(1 << 20)])
def test_what_is_no_image_is_said_to_be_none(tmp_path, content):
    (tmp_path / "x.iso").write_bytes(content)
    with pytest.raises(disc_reading.NoDisc), disc_reading.opened(tmp_path / "x.iso"):
        pass


@pytest.mark.parametrize("said", [3, 5])
def test_a_file_of_another_length_leaves_no_image(tmp_path, said):
    out = tmp_path / "disc.iso"
    with pytest.raises(SourceDiffers):
        disc_images.write([file("a.mp4", b"film", said=said)], out, label="X")
    assert not out.exists()


@pytest.mark.parametrize(
    "path",
    ["", "/a", "a/../b", "a//b", "1/2/3/4/5/6/7/8.mp4", "长" * 100 + ".mp4"],
)
def test_a_path_no_disc_can_hold_is_refused(tmp_path, path):
    with pytest.raises(ValueError):
        disc_images.write([file(path, b"")], tmp_path / "disc.iso", label="X")


def test_two_files_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError):
        disc_images.write([file("a", b"1"), file("a", b"2")], tmp_path / "d.iso", label="X")


def test_an_image_never_writes_over_another(tmp_path):
    (tmp_path / "disc.iso").write_bytes(b"another")
    with pytest.raises(FileExistsError):
        disc_images.write([file("a", b"1")], tmp_path / "disc.iso", label="X")


def test_a_long_name_is_shortened_for_joliet_alone():
    assert disc_images.joliet_name("短.mp4", 1) == "短.mp4"
    short = disc_images.joliet_name(LONG, 12)
    assert short.endswith("~12.mp4")
    assert len(short.encode()) <= disc_images.JOLIET_BYTES


class Zeros(io.RawIOBase):
    """So many bytes, nothing but zeros, without a disk behind them."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__()
        self.left = size_bytes

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self.left)
        self.left -= taken
        return bytes(taken)


@pytest.mark.slow
def test_a_film_of_more_than_four_gigabytes_is_whole_in_every_file_system(tmp_path):
    size_bytes, out = (1 << 32) + 12_345, tmp_path / "disc.iso"
    try:
        film = ImageFile("长/a.mp4", size_bytes, lambda: Zeros(size_bytes))
        disc_images.write([film, file("b.txt", b"after")], out, label="X")
        assert f" {size_bytes} " in said_by("xorriso", "-indev", str(out), "-lsl", "/长")
        assert f" {size_bytes} " in said_by("7zz", "l", str(out))
        with disc_reading.opened(out) as disc, disc.open("长/a.mp4") as stream:
            assert sum(map(len, iter(lambda: stream.read(1 << 20), b""))) == size_bytes
    finally:
        out.unlink(missing_ok=True)
