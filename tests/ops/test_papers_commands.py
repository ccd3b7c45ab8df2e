"""`liuhen verify`, `audit`, `scrub` and `dossier` where there are papers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from faults.faulty import Bureau, with_schema
from faults.scripts import KEEP_PAPER


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    """A party's case with one paper."""
    folder = tmp_path_factory.mktemp("papers")
    made = with_schema(folder / "data", folder)
    for what in ("set-up", "keep"):
        subprocess.run([sys.executable, str(KEEP_PAPER), what], env=made.environment, check=True)
    return made


def run(bureau: Bureau, *arguments: str) -> tuple[int, dict]:
    done = bureau.run(*arguments, "--json")
    return done.returncode, json.loads(done.stdout)


def kept(bureau: Bureau) -> Path:
    [key] = bureau.stored()
    return bureau.data / "vault" / key


def test_a_paper_is_verified_by_number_and_as_a_file(bureau, tmp_path):
    assert run(bureau, "verify", "document:1")[0] == 0
    copy = tmp_path / "from-the-court.pdf"
    copy.write_bytes(kept(bureau).read_bytes())
    status, answer = run(bureau, "verify", str(copy))
    assert (status, answer["recording"]) == (0, "document:1")


def test_a_paper_that_is_not_there_is_refused(bureau):
    status, answer = run(bureau, "verify", "document:99")
    assert (status, answer["refused"]) == (1, "document.no_such")


def test_the_dossier_is_written_and_kept_up(bureau, tmp_path):
    status, answer = run(bureau, "dossier", "某某餐饮店", "--to", str(tmp_path))
    assert (status, answer["copied"], answer["there"]) == (0, 1, 0)
    assert (Path(answer["folder"]) / "manifest-sha256.txt").is_file()
    status, answer = run(bureau, "dossier", "某某餐饮店", "--to", str(tmp_path))
    assert (status, answer["copied"], answer["there"]) == (0, 0, 1)


def test_the_dossier_of_nobody_is_refused(bureau, tmp_path):
    status, answer = run(bureau, "dossier", "没有的店", "--to", str(tmp_path))
    assert (status, answer["refused"]) == (1, "party.no_such")


def test_audit_and_scrub_know_papers_and_name_a_changed_one(bureau):
    assert run(bureau, "audit")[1]["deviations"] == []
    assert run(bureau, "scrub")[1]["checked"] == 1
    path = kept(bureau)
    whole = path.read_bytes()
    path.chmod(0o644)
    try:
        path.write_bytes(whole[:-1] + b"X")
        assert run(bureau, "verify", "document:1")[1]["problem"] == "changed"
        assert run(bureau, "scrub")[1]["problems"][0]["document"] == "1"
        path.write_bytes(whole[:-1])
        status, answer = run(bureau, "audit")
        assert (status, answer["deviations"][0]["subject"]) == (1, "document:1")
    finally:
        path.write_bytes(whole)
