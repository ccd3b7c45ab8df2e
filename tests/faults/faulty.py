"""Run the real command against a data directory of its own, with or without a fault injected."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import ready_schema

COMMAND = [sys.executable, "-m", "liuhen.ops"]
CALLS = "fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat"
"""Every system call by which an intake makes a byte, a name or a commit durable."""

STRACE = shutil.which("strace")


def can_trace() -> bool:
    if STRACE is None:
        return False
    probe = subprocess.run([STRACE, "-o", os.devnull, "true"], capture_output=True, check=False)
    return probe.returncode == 0


needs_strace = pytest.mark.skipif(not can_trace(), reason="strace is missing or may not trace")


@dataclass(frozen=True)
class Bureau:
    """One data directory and one card with three recordings."""

    data: Path
    card: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
        return kept | {"LIUHEN_DATA": str(self.data), "LIUHEN_PROCESSES": "2"}

    def run(self, *arguments: str, under: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*under, *COMMAND, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def answer(self, *arguments: str) -> dict:
        done = self.run(*arguments, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def intake(self, *under: str) -> subprocess.CompletedProcess[str]:
        return self.run("intake", str(self.card), "--json", under=under)

    def trace(self, log: Path, *more: str) -> tuple[str, ...]:
        return (str(STRACE), "-o", str(log), "-e", f"trace={CALLS}", *more)

    def sealed(self) -> dict[str, str]:
        """Vault key → SHA-256 of what the database says is sealed, read behind Django's back."""
        with sqlite3.connect(f"file:{self.data}/liuhen.sqlite3?mode=ro", uri=True) as database:
            return dict(database.execute("SELECT vault_key, sha256 FROM recordings_recording"))

    def stored(self) -> dict[str, str]:
        """Vault key → SHA-256 of what really lies in the vault."""
        vault = self.data / "vault"
        return {
            str(path.relative_to(vault)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in vault.rglob("*")
            if path.is_file() and not {".incoming", ".liuhen-vault"} & set(path.parts)
        }

    def next_start(self) -> dict:
        """Recovery, audit, the same intake again and another audit."""
        script = Path(__file__).with_name("next_start.py")
        done = subprocess.run(
            [sys.executable, str(script), str(self.card)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def on_card(self) -> set[str]:
        return {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.card.iterdir()}


def counted_in(log: Path) -> dict[str, int]:
    """Call → how often `trace` saw it."""
    names = re.findall(r"^(\w+)\(", log.read_text(), re.MULTILINE)
    return {name: names.count(name) for name in CALLS.split(",")}


def make_card(folder: Path, *, files: int = 3, size: int = 200_000) -> Path:
    """Bytes that are no video, under names that say they are: damaged evidence is kept."""
    folder.mkdir()
    for n in range(files):
        content = hashlib.sha256(bytes([n])).digest() * (size // 32)
        (folder / f"BC0007_{n:06d}_20260105093{n}00.MP4").write_bytes(content)
    return folder


def with_schema(data: Path, card: Path) -> Bureau:
    """Before its first start, of which the migrations would take the most."""
    ready_schema.copy_to(data / "liuhen.sqlite3")
    return Bureau(data, card)


def set_up(data: Path, card: Path) -> Bureau:
    bureau = with_schema(data, card)
    made = bureau.run("audit", "--json")  # makes directory, schema and keys
    assert made.returncode == 0, made.stderr
    return bureau


def acknowledged(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Vault key → SHA-256 of what the command said is sealed."""
    items = json.loads(done.stdout).get("items", []) if done.stdout else []
    return {item["vault_key"]: item["sha256"] for item in items if item["state"] == "sealed"}


def assert_whole_again(bureau: Bureau, promised: dict[str, str]) -> None:
    """Nothing acknowledged lost, nothing half-written seen, no orphan, and the work goes on."""
    assert promised.items() <= bureau.stored().items()
    assert bureau.sealed().items() <= bureau.stored().items()
    after = bureau.next_start()
    assert after["after_recovery"] == []
    assert after["left_on_the_way"] == []
    assert set(after["states"]) <= {"sealed", "duplicate"}
    assert after["after_next_run"] == []
    assert bureau.sealed() == bureau.stored()
    assert set(bureau.stored().values()) == bureau.on_card()
