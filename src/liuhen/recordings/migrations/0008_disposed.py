"""A recording whose bytes are no longer kept; the log must have said so before its row does."""

from django.db import migrations, models

TABLE = "recordings_recording"
MESSAGE = "nothing is disposed of before the log says so"
WHEN = "OLD.disposed_at IS NULL AND NEW.disposed_at IS NOT NULL"


def forbid(apps, schema_editor):
    log = apps.get_model("custody", "CustodyEvent")._meta.db_table
    said = (
        f"EXISTS (SELECT 1 FROM {log} WHERE kind = 'recording.leaving' "
        "AND subject = 'recording:' || NEW.number)"
    )
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER disposed_is_said BEFORE UPDATE OF disposed_at ON {TABLE} "
            f"WHEN {WHEN} AND NOT {said} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    schema_editor.execute(
        "CREATE FUNCTION disposed_is_said() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF NOT {said} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER disposed_is_said BEFORE UPDATE OF disposed_at ON {TABLE} "
        f"FOR EACH ROW WHEN ({WHEN}) EXECUTE FUNCTION disposed_is_said()"
    )


def allow(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    schema_editor.execute(f"DROP TRIGGER disposed_is_said{on}")
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION disposed_is_said")


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0001_log"),
        ("people", "0006_sign_in_given"),
        ("recordings", "0007_secrecy"),
    ]

    operations = [
        migrations.AddField(
            model_name="recording",
            name="disposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("disposed_at__isnull", False)),
                fields=["agency", "-disposed_at", "-id"],
                name="recording_disposed",
            ),
        ),
        migrations.RunPython(forbid, allow),
    ]
