"""What the product imports, a bureau's installation brings: tests run with more beside it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_INSTALLED = {"liuhen", "sherpa_onnx", "pypinyin", "numpy"}
"""The product itself, and what speech needs where a bureau brings it."""


def test_every_import_is_among_what_runs():
    lines = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    brought = {plain(one) for line in lines if (one := re.match(r"[A-Za-z0-9._-]+", line))}
    of = packages_distributions()
    missing = {
        name
        for name in imported() - set(sys.stdlib_module_names) - NOT_INSTALLED
        if not {plain_name(one) for one in of.get(name, [])} & brought
    }
    assert missing == set()


def plain(found: re.Match[str]) -> str:
    return plain_name(found[0])


def plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """First names of all modules imported at the head of one."""
    found = set()
    for file in (ROOT / "src" / "liuhen").rglob("*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.Import):
                found |= {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found
