"""Who named whom among an activity's and a case's officers, and who put an activity into its case.

What was entered before is taken as entered with its activity or case, by who did that.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def say_who(apps, schema_editor):
    activity = apps.get_model("cases", "Activity").objects
    case = apps.get_model("cases", "Case").objects
    came_with(apps.get_model("cases", "ActivityOfficer"), "activity", activity, "registered")
    came_with(apps.get_model("cases", "CaseOfficer"), "case", case, "added")
    activity.filter(case__isnull=False).update(
        case_set_at=F("registered_at"), case_set_by=F("registered_by")
    )
    if schema_editor.connection.vendor == "postgresql":
        # Or the tables could not be altered in the same transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def came_with(entry, what, rows, deed):
    of = rows.filter(pk=OuterRef(f"{what}_id"))
    entry.objects.update(
        added_at=Subquery(of.values(f"{deed}_at")), added_by=Subquery(of.values(f"{deed}_by"))
    )


def who(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_long_term"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("activity", "case_set_at", models.DateTimeField(null=True)),
        migrations.AddField("activity", "case_set_by", who(null=True)),
        migrations.AddField("activityofficer", "added_at", models.DateTimeField(null=True)),
        migrations.AddField("activityofficer", "added_by", who(null=True)),
        migrations.AddField("caseofficer", "added_at", models.DateTimeField(null=True)),
        migrations.AddField("caseofficer", "added_by", who(null=True)),
        migrations.AlterField(
            "activity",
            "officers",
            models.ManyToManyField(
                related_name="activities",
                through="cases.ActivityOfficer",
                through_fields=("activity", "officer"),
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "case",
            "officers",
            models.ManyToManyField(
                related_name="cases",
                through="cases.CaseOfficer",
                through_fields=("case", "officer"),
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(say_who, migrations.RunPython.noop),
        migrations.AlterField("activityofficer", "added_at", models.DateTimeField()),
        migrations.AlterField("activityofficer", "added_by", who()),
        migrations.AlterField("caseofficer", "added_at", models.DateTimeField()),
        migrations.AlterField("caseofficer", "added_by", who()),
        migrations.AddConstraint(
            "activity",
            models.CheckConstraint(
                name="activity_case_set_by_somebody",
                condition=Q(case=None)
                | Q(case_set_at__isnull=False, case_set_by__isnull=False),
            ),
        ),
    ]
