"""A witness elsewhere against somebody who holds the machine, the database and the log's key."""

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from faults.faulty import Bureau, make_card, needs_strace
from liuhen.engines.merkle.checkpoints import Checkpoint, sign_checkpoint
from liuhen.engines.merkle.notes import Signer
from liuhen.engines.merkle.tiles import FULL_WIDTH
from liuhen.engines.merkle.tree import Frontier, leaf_hash

pytestmark = [pytest.mark.fault, pytest.mark.slow]


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """With a few events in its log."""
    made = Bureau(tmp_path / "data", make_card(tmp_path / "card"))
    assert made.answer("intake", str(made.card))["ok"]
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "witness"


def look(bureau: Bureau, stick: Path, *more: str, under: tuple[str, ...] = ()):
    arguments = ["witness", str(bureau.data), "--state", str(stick), "--json", *more]
    return bureau.run(*arguments, under=under)


def answer(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.stdout, done.stderr
    return json.loads(done.stdout) | {"status": done.returncode}


@pytest.fixture
def watched(bureau: Bureau, stick: Path) -> Bureau:
    """Seen once; the witness registered and its cosignature taken."""
    assert answer(look(bureau, stick))["refused"] == "witness.not_taken"
    assert bureau.answer("witness-add", (stick / "witness.vkey").read_text())["ok"]
    assert answer(look(bureau, stick))["ok"]
    return bureau


def records(stick: Path) -> dict[str, bytes]:
    files = [path for path in stick.iterdir() if path.name != "contradictions.txt"]
    return {path.name: path.read_bytes() for path in files}


def rewrite(bureau: Bureau) -> None:
    """Change an event and sign the whole log again with its own key, as its keeper could."""
    signer = Signer.from_skey((bureau.data / "keys" / "log.key").read_text().strip())
    with sqlite3.connect(bureau.data / "liuhen.sqlite3") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        entry = 'SELECT entry FROM custody_custodyevent WHERE "index" = 0'
        said = json.loads(database.execute(entry).fetchone()[0])
        said["facts"]["forged"] = True
        import rfc8785

        forged = rfc8785.dumps(said)
        change = 'UPDATE custody_custodyevent SET entry = ?, leaf_hash = ? WHERE "index" = 0'
        database.execute(change, (forged, leaf_hash(forged)))
        hashes = 'SELECT leaf_hash FROM custody_custodyevent ORDER BY "index"'
        leaves = [row[0] for row in database.execute(hashes)]
        assert len(leaves) < FULL_WIDTH  # else tiles would have to be forged too
        frontier = Frontier()
        for leaf in leaves:
            frontier.append(leaf)
            head = Checkpoint(signer.name, frontier.size, frontier.root())
            database.execute(
                "UPDATE custody_checkpoint SET root = ?, note = ? WHERE size = ?",
                (head.root, sign_checkpoint(head, signer), head.size),
            )
        database.execute("DELETE FROM custody_cosignature")


def backup(bureau: Bureau, to: Path) -> None:
    shutil.copytree(bureau.data, to)


def test_a_rewritten_log_fools_its_own_audit_and_not_the_witness(watched, stick):
    before = records(stick)
    rewrite(watched)
    assert watched.answer("audit")["ok"]
    found = answer(look(watched, stick))
    assert (found["status"], found["refused"]) == (1, "witness.log_rewritten")
    assert "改写" in found["message"]
    told = watched.answer("audit", "--witness-state", str(stick))
    assert {found["code"] for found in told["deviations"]} == {"log.witness_differs"}
    assert records(stick) == before


def test_a_rewritten_log_that_grew_is_refused_too(watched, stick, tmp_path):
    rewrite(watched)
    make_card(tmp_path / "second", files=4)
    assert watched.answer("intake", str(tmp_path / "second"))["ok"]
    assert answer(look(watched, stick))["refused"] == "witness.log_rewritten"


def test_a_restored_backup_is_refused(bureau, stick, tmp_path):
    backup(bureau, tmp_path / "backup")
    assert bureau.answer("intake", str(bureau.card))["ok"]
    look(bureau, stick)
    before = records(stick)
    shutil.rmtree(bureau.data)
    shutil.copytree(tmp_path / "backup", bureau.data)
    found = answer(look(bureau, stick))
    assert (found["status"], found["refused"]) == (1, "witness.log_rolled_back")
    assert "回退" in found["message"]
    assert records(stick) == before


def test_another_log_under_the_same_address_is_refused(watched, stick, tmp_path):
    other = Bureau(tmp_path / "other", watched.card)
    assert other.answer("intake", str(other.card))["ok"]
    before = records(stick)
    found = answer(look(other, stick))
    assert (found["status"], found["refused"]) == (1, "witness.log_key_changed")
    assert records(stick) == before


@needs_strace
def test_killed_between_keeping_and_handing_over_the_next_round_hands_over(
    watched, stick, tmp_path
):
    assert watched.answer("intake", str(watched.card))["ok"]
    trace = ("-f", "-o", os.devnull, "-P", str(stick / "checkpoints.txt"))
    kill = ("-e", "inject=fsync:signal=KILL:when=1")
    done = look(watched, stick, under=("strace", *trace, "-e", "trace=fsync", *kill))
    assert done.returncode != 0
    assert done.stdout == ""
    kept = (stick / "checkpoints.txt").read_text()
    found = answer(look(watched, stick))
    assert found["ok"]
    assert kept.endswith(found["note"] + "\n")
    assert (stick / "checkpoints.txt").read_text() == kept


@needs_strace
def test_without_a_durable_record_no_cosignature_leaves(watched, stick):
    assert watched.answer("intake", str(watched.card))["ok"]
    trace = ("-f", "-o", os.devnull, "-P", str(stick / "checkpoints.txt"))
    fail = ("-e", "inject=fsync:error=EIO:when=1")
    found = answer(look(watched, stick, under=("strace", *trace, "-e", "trace=fsync", *fail)))
    assert (found["status"], found["refused"]) == (1, "os_error")
    with sqlite3.connect(watched.data / "liuhen.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM custody_cosignature").fetchone() == (1,)
