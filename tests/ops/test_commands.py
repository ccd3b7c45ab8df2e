"""The installed command, as a person or a script runs it."""

import hashlib
import json
from pathlib import Path

import pytest

from faults.faulty import Bureau, make_card, with_schema
from liuhen.ops.cli import COMMANDS


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    """Before any set-up page: the first command brings it up."""
    folder = tmp_path_factory.mktemp("bureau")
    made = with_schema(folder / "data", make_card(folder / "card"))
    (made.card / "Thumbs.db").write_bytes(b"x")
    assert made.answer("intake", str(made.card), "--device", "BC0007")["ok"]
    return made


def run(bureau: Bureau, *arguments: str) -> tuple[int, dict]:
    """Exit status and answer; under --json one object is all that stands on stdout."""
    done = bureau.run(*arguments, "--json")
    return done.returncode, json.loads(done.stdout)


def test_intake_names_every_file_and_what_became_of_it(bureau):
    status, answer = run(bureau, "intake", str(bureau.card))
    assert status == 0
    assert answer["counts"]["duplicate"] == 3
    assert [i["reason"] for i in answer["items"] if i["state"] == "left_out"] == ["system_file"]


def test_intake_of_what_is_not_there_is_refused_with_status_1(bureau):
    status, answer = run(bureau, "intake", "/no/such/card")
    assert (status, answer["refused"]) == (1, "intake.nothing_there")


def test_intake_for_an_unknown_officer_is_refused(bureau):
    status, answer = run(bureau, "intake", str(bureau.card), "--officer", "404")
    assert (status, answer["refused"]) == (1, "intake.no_such_officer")


def test_intake_for_an_unknown_bureau_is_refused(bureau):
    status, answer = run(bureau, "intake", str(bureau.card), "--agency", "没有的单位")
    assert (status, answer["refused"]) == (1, "people.no_such_agency")


def test_an_unreadable_file_exits_1_and_the_rest_is_sealed(bureau, tmp_path):
    (tmp_path / "good.mp4").write_bytes(b"good")
    (tmp_path / "link.mp4").symlink_to("/etc/passwd")
    status, answer = run(bureau, "intake", str(tmp_path))
    assert status == 1
    assert {i["name"]: i["state"] for i in answer["items"]} == {
        "good.mp4": "sealed",
        "link.mp4": "unreadable",
    }


def test_wrong_usage_exits_2(bureau):
    assert bureau.run("intake").returncode == 2
    assert bureau.run("scrub", "--sample", "0").returncode == 2
    assert bureau.run("no-such-command").returncode == 2


def test_people_read_chinese_without_json(bureau):
    done = bureau.run("intake", str(bureau.card))
    assert "此前已入库：3" in done.stdout
    assert str(bureau.data / "vault") in done.stdout


def test_verify_a_recording_by_its_number(bureau):
    status, answer = run(bureau, "verify", number())
    assert (status, answer["problem"]) == (0, None)


def year() -> str:
    from liuhen.kernel.clock import in_china, now

    return str(in_china(now()).year)


def number() -> str:
    return f"{year()}-000001"


def test_verify_a_file_from_anywhere(bureau, tmp_path):
    source = next(path for path in bureau.card.iterdir() if path.suffix == ".MP4")
    copy = tmp_path / "from-the-court.mp4"
    copy.write_bytes(source.read_bytes())
    assert run(bureau, "verify", str(copy))[0] == 0
    copy.write_bytes(source.read_bytes()[:-1])
    status, answer = run(bureau, "verify", str(copy))
    assert (status, answer["problem"]) == (1, "unknown")


def test_verify_of_no_recording_is_refused(bureau):
    status, answer = run(bureau, "verify", "1999-000001")
    assert (status, answer["refused"]) == (1, "recordings.no_such_recording")


def test_audit_and_scrub_of_a_sound_house(bureau):
    status, answer = run(bureau, "audit")
    assert (status, answer["deviations"]) == (0, [])
    status, answer = run(bureau, "scrub", "--sample", "2")
    assert (status, answer["checked"]) == (0, 2)


def test_export_proof_writes_file_event_proof_and_key(bureau, tmp_path):
    status, answer = run(bureau, "export-proof", number(), "--out", str(tmp_path / "out"))
    assert status == 0
    files = {path.name for path in Path(answer["folder"]).iterdir()}
    assert files == {
        "original.mp4", "event.json", "event.tlog-proof", "log.vkey", "log.pem", "README.txt",
    }  # fmt: skip
    said = json.loads((tmp_path / "out" / "event.json").read_bytes())["facts"]["sha256"]
    original = (tmp_path / "out" / "original.mp4").read_bytes()
    assert hashlib.sha256(original).hexdigest() == said


def test_clear_source_takes_only_what_was_sealed_from_the_card(bureau, tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"to be cleared")
    (tmp_path / "notes.txt").write_bytes(b"notes")
    status, _ = run(bureau, "intake", str(tmp_path), "--clear-source")
    assert (status, [path.name for path in tmp_path.iterdir()]) == (0, ["notes.txt"])


def test_a_witness_is_told_of_one_log(bureau, tmp_path):
    state = ("--state", str(tmp_path / "witness"))
    assert bureau.run("witness", *state).returncode == 2
    assert bureau.run("witness", "http://127.0.0.1:9", "--data", "x", *state).returncode == 2


def test_doctor_says_that_no_worker_runs(bureau):
    status, answer = run(bureau, "doctor")
    assert status == 1
    assert any("未运行" in fact["value"] for fact in answer["facts"])


def test_every_subcommand_explains_itself(bureau):
    for name in COMMANDS:
        told = bureau.run(name, "--help")
        assert told.returncode == 0
        assert "COMMAND" in told.stdout or {"--data", "--json"} <= set(told.stdout.split())


def test_a_demonstration_is_refused_in_a_real_bureau(bureau):
    set_up = """
from liuhen.ops import boot; boot.start(None)
from liuhen.people import staff; from liuhen.kernel.clock import now
staff.set_up(agency_name="某局", people=[], at=now())
"""
    import subprocess
    import sys

    subprocess.run([sys.executable, "-c", set_up], env=bureau.environment, check=True)
    status, answer = run(bureau, "demo", "--no-serve", "--data", str(bureau.data))
    assert (status, answer["refused"]) == (1, "demo.not_a_demonstration")
