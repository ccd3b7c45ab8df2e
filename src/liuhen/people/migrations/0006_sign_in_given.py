from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_objections'),
    ]

    operations = [
        migrations.AddField(
            model_name='officer',
            name='sign_in_given_at',
            field=models.DateTimeField(help_text='when somebody else last set the password or reset the phone', null=True),
        ),
    ]
