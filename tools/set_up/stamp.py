"""What was installed last, so that the next start has nothing to do."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path


def digest(root: Path, names: Sequence[str]) -> str:
    """SHA-256 over the named files, names included; an absent file counts as absent."""
    total = hashlib.sha256()
    for name in names:
        path = root / name
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
        total.update(f"{name}\0{content}\n".encode())
    return total.hexdigest()


class Stamp:
    """Step → digest of the inputs it last succeeded with, kept in one small file.

    A damaged file counts as empty: steps are then repeated, which harms nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: dict[str, str] = {}
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(kept, dict):
            self.done = {str(step): str(inputs) for step, inputs in kept.items()}

    def says(self, step: str, inputs: str) -> bool:
        return self.done.get(step) == inputs

    def mark(self, step: str, inputs: str) -> None:
        """Remember a success, in one move: a kill leaves the old file or the new."""
        self.done[step] = inputs
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.done, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self.path)

    def forget(self) -> None:
        self.done.clear()
