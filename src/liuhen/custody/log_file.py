"""The log read from an installation's SQLite file, without starting the program on it."""

from contextlib import closing
from typing import Any
from urllib.parse import quote

# The bundled SQLite: the system's may be one that harms a WAL database (config.sqlite).
from pysqlite3 import dbapi2 as sqlite

from liuhen.custody.tile_rows import TileRows
from liuhen.kernel.datadir import DataDir

NEWEST_NOTE = "SELECT note FROM custody_checkpoint ORDER BY size DESC LIMIT 1"


class LogFile(TileRows):
    """Opened read-only. Raises OSError when there is no log."""

    def __init__(self, data: DataDir) -> None:
        super().__init__(self.joined)
        self.data = data
        if not data.database.is_file():
            raise FileNotFoundError(2, "No log here", str(data.database))

    def key(self) -> str:
        return (self.data.keys / "log.pub").read_text("utf-8").strip()

    def checkpoint(self) -> str | None:
        """The newest signed note; None before the first event."""
        found = self.rows(NEWEST_NOTE)
        return str(found[0][0]) if found else None

    def joined(self, query: str, *values: int) -> bytes:
        return b"".join([bytes(row[0]) for row in self.rows(query, *values)])

    def rows(self, query: str, *values: int) -> list[tuple[Any]]:
        address = f"file:{quote(str(self.data.database.absolute()))}?mode=ro"
        try:
            with closing(sqlite.connect(address, uri=True, timeout=30)) as database:
                found: list[tuple[Any]] = database.execute(
                    query.replace("%s", "?"), values
                ).fetchall()
        except sqlite.Error as problem:
            raise OSError(5, str(problem), str(self.data.database)) from problem
        return found
