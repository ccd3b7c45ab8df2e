"""Start as any command does, say what stands where, dispose of two; prints one JSON object.

python dispose.py set-up | execute      (LIUHEN_DATA names the data directory)
"""

import json
import sys
from itertools import chain
from pathlib import Path

from liuhen.ops import boot

boot.start(None)
sys.path.insert(0, str(Path(__file__).parents[1]))

from liuhen.custody import audit as custody_audit  # noqa: E402
from liuhen.recordings import integrity, vaults  # noqa: E402
from liuhen.recordings.models import Recording  # noqa: E402
from liuhen.retention import execution  # noqa: E402
from liuhen.retention.models import DisposalList  # noqa: E402
from retention import disposal_cast as cast  # noqa: E402


def deviations() -> list[str]:
    return [found.code for found in chain(custody_audit.audit(), integrity.audit())]


def set_up() -> None:
    cast.factories.agency()
    cast.under("chengde-safety")
    cast.lived_through(cast.LATER)
    cast.witnessed(cast.expired(), cast.expired("2026-000002"))


found = deviations()
if sys.argv[1] == "set-up":
    set_up()
else:
    made = DisposalList.objects.get()
    if made.state == "executing":
        execution.run(made, clock=lambda: cast.READY + 2 * cast.HOUR)
rows = Recording.objects.order_by("pk")
print(
    json.dumps(
        {
            "found": found,
            "state": DisposalList.objects.get().state,
            "kept": [vaults.path(row.vault_key).exists() for row in rows],
            "events": [cast.kinds_of(f"recording:{row.number}") for row in rows],
            "after": deviations(),
        }
    )
)
