from django.db import migrations, models


class Migration(migrations.Migration):
    """Adoptions are rows of their own now, `regulations` has copied them."""

    dependencies = [("people", "0002_officers_in_full"), ("regulations", "0002_adoptions")]

    operations = [
        migrations.RemoveField(
            model_name='agency',
            name='adopted_date',
        ),
        migrations.RemoveField(
            model_name='agency',
            name='pack_id',
        ),
    ]
