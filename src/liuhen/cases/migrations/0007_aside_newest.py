
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_judging'),
        ('recordings', '0006_settled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='aside',
            index=models.Index(fields=['-set_at', '-id'], name='aside_newest'),
        ),
    ]
