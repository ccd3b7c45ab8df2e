from datetime import timedelta, timezone

from django.db import migrations

CHINA = timezone(timedelta(hours=8))


def copy(apps, _schema):
    """The pack each bureau chose at set-up, followed since that day."""
    Agency = apps.get_model("people", "Agency")
    Adoption = apps.get_model("regulations", "Adoption")
    for agency in Agency.objects.exclude(pack_id="").exclude(set_up_at=None):
        Adoption.objects.get_or_create(
            agency=agency,
            from_date=agency.adopted_date or agency.set_up_at.astimezone(CHINA).date(),
            defaults={"pack_id": agency.pack_id, "adopted_at": agency.set_up_at},
        )


def copy_back(apps, _schema):
    Adoption = apps.get_model("regulations", "Adoption")
    for adoption in Adoption.objects.order_by("from_date").select_related("agency"):
        adoption.agency.pack_id = adoption.pack_id
        adoption.agency.adopted_date = adoption.from_date
        adoption.agency.save()


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_regulations"), ("people", "0002_officers_in_full")]
    operations = [migrations.RunPython(copy, copy_back)]
