"""Who keeps which device (一机一人专管)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from liuhen.devices.models import GONE, Device
from liuhen.people.models import Agency, Officer, RoleHolding
from liuhen.people.roles import Role


def candidates(agency: Agency) -> QuerySet[Officer]:
    """Whom a device of the bureau may be given into keeping."""
    rows = Officer.objects.filter(agency=agency, is_active=True, role_holdings__role=Role.KEEPER)
    return rows.order_by("name", "pk")


def holds_the_post() -> Q:
    """Of devices: a keeper is named, and is one still."""
    holding = RoleHolding.objects.filter(officer=OuterRef("keeper"), role=Role.KEEPER)
    return Q(keeper__is_active=True) & Q(Exists(holding))


def lacking(devices: QuerySet[Device]) -> QuerySet[Device]:
    """Those nobody keeps: none was named, or who was is no keeper any more."""
    return devices.exclude(state__in=GONE).exclude(pk__in=kept(devices))


def kept(devices: QuerySet[Device]) -> QuerySet[Device, int]:
    return devices.order_by().filter(holds_the_post()).values_list("pk", flat=True)


def of(device: Device) -> Officer | None:
    """Who keeps it today; None: nobody."""
    if device.keeper_id is None:
        return None
    return candidates(device.agency).filter(pk=device.keeper_id).first()
