"""Examine what this program has drawn itself: the same look as `examine`, without a child each.

Starting a held child costs ten times what looking at a small clip does. Nothing a device wrote may
come here: whatever breaks the parser breaks this process.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from liuhen.engines.media.examine import WANTS, kept_as
from liuhen.engines.media.facts import Examination
from liuhen.engines.media.inside import look
from liuhen.engines.media.limits import Limits

UNHELD: Final = "none"
UNCOUNTED: Final = 1e9
"""Seconds: the scan counts a child's processor time from its start; this process goes on."""

Asked = tuple[Path, Path, bytes]
"""Original, folder to write to, what the device called it."""


def examine_all(asked: Iterable[Asked]) -> list[Examination]:
    """One after the other, in a process of a pool: the looking reads standard input."""
    return [examine(*one) for one in asked]


def examine(original: Path, out_dir: Path, name: bytes) -> Examination:
    """As `examine.examine`; `sandbox` says that nothing held it. Uses up standard input."""
    file = os.open(original, os.O_RDONLY | os.O_CLOEXEC)
    os.dup2(file, look.ORIGINAL)
    os.close(file)
    kind, suffix = kept_as(name, look.ORIGINAL)
    limits = Limits(scan_cpu_seconds=UNCOUNTED).to_json()
    order = {"wants": sorted(WANTS), "kind": kind, "suffix": suffix, "out": str(out_dir)}
    seen = look.prepare(order)(order | {"limits": limits})
    # Through JSON, as a child's answer comes: what is kept must be the same.
    return replace(Examination.from_json(json.loads(json.dumps(seen))), sandbox=UNHELD)
