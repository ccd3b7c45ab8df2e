"""The database itself refuses to change or drop what the log holds.

On PostgreSQL a deployment also grants its role INSERT and SELECT only; whoever drops the
triggers is caught by the log (its root no longer matches) and by a checkpoint kept elsewhere.
"""

from django.db import migrations

TABLES = ("custody_custodyevent", "custody_tile", "custody_checkpoint")


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the custody log is append-only'); END"
                )
        return
    schema_editor.execute(
        "CREATE FUNCTION custody_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the custody log is append-only'; END $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION custody_append_only()"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    schema_editor.execute("DROP FUNCTION custody_append_only")


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_log")]
    operations = [migrations.RunPython(forbid, allow)]
