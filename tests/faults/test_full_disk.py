"""A data directory on a small file system that runs full."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from faults.faulty import Bureau, assert_whole_again, make_card, set_up
from faults.scripts import KEEP_PAPER, answer, run

MB = 1024 * 1024
pytestmark = [pytest.mark.fault, pytest.mark.slow]


@pytest.fixture
def place(tmp_path: Path):
    """24 MB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a small tmpfs needs root")
    options = ["-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small(place: Path, tmp_path: Path):
    """Everything in the small place, and a card of 3 × 10 MB."""
    return set_up(place / "data", make_card(tmp_path / "card", size=10 * MB))


def resize(place: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(place)], check=True)


def grow(bureau: Bureau, size: str) -> None:
    resize(bureau.data.parent, size)


def test_a_full_disk_stops_the_intake_in_words_and_more_room_lets_it_go_on(small):
    full = small.answer("intake", str(small.card))
    assert not full["ok"]
    assert full["problem"] == "store_full"
    assert full["counts"]["interrupted"] >= 1
    promised = {i["vault_key"]: i["sha256"] for i in full["items"] if i["state"] == "sealed"}
    assert promised
    grow(small, "80m")
    assert_whole_again(small, promised)


def test_a_disk_too_full_for_the_database_says_so_and_changes_nothing(small):
    filler = small.data.parent / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    refused = small.run("intake", str(small.card), "--json")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    filler.unlink()
    grow(small, "80m")
    assert_whole_again(small, {})


def test_a_paper_there_is_no_room_for_is_refused_and_fits_when_there_is(small):
    answer(run(KEEP_PAPER, small, "set-up"))
    refused = answer(run_with_room(small, 3 * MB))
    assert refused["refused"] == "document.store_full"
    assert refused["kept"] == {}
    assert refused["after"] == refused["found"]
    grow(small, "80m")
    kept = answer(run(KEEP_PAPER, small, "keep-large"))
    assert len(kept["kept"]) == 1
    assert kept["left"] == [] == kept["after"]


def run_with_room(bureau: Bureau, room: int):
    """What is kept needs 4.8 MB."""
    free = shutil.disk_usage(bureau.data).free
    with (bureau.data.parent / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - room)
    return run(KEEP_PAPER, bureau, "keep-large")


def test_a_dossier_the_disk_has_no_room_for_says_so_and_goes_on_with_more(place, tmp_path):
    bureau = Bureau(tmp_path / "data", tmp_path)
    answer(run(KEEP_PAPER, bureau, "set-up"))
    assert answer(run(KEEP_PAPER, bureau, "keep-large"))["kept"]
    resize(place, "3m")
    refused = bureau.run("dossier", "某某餐饮店", "--to", str(place), "--json")
    assert (refused.returncode, answer(refused)["refused"]) == (1, "store_full")
    resize(place, "24m")
    written = bureau.answer("dossier", "某某餐饮店", "--to", str(place))
    assert written["ok"]
    assert written["others"] == 0
