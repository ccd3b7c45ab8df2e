from django.db import transaction

from liuhen.custody import log
from liuhen.people.models import Agency


def first() -> Agency:
    """The installation's first agency, made nameless when nothing has been set up yet."""
    if found := Agency.objects.order_by("pk").first():
        return found
    with transaction.atomic():
        log.wait_for_turn()  # of two first intakes at once the second takes the first one's
        return Agency.objects.order_by("pk").first() or Agency.objects.create()


def is_set_up() -> bool:
    return Agency.objects.filter(set_up_at__isnull=False).exists()
