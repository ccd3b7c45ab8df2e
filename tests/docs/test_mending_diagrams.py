"""The pictures of repair and compensation are the tables the code moves by."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from liuhen.devices.mending_states import CASE, TICKET

PAGE = Path(__file__).resolve().parents[2] / "docs" / "design" / "repairs.md"


def drawn(table: Mapping, first: str) -> str:
    """A state diagram of a table of steps, in the table's order."""
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    for step, (sources, target) in table.items():
        lines += [f"    {source} --> {target}: {step}" for source in sorted(sources)]
    return "\n".join(lines)


@pytest.mark.parametrize(("n", "table", "first"), [(0, TICKET, "reported"), (1, CASE, "open")])
def test_a_picture_is_its_table(n, table, first):
    found = re.findall(r"```mermaid\n(.*?)\n?```", PAGE.read_text("utf-8"), re.S)
    assert found[n] == drawn(table, first)
