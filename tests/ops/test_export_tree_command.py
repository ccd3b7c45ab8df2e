"""`liuhen export-tree`: the originals on an external disk, run by run."""

import json
from pathlib import Path

import pytest

from faults.faulty import Bureau, make_card, with_schema


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("tree")
    made = with_schema(folder / "data", make_card(folder / "card"))
    assert made.answer("intake", str(made.card))["ok"]
    return made


def run(bureau: Bureau, *arguments: str) -> tuple[int, dict]:
    done = bureau.run("export-tree", *arguments, "--json")
    return done.returncode, json.loads(done.stdout)


def test_it_is_written_and_kept_up(bureau, tmp_path):
    status, answer = run(bureau, "--to", str(tmp_path))
    assert (status, answer["copied"], answer["there"]) == (0, 3, 0)
    assert (Path(answer["folder"]) / "manifest-sha256.txt").is_file()
    status, answer = run(bureau, "--to", str(tmp_path), "--verify")
    assert (status, answer["copied"], answer["there"]) == (0, 0, 3)


def test_a_file_of_another_content_exits_1_and_is_named(bureau, tmp_path):
    _status, answer = run(bureau, "--to", str(tmp_path))
    path = next(Path(answer["folder"]).rglob("2*/*/*/*/*.*"))
    path.chmod(0o644)
    path.write_bytes(b"another")
    status, answer = run(bureau, "--to", str(tmp_path))
    assert (status, len(answer["conflicts"]), path.read_bytes()) == (1, 1, b"another")


def test_days_without_recordings_export_nothing(bureau, tmp_path):
    status, answer = run(bureau, "--to", str(tmp_path), "--until", "1999-12-31")
    assert (status, answer["copied"]) == (0, 0)


def test_another_bureau_is_refused(bureau, tmp_path):
    status, answer = run(bureau, "--to", str(tmp_path), "--agency", "没有的单位")
    assert (status, answer["refused"]) == (1, "people.no_such_agency")


def test_the_vault_is_refused(bureau):
    status, answer = run(bureau, "--to", str(bureau.data / "vault"))
    assert (status, answer["refused"]) == (1, "intake.own_folder")


def test_a_day_is_a_day(bureau, tmp_path):
    wrong = bureau.run("export-tree", "--to", str(tmp_path), "--since", "yesterday")
    assert wrong.returncode == 2
