from django.db import transaction

from liuhen.people.models import Agency


def first() -> Agency:
    """The installation's first agency, made nameless when nothing has been set up yet."""
    with transaction.atomic():
        return Agency.objects.order_by("pk").first() or Agency.objects.create()


def is_set_up() -> bool:
    return Agency.objects.filter(set_up_at__isnull=False).exists()
