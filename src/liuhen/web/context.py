from typing import Any

from django.conf import settings
from django.http import HttpRequest

from liuhen import __version__
from liuhen.duties import queries as duties
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import waiting_for
from liuhen.regulations.queries import number_pending
from liuhen.web import menu


def house(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows: the menu, the bureau, whether this is a demonstration."""
    shared: dict[str, Any] = {"is_demo": settings.LIUHEN_DEMO, "version": __version__}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shared
    granted = permissions_of(user)
    here = request.resolver_match.url_name if request.resolver_match else None
    return shared | {
        "menu": menu.of(granted, here),
        "granted": {permission.value for permission in granted},
        "agency": user.agency,
        "waiting_roles": waiting_for(user) if Permission.CONFIRM_ROLES in granted else 0,
        "open_duties": duties.open_count(user),
        "waiting_rules": waiting_rules(user, granted),
    }


def waiting_rules(user: Officer, granted: frozenset[Permission]) -> int:
    """How many changes of the rules wait for this person's word."""
    return number_pending(user.agency) if Permission.APPROVE_RULES in granted else 0
