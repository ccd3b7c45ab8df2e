"""Who entered each officer beside a recording: another, or it says nothing.

The log tells of those entered before. Where nobody but the officer said so the entry goes: it is
no more than their own word, and the log keeps it.
"""

import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def say_who(apps, schema_editor):
    officers = apps.get_model("people", "Officer").objects
    events = apps.get_model("custody", "CustodyEvent").objects.filter(kind="recording.shared")
    shares = apps.get_model("recordings", "Share").objects.select_related("recording", "officer")
    for share in shares.order_by("pk").iterator():
        told = events.filter(subject=f"recording:{share.recording.number}").order_by("-index")
        actor = next((one.actor for one in told if is_about(one, share.officer)), "")
        who = officers.filter(login=actor).exclude(pk=share.officer_id).first()
        if who is None:
            share.delete()
            continue
        share.shared_by = who
        share.save(update_fields=["shared_by"])
    if schema_editor.connection.vendor == "postgresql":
        # Or the table could not be altered in the same transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def is_about(event, officer):
    facts = json.loads(bytes(event.entry))["facts"]
    if "officer_row" in facts:
        return facts["officer_row"] == officer.pk
    return facts["officer"] == (officer.officer_cert_no or officer.login)


def who(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("recordings", "0008_disposed"),
        ("custody", "0004_timestamps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("share", "shared_by", who(null=True)),
        migrations.RunPython(say_who, migrations.RunPython.noop),
        migrations.AlterField("share", "shared_by", who()),
        migrations.AddConstraint(
            "share",
            models.CheckConstraint(
                name="share_by_another",
                condition=~models.Q(shared_by=models.F("officer")),
            ),
        ),
    ]
