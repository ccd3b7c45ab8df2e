"""What identifies a paper never changes once its row is written, and no row is deleted."""

from django.db import migrations

FIXED = ("agency_id", "original_name", "media_type", "size_bytes", "sha256", "sm3", "vault_key",
         "added_at", "added_by_id")
TABLE = "cases_document"
MESSAGE = "a kept paper stays as it is"


def forbid(apps, schema_editor):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER document_no_change BEFORE UPDATE ON {TABLE} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER document_no_delete BEFORE DELETE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    schema_editor.execute(
        "CREATE FUNCTION document_stays() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER document_no_change BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION document_stays()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER document_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
        "EXECUTE FUNCTION document_stays()"
    )


def allow(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    schema_editor.execute(f"DROP TRIGGER document_no_change{on}")
    schema_editor.execute(f"DROP TRIGGER document_no_delete{on}")
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION document_stays")


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_parties_and_papers")]
    operations = [migrations.RunPython(forbid, allow)]
