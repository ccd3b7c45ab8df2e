"""The how-to for outsiders is followed word for word, on a real export and on false ones."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from liuhen.kernel.clock import now
from liuhen.recordings import batches, exporting, intake
from liuhen.recordings.models import Recording

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/how-to/verify-with-foreign-tools.md").read_text(encoding="utf-8")
GO_PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
FILE, SIGNATURE, GO, NODE = re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)

pytestmark = pytest.mark.django_db

needs_go = pytest.mark.skipif(
    shutil.which("go") is None or not GO_PACKAGES.is_dir(),
    reason="apt install golang-go golang-golang-x-mod-dev",
)
needs_node = pytest.mark.skipif(
    not (ROOT / "node_modules/@transmute/rfc9162").is_dir(), reason="set-up brings node_modules"
)


@pytest.fixture
def proof(data, tmp_path) -> Path:
    """One of two sealed recordings, exported, with the page's programs saved beside it."""
    card, out = tmp_path / "card", tmp_path / "proof"
    card.mkdir()
    for name in ("one.mp4", "two.mp4"):
        (card / name).write_bytes(b"evidence " + name.encode())
    intake.run(batches.ask([bytes(card)], by="test", at=now()), clock=now)
    exporting.export(Recording.objects.order_by("pk")[0], out, by="test", at=now())
    for language in ("go", "js"):
        code = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
        (out / f"check.{language}").write_text(code[1], encoding="utf-8")
    return out


def follow(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    programs = f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": programs, "NODE_PATH": str(ROOT / "node_modules")}
    return subprocess.run(
        ["/bin/sh", "-eu", "-c", commands], cwd=folder, env=environment,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def alter(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.chmod(0o644)
    path.write_bytes(content.replace(old, new))


def test_the_file_is_found_in_the_event(proof):
    done = follow(FILE, proof)
    assert (done.returncode, done.stdout.count('"')) == (0, 8), done.stderr


def test_another_file_is_not(proof):
    alter(proof / "original.mp4", b"evidence", b"evidenze")
    assert follow(FILE, proof).returncode == 1


def test_openssl_verifies_the_checkpoint(proof):
    done = follow(SIGNATURE, proof)
    assert (done.returncode, done.stdout) == (0, "Signature Verified Successfully\n"), done.stderr


def test_openssl_refuses_another_size(proof):
    alter(proof / "event.tlog-proof", b"\n5\n", b"\n6\n")
    assert follow(SIGNATURE, proof).returncode == 1


@needs_go
def test_go_verifies_signature_and_inclusion(proof):
    done = follow(GO, proof)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("signed by liuhen/")


@needs_go
def test_go_refuses_another_event(proof):
    alter(proof / "event.json", b'"by":"test"', b'"by":"tost"')
    assert "invalid transparency proof" in follow(GO, proof).stderr


@needs_node
def test_node_verifies_inclusion(proof):
    assert follow(NODE, proof).stdout == "included\n"


@needs_node
def test_node_refuses_another_event(proof):
    alter(proof / "event.json", b'"by":"test"', b'"by":"tost"')
    assert follow(NODE, proof).stdout == "NOT included\n"
