import sqlite3
from pathlib import Path

import pytest

import ready_schema
from liuhen.kernel.datadir import DataDir


@pytest.fixture(scope="session", autouse=True)
def data_dir_exists():
    from django.conf import settings

    from liuhen.custody import keys

    settings.DATA.create()
    keys.create()


@pytest.fixture
def data(tmp_path: Path, settings) -> DataDir:
    """A data directory of this test's own, with its own log key."""
    from liuhen.custody import keys

    fresh = DataDir(tmp_path / "data")
    fresh.create()
    settings.DATA = fresh
    keys.create()
    return fresh


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite's test database is not migrated but copied; PostgreSQL's is migrated each time."""
    from django.db import connection

    if connection.vendor == "sqlite":
        fill_from(ready_schema.ready())


def fill_from(schema: Path) -> None:
    """Let the database in memory be the copy of a file from its first moment on."""
    from django.db import connection

    creation = type(connection.creation)
    make = creation._create_test_db

    def made(self, *arguments, **options):
        name = make(self, *arguments, **options)
        self.first = sqlite3.connect(name, uri=True)  # kept open: it would be gone without any
        with sqlite3.connect(schema) as source:
            source.backup(self.first)
        return name

    creation._create_test_db = made
