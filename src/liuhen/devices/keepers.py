"""Who keeps which device (一机一人专管)."""

from django.db.models import Q, QuerySet

from liuhen.devices.models import GONE, Device
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role


def candidates(agency: Agency) -> QuerySet[Officer]:
    """Whom a device of the bureau may be given into keeping."""
    rows = Officer.objects.filter(agency=agency, is_active=True, role_holdings__role=Role.KEEPER)
    return rows.order_by("name", "pk")


def holds_the_post() -> Q:
    """Of devices: a keeper is named, and is one still. Asked once, not for each row."""
    holders = Officer.objects.filter(is_active=True, role_holdings__role=Role.KEEPER)
    return Q(keeper__in=holders.values("pk"))


def lacking(devices: QuerySet[Device]) -> QuerySet[Device]:
    """Those nobody keeps: none was named, or who was is no keeper any more."""
    return devices.exclude(state__in=GONE).filter(Q(keeper=None) | ~holds_the_post())


def of(device: Device) -> Officer | None:
    """Who keeps it today; None: nobody."""
    if device.keeper_id is None:
        return None
    return candidates(device.agency).filter(pk=device.keeper_id).first()
