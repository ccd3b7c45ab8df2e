"""A package written beside the server: a folder, or the image of a disc."""

import hashlib
import subprocess
import sys

import pytest

from access.extraction_cast import film, refused, take_out
from liuhen.access import package_out, packages
from liuhen.recordings import vaults

pytestmark = pytest.mark.usefixtures("no_approval")
PATH = "data/音像资料/01_2026-000001_原件.mp4"


def taken():
    made = take_out(film())
    return packages.logged(made, by="command:zhou", at=made.made_at)


def spoil(how: str) -> None:
    path = vaults.path(film().vault_key)
    path.unlink() if how == "remove" else path.write_bytes(b"x" * film().size_bytes)


def test_the_folder_is_the_same_bag(tmp_path):
    told = []
    folder = package_out.write(taken(), tmp_path, lambda done, total: told.append((done, total)))
    check = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    assert subprocess.run(check, capture_output=True, check=False).returncode == 0
    assert told[-1][0] == told[-1][1]


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path):
    package = taken()
    package_out.write(package, tmp_path)
    refused("export.folder_not_empty", lambda: package_out.write(package, tmp_path))


def test_the_image_holds_the_package_at_its_top(tmp_path):
    out = tmp_path / "disc.iso"
    package_out.image(taken(), out, label="ZJ_2026_000001")
    read = ["xorriso", "-osirrox", "on", "-indev", str(out), "-extract", "/", str(tmp_path / "d")]
    subprocess.run(read, check=True, capture_output=True)
    content = (tmp_path / "d" / PATH).read_bytes()
    assert hashlib.sha256(content).hexdigest() == film().sha256
    assert (tmp_path / "d" / "index.html").is_file()


@pytest.mark.parametrize("how", ["change", "remove"])
def test_of_a_changed_original_neither_folder_nor_image_stays(tmp_path, how):
    package, out = taken(), tmp_path / "disc.iso"
    spoil(how)
    refused("extraction.original_changed", lambda: package_out.write(package, tmp_path))
    refused("extraction.original_changed", lambda: package_out.image(package, out, label="ZJ"))
    assert not out.exists()
    assert not list(tmp_path.rglob("*原件.mp4"))


def test_nothing_is_written_into_the_installations_own_folders(data):
    package = taken()
    refused("intake.own_folder", lambda: package_out.write(package, data.vault))
    refused("intake.own_folder", lambda: package_out.image(package, data.vault / "x", label="ZJ"))
