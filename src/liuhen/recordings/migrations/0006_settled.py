"""What nobody has said to what it belongs is found by an index; what is settled is not in it."""

from django.conf import settings
from django.db import migrations, models


def settle_windows(apps, schema_editor):
    """What fixed cameras recorded so far is no activity's, either."""
    rows = apps.get_model("recordings", "Recording").objects
    rows.filter(device__kind="fixed_camera").update(settled_at=models.F("sealed_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('devices', '0007_windows_off'),
        ('people', '0006_sign_in_given'),
        ('recordings', '0005_marks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='settled_at',
            field=models.DateTimeField(help_text='since when it is said to what activity it belongs, or to none', null=True),
        ),
        migrations.RunPython(settle_windows, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='recording',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['agency', '-recorded_at', '-id'], name='recording_loose'),
        ),
    ]
