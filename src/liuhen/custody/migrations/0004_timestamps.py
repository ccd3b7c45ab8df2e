from importlib import import_module

from django.db import migrations, models

append_only = import_module("liuhen.custody.migrations.0003_witnesses")
TABLES = ("custody_timestamp",)


def forbid(apps, schema_editor):
    append_only.forbid(apps, schema_editor, TABLES)


def allow(apps, schema_editor):
    append_only.allow(apps, schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("custody", "0003_witnesses")]
    operations = [
        migrations.CreateModel(
            name="Timestamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(unique=True)),
                ("token", models.BinaryField()),
                ("gen_time", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(forbid, allow),
    ]
