"""Bring the program up for a command: data directory, Django, schema, keys, recovery."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liuhen.kernel.datadir import ENVIRONMENT, DataDir

SCHEMA_LOCK = "schema"
SCHEMA_ADVISORY = 0x6C69_7363_6865_6D61


def start(data: Path | None) -> DataDir:
    """Make what is missing and finish what a crash left; afterwards operations can be called."""
    if data is not None:
        os.environ[ENVIRONMENT] = str(data.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "liuhen.config.settings"
    folder = DataDir.from_environment()
    folder.create()
    import django

    django.setup()
    bring_up_schema()
    from liuhen.cases import recovery as papers
    from liuhen.cases import search_index
    from liuhen.custody import keys
    from liuhen.kernel.clock import now
    from liuhen.recordings import recovery, vault_disk
    from liuhen.recordings.search import keeping

    keys.create_or_resume()
    # Without its disk nothing can be told of what lies on it; `doctor` and the pages say so.
    if vault_disk.bring_up(at=now()):
        papers.recover()
        recovery.recover(at=now())
    if not keeping.is_built():
        with one_at_a_time():
            if not keeping.is_built():
                search_index.rebuild()
    return folder


def bring_up_schema() -> None:
    """Apply the migrations the database lacks; of several first starts at once, one does."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    def is_behind() -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    if not is_behind():
        return
    with one_at_a_time():
        if is_behind():
            call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Processes of this machine wait at a file, those of several machines at PostgreSQL."""
    from django.conf import settings
    from django.db import connection

    lock = os.open(settings.DATA.locks / SCHEMA_LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":  # given back with the connection at the latest
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [SCHEMA_ADVISORY])
        yield
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SCHEMA_ADVISORY])
    finally:
        os.close(lock)
