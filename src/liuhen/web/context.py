from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from liuhen import __version__
from liuhen.duties import queries as duties
from liuhen.kernel.clock import now
from liuhen.people.models import Officer, UnitKind
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import waiting_for
from liuhen.people.roles import Role
from liuhen.regulations.queries import number_pending
from liuhen.retention import holders
from liuhen.web import menu


def house(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows: the menu, the bureau, whether this is a demonstration.

    Counted where it is shown: a part of a page has no frame.
    """
    shared: dict[str, Any] = {"is_demo": settings.LIUHEN_DEMO, "version": __version__}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shared
    granted = permissions_of(user)
    here = request.resolver_match.url_name if request.resolver_match else None
    lines = SimpleLazyObject(lambda: menu.of(granted | by_post(user, granted), here))
    return shared | {
        "menu": lines,
        "menu_key": SimpleLazyObject(lambda: menu.key_of(lines)),
        "granted": {permission.value for permission in granted},
        "agency": user.agency,
        "my_roles": "、".join(str(role.label) for role in Role if role in user.role_names),
        "waiting_roles": SimpleLazyObject(lambda: waiting_roles(user, granted)),
        "open_duties": SimpleLazyObject(lambda: duties.open_count(user)),
        "waiting_rules": SimpleLazyObject(lambda: waiting_rules(user, granted)),
    }


def by_post(user: Officer, granted: frozenset[Permission]) -> frozenset[Permission]:
    """What the menu opens to a post the regulation names, without a permission of its own: the head
    of the office that keeps the recordings places holds where its article says so."""
    if Permission.PLACE_HOLDS in granted or Permission.SEE_UNIT not in granted:
        return frozenset()
    heads_office = user.unit is not None and user.unit.kind == UnitKind.OFFICE
    holds = heads_office and bool(holders.grounds_for(user, now()))
    return frozenset({Permission.PLACE_HOLDS} if holds else ())


def waiting_roles(user: Officer, granted: frozenset[Permission]) -> int:
    return waiting_for(user) if Permission.CONFIRM_ROLES in granted else 0


def waiting_rules(user: Officer, granted: frozenset[Permission]) -> int:
    """How many changes of the rules wait for this person's word."""
    return number_pending(user.agency) if Permission.APPROVE_RULES in granted else 0
