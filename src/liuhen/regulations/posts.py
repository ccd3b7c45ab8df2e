"""Which people hold a post a regulation speaks of, by their roles and by who heads which unit."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Agency, Officer, Unit, UnitKind
from liuhen.people.roles import Role

BY_ROLE = {
    Role.LEADER: Post.LEADER,
    Role.BUREAU_HEAD: Post.BUREAU_HEAD,
    Role.KEEPER: Post.KEEPER,
    Role.CUSTODIAN: Post.CUSTODIAN,
    Role.LEGAL_OFFICE: Post.LEGAL_OFFICE,
    Role.SUPERVISION: Post.SUPERVISION,
    Role.FINANCE: Post.FINANCE,
}
PERSONAL = frozenset({Post.OFFICER, Post.ON_SITE_LEADER})
"""Held for one recording or activity: whoever made or led it, so nobody holds them in general."""


class Held(NamedTuple):
    """A post and where it is held; `unit_id` None: in the whole bureau."""

    post: Post
    unit_id: int | None = None


def posts_of(officer: Officer) -> frozenset[Held]:
    """Every post the officer holds; none for an account that is off. At most two queries."""
    if not officer.is_active:
        return frozenset()
    held = {Held(post) for role, post in BY_ROLE.items() if role in officer.role_names}
    if Role.FINANCE in officer.role_names:
        held.add(Held(Post.EQUIPMENT))
    near = Q(head_id=officer.pk) | Q(pk=officer.unit_id)
    for unit in Unit.objects.filter(near, agency_id=officer.agency_id):
        held |= posts_in(officer, unit)
    return frozenset(held)


def posts_in(officer: Officer, unit: Unit) -> set[Held]:
    """What belonging to this unit, or heading it, makes of the officer."""
    held = set()
    is_member = unit.pk == officer.unit_id
    if unit.head_id == officer.pk or (is_member and Role.UNIT_HEAD in officer.role_names):
        held.add(Held(Post.UNIT_HEAD, unit.pk))
        if unit.kind == UnitKind.OFFICE:
            held.add(Held(Post.OFFICE_HEAD))
    if is_member and unit.kind == UnitKind.EQUIPMENT:
        held.add(Held(Post.EQUIPMENT))
    return held


def holders(agency: Agency, post: Post, unit: Unit | None = None) -> QuerySet[Officer]:
    """The bureau's active officers who hold `post`, by name.

    `unit` matters for the unit's head alone; without it, the heads of all units are meant. Nobody
    holds a post of `PERSONAL` in general.
    """
    officers = Officer.objects.filter(agency=agency, is_active=True)
    # A subquery: an officer who holds a post twice over is still one row.
    found = Officer.objects.filter(agency=agency).filter(holding(post, unit)).values("pk")
    return officers.filter(pk__in=found).order_by("name", "pk")


def holders_of_any(agency: Agency, named: Iterable[Post]) -> list[Officer]:
    """The bureau's active officers who hold one of these posts, each once, by name."""
    found = Q(pk__in=[])
    for post in named:
        found |= Q(pk__in=holders(agency, post).values("pk"))
    rows = Officer.objects.filter(found, agency=agency, is_active=True).select_related("unit")
    return list(rows.order_by("name", "pk"))


def holds_any(officer: Officer, named: Iterable[Post]) -> bool:
    return not {held.post for held in posts_of(officer)}.isdisjoint(named)


def holding(post: Post, unit: Unit | None) -> Q:
    if post in PERSONAL:
        return Q(pk__in=[])
    if post == Post.UNIT_HEAD:
        return heading() if unit is None else heading(unit=unit.pk)
    if post == Post.OFFICE_HEAD:
        return heading(unit__kind=UnitKind.OFFICE)
    if post == Post.EQUIPMENT:
        return Q(role_holdings__role=Role.FINANCE) | Q(unit__kind=UnitKind.EQUIPMENT)
    roles = [role for role, held in BY_ROLE.items() if held == post]
    return Q(role_holdings__role__in=roles)


def heading(**of: object) -> Q:
    """Named as a unit's head, or with the role in the unit. `of` is said of the officer's unit."""
    member = Q(role_holdings__role=Role.UNIT_HEAD, unit__isnull=False, **of)
    units = Unit.objects.filter(
        **{"pk" if name == "unit" else name.removeprefix("unit__"): is_ for name, is_ in of.items()}
    )
    return member | Q(heads__in=units)


def headed_by(officer: Officer) -> list[int]:
    """The keys of the units the officer heads."""
    return [
        held.unit_id
        for held in posts_of(officer)
        if held.post == Post.UNIT_HEAD and held.unit_id is not None
    ]
