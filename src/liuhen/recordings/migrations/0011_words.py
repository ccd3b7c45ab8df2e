"""What recordings are found by: texts beside them, and each database's own index over pairs."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "recordings_pairs"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(pairs, pieces, content='', "
            "contentless_delete=1, tokenize='ascii', prefix='1')"
        )
        return
    schema_editor.execute(
        f"CREATE TABLE {TABLE} (recording_id bigint PRIMARY KEY, rank bigint NOT NULL, "
        "tokens text[] NOT NULL)"
    )
    # The arrays lie beside the rows: what is counted is read from few pages.
    schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
    schema_editor.execute(f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (tokens)")


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("recordings", "0010_second_copy")]

    operations = [
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "recording",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="recordings.recording",
                    ),
                ),
                ("rank", models.BigIntegerField(unique=True)),
                ("own", models.TextField()),
                ("linked", models.TextField(blank=True)),
                ("facets", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="IndexState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.IntegerField()),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
