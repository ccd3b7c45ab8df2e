"""The locked lists say what and with which hash, never where from."""

import json
import re
from pathlib import Path

import pytest

LISTS = ["pip", "build", "run", "dev"]


@pytest.mark.parametrize("name", LISTS)
def test_python_lists_name_no_registry(root: Path, name: str) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE)


@pytest.mark.parametrize("name", LISTS)
def test_every_python_package_is_pinned_with_hashes(root: Path, name: str) -> None:
    entries = re.split(r"\n(?=\S)", (root / "requirements" / f"{name}.txt").read_text())
    packages = [entry for entry in entries if entry.strip() and not entry.startswith("#")]
    assert packages
    assert [p for p in packages if "==" not in p or "--hash=sha256:" not in p] == []


def test_the_npm_lock_names_no_registry_and_has_every_hash(root: Path) -> None:
    lock = json.loads((root / "package-lock.json").read_text())["packages"]
    for path, entry in lock.items():
        assert "resolved" not in entry, path
        assert path == "" or entry["integrity"].startswith("sha512-"), path


def test_the_npm_lock_belongs_to_the_package_file(root: Path) -> None:
    wanted = json.loads((root / "package.json").read_text())
    locked = json.loads((root / "package-lock.json").read_text())["packages"][""]
    assert locked["dependencies"] == wanted["dependencies"]
    assert locked["devDependencies"] == wanted["devDependencies"]
