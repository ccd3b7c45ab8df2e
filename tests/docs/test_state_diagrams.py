"""The pictures of what things go through (devices, papers, requests, discs …) are the tables."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from liuhen.access.states import REQUEST
from liuhen.cases.paper_states import PAPER
from liuhen.devices.mending_states import CASE, TICKET
from liuhen.devices.states import DEVICE
from liuhen.retention.disc_states import DISC
from liuhen.retention.disposal_states import DISPOSAL
from liuhen.retention.hold_states import HOLD
from liuhen.supervision.breaches.states import BREACH
from liuhen.supervision.corrections.states import CORRECTION
from liuhen.supervision.reviews.states import REVIEW
from liuhen.supervision.spot_states import SPOT

DESIGN = Path(__file__).resolve().parents[2] / "docs" / "design"
PICTURES = [
    ("devices.md", 0, DEVICE, "ready"),
    ("repairs.md", 0, TICKET, "reported"),
    ("repairs.md", 1, CASE, "open"),
    ("not-recorded.md", 0, PAPER, "draft"),
    ("disposal.md", 0, DISPOSAL, "draft"),
    ("keeping.md", 0, HOLD, "live"),
    ("access.md", 0, REQUEST, "asked"),
    ("discs.md", 0, DISC, "made"),
    ("spot-checks.md", 0, SPOT, "announced"),
    ("breaches.md", 0, BREACH, "candidate"),
    ("reviews.md", 0, REVIEW, "opened"),
    ("reviews.md", 1, CORRECTION, "ordered"),
]


def drawn(table: Mapping, first: str) -> str:
    """A state diagram of a table of steps, in the table's order."""
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    for step, (sources, target) in table.items():
        lines += [f"    {source} --> {target}: {step}" for source in sorted(sources)]
    return "\n".join(lines)


@pytest.mark.parametrize(("page", "n", "table", "first"), PICTURES)
def test_a_picture_is_its_table(page, n, table, first):
    found = re.findall(r"```mermaid\n(.*?)\n?```", (DESIGN / page).read_text("utf-8"), re.S)
    assert found[n] == drawn(table, first)
