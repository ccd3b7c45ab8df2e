"""Start as any command does, say what stands where, keep one paper; prints one JSON object.

python keep_paper.py set-up | keep | keep-large     (LIUHEN_DATA names the data directory)
"""

import json
import sys
from itertools import chain
from pathlib import Path

from liuhen.ops import boot

boot.start(None)
sys.path.insert(0, str(Path(__file__).parents[1]))

import factories  # noqa: E402
from liuhen.cases import documents, integrity  # noqa: E402
from liuhen.cases.documents import Paper  # noqa: E402
from liuhen.cases.models import Case, Document  # noqa: E402
from liuhen.custody import audit as custody_audit  # noqa: E402
from liuhen.kernel.clock import now  # noqa: E402
from liuhen.kernel.refusal import Refusal  # noqa: E402
from liuhen.recordings import integrity as originals  # noqa: E402
from liuhen.recordings import vaults  # noqa: E402


def deviations() -> list[str]:
    found = chain(custody_audit.audit(), originals.audit(), integrity.audit())
    return [one.code for one in found]


said = {"found": deviations(), "left": [temp.name for temp in vaults.current().temps()]}
if sys.argv[1] == "set-up":
    factories.case("卫罚1号", factories.party())
else:
    count = 4 if sys.argv[1] == "keep" else 80
    chunks = (b"%PDF-1.7 " + bytes([n]) * 60_000 for n in range(count))
    paper = Paper("evidence", "照片", case=Case.objects.get())
    try:
        documents.add(paper, "照片.pdf", chunks, by=factories.officer("li"), at=now())
    except Refusal as no:
        said["refused"] = no.code
kept = Document.objects.values_list("vault_key", "sha256")
print(json.dumps(said | {"kept": dict(kept), "after": deviations()}))
