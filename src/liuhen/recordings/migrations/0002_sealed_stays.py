"""What identifies an original never changes once its row is written, and no row is deleted."""

from django.db import migrations

FIXED = ("number", "original_name", "size_bytes", "sha256", "sm3", "vault_key", "file_mtime_ns",
         "sealed_at", "agency_id")
TABLE = "recordings_recording"
MESSAGE = "a sealed recording stays as it is"


def forbid(apps, schema_editor):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER sealed_no_change BEFORE UPDATE ON {TABLE} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER sealed_no_delete BEFORE DELETE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    schema_editor.execute(
        "CREATE FUNCTION sealed_stays() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER sealed_no_change BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION sealed_stays()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER sealed_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
        "EXECUTE FUNCTION sealed_stays()"
    )


def allow(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    schema_editor.execute(f"DROP TRIGGER sealed_no_change{on}")
    schema_editor.execute(f"DROP TRIGGER sealed_no_delete{on}")
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION sealed_stays")


class Migration(migrations.Migration):
    dependencies = [("recordings", "0001_recordings")]
    operations = [migrations.RunPython(forbid, allow)]
