"""In whose range a recording lies stands in its entry, too. The next start builds all anew."""

from django.db import migrations, models

TABLE = "recordings_pairs"


def as_vectors(apps, schema_editor):
    """One question of ands and ors, which arrays cannot be asked."""
    if schema_editor.connection.vendor == "sqlite":
        return
    remake(schema_editor, "tsvector")


def as_arrays(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        return
    remake(schema_editor, "text[]")


def remake(schema_editor, kind):
    schema_editor.execute(f"DROP TABLE {TABLE}")
    schema_editor.execute(
        f"CREATE TABLE {TABLE} (recording_id bigint PRIMARY KEY, rank bigint NOT NULL, "
        f"tokens {kind} NOT NULL)"
    )
    # The tokens lie beside the rows: what is counted is read from few pages.
    schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
    schema_editor.execute(f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (tokens)")


class Migration(migrations.Migration):
    dependencies = [("recordings", "0011_words")]

    operations = [
        migrations.AddField(
            "words", "known", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunPython(as_vectors, as_arrays),
    ]
