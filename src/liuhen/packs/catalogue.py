"""The regulations a bureau can choose from at set-up, read from this folder's data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Offered:
    pack_id: str
    title: str
    field: str
    document_no: str | None
    in_force: str | None


def read(path: Path) -> Offered:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Offered(
        pack_id=path.stem,
        title=data["title"],
        field=data["field"],
        document_no=data.get("document_no"),
        in_force=data.get("in_force"),
    )


@cache
def offered() -> tuple[Offered, ...]:
    """Every pack in this folder, in the order of its id."""
    return tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))
