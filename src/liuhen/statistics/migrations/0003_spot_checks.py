from django.db import migrations, models


COUNT_ANEW = "DELETE FROM statistics_logcursor WHERE name = 'tallies'"
"""Days counted before have no figures of spot checks. Without a cursor the worker's next round counts
them all."""


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0002_tallies'),
        ('supervision', '0005_replaced_reviewer'),
    ]

    operations = [
        migrations.AddField(
            model_name='tally',
            name='spot_checked',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='tally',
            name='spot_failed',
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunSQL(COUNT_ANEW, migrations.RunSQL.noop),
    ]
