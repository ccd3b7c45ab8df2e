"""The lists of activities are read by their indexes."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_aside_newest'),
        ('devices', '0007_windows_off'),
        ('people', '0006_sign_in_given'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='activity',
            name='activity_verdict',
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['agency', 'verdict', '-registered_at', '-id'], name='activity_verdict'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('left_at', None), ('voided_at', None)), fields=['agency', '-registered_at', '-id'], name='activity_not_over'),
        ),
    ]
