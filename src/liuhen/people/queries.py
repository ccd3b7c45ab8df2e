"""Reads: who works here, and as what."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from liuhen.people.models import Agency, Decision, Officer, RoleChange, RoleHolding, Unit, UnitKind
from liuhen.people.permissions import GRANTED, Permission
from liuhen.people.roles import ADMINISTRATORS, ENFORCING, Role
from liuhen.people.spelling import plain, seen


def staff_of(agency: Agency) -> QuerySet[Officer]:
    """Everyone with an account, by unit and name, roles at hand."""
    rows = Officer.objects.filter(agency=agency).select_related("unit")
    return rows.prefetch_related("role_holdings").order_by("unit__name", "name", "pk")


@dataclass(frozen=True)
class StaffFilters:
    """What the filter bar asks for; None or "" means everyone.

    `state`: active, off, suspended (enforcement work stopped on `today`).
    """

    today: date
    words: str = ""
    unit: int | None = None
    role: str = ""
    state: str = ""

    def apply(self, staff: QuerySet[Officer]) -> QuerySet[Officer]:
        for word in self.words.split():
            staff = staff.filter(
                Q(name__icontains=word)
                | Q(login__icontains=word)
                | Q(officer_cert_no__icontains=word)
            )
        if self.unit is not None:
            staff = staff.filter(unit_id=self.unit)
        if self.role:
            staff = staff.filter(role_holdings__role=self.role)
        if self.state in ("active", "off"):
            staff = staff.filter(is_active=self.state == "active")
        if self.state == "suspended":
            staff = staff.filter(suspended_until__gte=self.today)
        return staff


@dataclass(frozen=True)
class HeldRole:
    """A role held; `grant` is the change that gave it, None for what set-up gave."""

    holding: RoleHolding
    grant: RoleChange | None


def held_roles(officer: Officer) -> list[HeldRole]:
    """What the officer holds, and by whose proposal and confirmation. Two queries."""
    changes = RoleChange.objects.filter(
        officer=officer, is_grant=True, decision=Decision.CONFIRMED
    ).select_related("proposed_by", "decided_by")
    newest = {change.role: change for change in changes.order_by("pk")}
    holdings = officer.role_holdings.order_by("granted_at", "pk")
    return [HeldRole(holding, newest.get(holding.role)) for holding in holdings]


def all_changes_of(agency: Agency) -> QuerySet[RoleChange]:
    return RoleChange.objects.filter(officer__agency=agency).select_related(
        "officer", "officer__unit", "proposed_by", "decided_by"
    )


def changes_of(agency: Agency, *, pending: bool) -> QuerySet[RoleChange]:
    """The bureau's role changes: those that wait, longest first; or the decided, newest first."""
    rows = all_changes_of(agency)
    if pending:
        return rows.filter(decision=Decision.PENDING).order_by("pk")
    return rows.exclude(decision=Decision.PENDING).order_by("-decided_at", "-pk")


def pending_of(officer: Officer) -> QuerySet[RoleChange]:
    return officer.role_changes.filter(decision=Decision.PENDING).select_related("proposed_by")


def waiting_for(officer: Officer) -> int:
    """How many role changes this officer may decide on; not one's own nor about oneself."""
    rows = RoleChange.objects.filter(
        officer__agency_id=officer.agency_id, decision=Decision.PENDING
    )
    return rows.exclude(proposed_by=officer).exclude(officer=officer).count()


def those_who_can_head(agency: Agency) -> QuerySet[Officer]:
    return those_who_record(agency)


def leaders(agency: Agency) -> QuerySet[Officer]:
    """局主管领导 whose account is on, by name."""
    rows = Officer.objects.filter(agency=agency, is_active=True, role_holdings__role=Role.LEADER)
    return rows.order_by("name", "pk")


def those_who_record(agency: Agency) -> QuerySet[Officer]:
    """Whom a recording can belong to: active accounts that are no administrator's."""
    administrators = Q(role_holdings__role__in=ADMINISTRATORS)
    rows = Officer.objects.filter(agency=agency, is_active=True).exclude(administrators)
    return rows.order_by("name", "pk")


def those_who_enforce(agency: Agency) -> QuerySet[Officer]:
    """Who may be handed a device: active accounts with a role in enforcement."""
    rows = Officer.objects.filter(
        agency=agency, is_active=True, role_holdings__role__in=ENFORCING
    ).distinct()
    return rows.order_by("name", "pk")


def those_who_may(agency: Agency, permission: Permission) -> QuerySet[Officer]:
    """Active accounts with a role that grants it, by name."""
    roles = [role for role, granted in GRANTED.items() if permission in granted]
    rows = Officer.objects.filter(agency=agency, is_active=True, role_holdings__role__in=roles)
    return rows.distinct().order_by("name", "pk")


def enforcer_named(typed: str, agency: Agency) -> Officer | None:
    """By certificate as a scanner reads it, by login, or by a name nobody else here has.

    The certificate first: one officer's login may be another one's number.
    """
    rows = those_who_enforce(agency)
    number = plain(typed)
    if not number:
        return None
    known = rows.filter(officer_cert_no__iexact=number).first()
    known = known or rows.filter(login__iexact=number).first()
    if known:
        return known
    called = list(rows.filter(name=seen(typed))[:2])
    return called[0] if len(called) == 1 else None


def units_of(agency: Agency) -> QuerySet[Unit]:
    return Unit.objects.filter(agency=agency).order_by("name", "pk")


def enforcing_units(agency: Agency) -> list[Unit]:
    """Those that enforce and have anybody in them."""
    somebody = Officer.objects.filter(unit=OuterRef("pk"), is_active=True)
    units = Unit.objects.filter(Exists(somebody), agency=agency, kind=UnitKind.ENFORCEMENT)
    return list(units.order_by("pk"))


def units_with_numbers(agency: Agency) -> QuerySet[Unit]:
    """With `people`: how many accounts that are on belong to each."""
    active = Count("officers", filter=Q(officers__is_active=True))
    return units_of(agency).select_related("head", "leader").annotate(people=active)
