"""Put the bundled SQLite in the place of the system's, before Django looks for one.

SQLite below 3.51.3 can corrupt a database in WAL mode (the "WAL-reset" bug); Debian 12
and its Python carry 3.40. See docs/adr/0003-sqlite-build.md.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

LEAST_VERSION = (3, 51, 3)


class SQLiteTooOld(RuntimeError):
    pass


def check_version(found: tuple[int, ...] = pysqlite3.sqlite_version_info) -> None:
    """Refuse to start on an SQLite that can lose a database."""
    if found < LEAST_VERSION:
        needed, have = (".".join(map(str, version)) for version in (LEAST_VERSION, found))
        raise SQLiteTooOld(
            f"SQLite {have} can corrupt databases in WAL mode; {needed} is the least."
        )


def install() -> None:
    check_version()
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
