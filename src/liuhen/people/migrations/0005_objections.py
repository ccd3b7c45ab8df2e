from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_sign_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='rolechange',
            name='objection',
            field=models.CharField(blank=True, help_text='why it was refused', max_length=200),
        ),
    ]
