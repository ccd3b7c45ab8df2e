"""Bring the few front-end files the pages use out of node_modules.

`tools/assets.json` is the whole table: vendor folder → npm package and its files. A leading
`dist/` is dropped, so `dist/css/tabler.min.css` of `tabler` becomes `tabler/css/tabler.min.css`.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from set_up.faults import Fault
from set_up.site import Site

TABLE = "tools/assets.json"


def copies(root: Path) -> Iterator[tuple[str, str]]:
    """Every (path under node_modules, path under the vendor folder) of the table."""
    table = json.loads((root / TABLE).read_text(encoding="utf-8"))
    for folder, entry in table.items():
        for name in entry["files"]:
            yield f"{entry['package']}/{name}", f"{folder}/{name.removeprefix('dist/')}"


def lacking(site: Site) -> bool:
    return not all((site.vendor / target).is_file() for _, target in copies(site.root))


def bring(site: Site) -> None:
    """Install the locked npm packages with the virtual environment's own Node, then copy."""
    site.start(
        site.venv / "bin" / "npm",
        "ci",
        "--no-progress",
        # The certificates the operating system trusts, as pip and git use them here.
        environment={"NODE_USE_SYSTEM_CA": "1"},
    )
    copy(site)


def copy(site: Site) -> None:
    """Fill the vendor folder beside the old one and swap, so that no page meets half of it."""
    fresh = site.vendor.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in copies(site.root):
        origin = site.root / "node_modules" / source
        if not origin.is_file():
            raise Fault(
                zh=f"npm 包里没有 {source}：{TABLE} 与 package-lock.json 不一致。",
                en=f"No {source} in the npm packages: {TABLE} disagrees with package-lock.json.",
            )
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, fresh / target)
    shutil.rmtree(site.vendor, ignore_errors=True)
    fresh.rename(site.vendor)
