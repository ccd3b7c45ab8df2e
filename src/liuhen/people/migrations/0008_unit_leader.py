"""The leader of the bureau in charge of a unit (分管局领导), where one is named."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_standins")]

    operations = [
        migrations.AddField(
            "unit",
            "leader",
            models.ForeignKey(
                help_text="分管局领导",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leads",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
