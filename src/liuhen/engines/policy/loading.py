"""Read a pack from YAML. Being written."""

from pathlib import Path

from ruamel.yaml import YAML

from liuhen.engines.policy.pack import Pack


def load(path: Path) -> Pack:
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return Pack(
        path.stem,
        data["title"],
        data["field"],
        data.get("document_no"),
        data.get("in_force"),
        {},
        {},
    )
