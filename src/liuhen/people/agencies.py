"""The bureaus of this installation."""

from django.db import transaction

from liuhen.custody import log
from liuhen.people import errors
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


def all_set_up() -> list[Agency]:
    """By age: the installation's first one first."""
    return list(Agency.objects.filter(set_up_at__isnull=False).order_by("pk"))


def meant(name: str | None) -> Agency:
    """Whom a command acts for: the bureau named, or the only one there is.

    Refuses: NoSuchAgency, AgencyNotSaid.
    """
    found = all_set_up()
    names = "、".join(agency.name for agency in found)
    if name is not None:
        for agency in found:
            if agency.name == name:
                return agency
        raise errors.NoSuchAgency(name=name, names=names or "—")
    if len(found) > 1:
        raise errors.AgencyNotSaid(names=names)
    return found[0] if found else first()
