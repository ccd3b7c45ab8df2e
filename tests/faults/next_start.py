"""What the next start after a crash finds and does, in one process; prints one JSON object.

python next_start.py CARD      (LIUHEN_DATA names the data directory)
"""

import json
import os
import sys
from itertools import chain

from liuhen.ops import boot

boot.start(None)

from liuhen.custody import audit as custody_audit  # noqa: E402
from liuhen.kernel.clock import now  # noqa: E402
from liuhen.recordings import batches, intake, integrity, vaults  # noqa: E402


def deviations() -> list[dict[str, str]]:
    return [found.as_dict() for found in chain(custody_audit.audit(), integrity.audit())]


recovered = deviations()
left = [temp.name for temp in vaults.current().temps()]
batch = intake.run(batches.ask([os.fsencode(sys.argv[1])], by="test", at=now()), clock=now)
print(
    json.dumps(
        {
            "after_recovery": recovered,
            "left_on_the_way": left,
            "states": sorted(batch.items.values_list("state", flat=True)),
            "after_next_run": deviations(),
        }
    )
)
