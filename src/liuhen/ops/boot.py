"""Bring the program up for a command: data directory, Django, schema, keys, recovery."""

import os
from pathlib import Path

from liuhen.kernel.datadir import ENVIRONMENT, DataDir


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
    from liuhen.custody import keys
    from liuhen.kernel.clock import now
    from liuhen.recordings import recovery

    keys.create_or_resume()
    recovery.recover(at=now())
    return folder


def bring_up_schema() -> None:
    """Apply the migrations the database lacks."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
