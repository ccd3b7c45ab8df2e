"""The places of one checkout, and how its programs are started."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from set_up.faults import Fault, explain


@dataclass(frozen=True)
class Site:
    """One checkout: everything set-up reads and writes lies under `root`."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def log(self) -> Path:
        """What the started programs said, for whoever has to find out why one failed."""
        return self.venv / "set-up.log"

    @property
    def vendor(self) -> Path:
        return self.root / "src" / "liuhen" / "web" / "static" / "vendor"

    def start(self, *command: object, environment: Mapping[str, str] | None = None) -> None:
        """Run a program in the checkout; its output goes to the log, its last line to a terminal.

        Raises:
            Fault: it ended with another code than 0; names the likely cause and what to do.
        """
        words = [str(word) for word in command]
        said: list[str] = []
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"\n$ {' '.join(words)}\n")
            with subprocess.Popen(
                words,
                cwd=self.root,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            ) as program:
                for line in program.stdout or ():
                    log.write(line)
                    said.append(line.rstrip())
                    show_passing(line)
        show_passing("")
        if program.returncode:
            raise explain(words, said, self.log)


_shown_at = 0.0


def show_passing(line: str) -> None:
    """Show where a long step is, on one line that the next overwrites; nothing into a file."""
    global _shown_at
    if not sys.stdout.isatty():
        return
    now = time.monotonic()
    if line and now - _shown_at < 0.1:  # a terminal over a slow line must not slow set-up
        return
    _shown_at = now
    print(f"\r\x1b[K      {line.strip()[:70]}" if line else "\r\x1b[K", end="", flush=True)


def here() -> Site:
    """The checkout this program lies in."""
    root = Path(__file__).resolve().parent.parent.parent
    if not (root / "pyproject.toml").is_file():
        raise Fault(
            zh=f"{root} 不是完整的检出目录：缺少 pyproject.toml。请重新 git clone。",
            en=f"{root} is no complete checkout: pyproject.toml is missing. Clone it again.",
        )
    return Site(root)
