"""Progress in a terminal: bar, bytes, speed, time left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


class Told(Protocol):
    def __call__(self, done_bytes: int, total_bytes: int, note: str = "") -> None: ...


@contextmanager
def byte_bar(title: str, *, quiet: bool) -> Iterator[Told]:
    """A bar on stderr while a terminal is there; without one, or under --json, silence."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda done_bytes, total_bytes, note="": None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(binary_units=True),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(title, total=None, note="")

        def tell(done_bytes: int, total_bytes: int, note: str = "") -> None:
            progress.update(bar, completed=done_bytes, total=total_bytes, note=note)

        yield tell
