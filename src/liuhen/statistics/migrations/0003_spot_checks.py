from django.db import migrations, models


def count_anew(apps, _schema):
    """Days counted before have no figures of spot checks. Without a cursor the worker's next round
    counts them all."""
    apps.get_model("statistics", "LogCursor").objects.filter(name="tallies").delete()


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
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
