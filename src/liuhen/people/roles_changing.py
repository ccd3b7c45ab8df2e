"""Giving and taking roles, by two people: one proposes, another confirms."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import errors, given, permissions
from liuhen.people.models import Agency, Decision, Officer, RoleChange, RoleHolding
from liuhen.people.permissions import Permission
from liuhen.people.roles import ADMINISTRATORS, Role

ON_AGAIN = "重新启用账号"
"""Why the roles of an account that was off are proposed."""


@transaction.atomic
def propose(
    officer: Officer, role: Role, *, is_grant: bool, reason: str, by: Officer, at: datetime
) -> RoleChange:
    """Ask for a role to be given or taken; nothing is held or lost before another confirms.

    Refuses: NotPermitted, NotOfThisAgency, OwnRoles, AccountOff, RoleHeld, RoleNotHeld,
    RolePending, AdministratorsApart, LastAdministrator.
    """
    permissions.check(by, Permission.MANAGE_PEOPLE)
    log.wait_for_turn()
    officer = Officer.objects.get(pk=officer.pk)
    if officer.pk == by.pk:
        raise errors.OwnRoles()
    check_possible(officer, role, is_grant, by)
    waiting = RoleChange.objects.filter(officer=officer, decision=Decision.PENDING)
    if waiting.filter(role=role).exists():
        raise errors.RolePending(name=officer.name, role=role.label)
    if is_grant:
        hoped_for = waiting.filter(is_grant=True).values_list("role", flat=True)
        check_apart(held_by(officer) | {role} | set(map(Role, hoped_for)))
    change = RoleChange.objects.create(
        officer=officer,
        role=role,
        is_grant=is_grant,
        reason=reason,
        proposed_by=by,
        proposed_at=at,
    )
    record(Kind.ROLE_PROPOSED, change, by=by, at=at, reason=reason)
    return change


def ask_again(officer: Officer, roles: set[Role], *, by: Officer, at: datetime) -> None:
    """What an account held that is on again waits for another's word; in the caller's transaction.

    Whoever left does not notice that their account is used, so one person must not bring it back
    with all it could do. A role that somebody asked to be taken is not asked for again.
    """
    RoleHolding.objects.filter(officer=officer).delete()
    waiting = RoleChange.objects.filter(officer=officer, decision=Decision.PENDING)
    for role in sorted(roles - set(map(Role, waiting.values_list("role", flat=True)))):
        propose(officer, role, is_grant=True, reason=ON_AGAIN, by=by, at=at)


@transaction.atomic
def confirm(change: RoleChange, *, by: Officer, at: datetime) -> None:
    """The second person's yes: the role is held, or no longer held, from now on.

    Refuses: NotPermitted, SignInGiven, NotOfThisAgency, OwnProposal, OwnRoles, RoleDecided,
    AccountOff, RoleHeld, RoleNotHeld, AdministratorsApart, LastAdministrator.
    """
    change = to_decide(change, by, at)
    officer, role = change.officer, Role(change.role)
    check_possible(officer, role, change.is_grant, by)
    decide(change, Decision.CONFIRMED, by=by, at=at)
    if change.is_grant:
        check_apart(held_by(officer) | {role})
        give(officer, role, at=at)
    else:
        RoleHolding.objects.filter(officer=officer, role=role).delete()
    kind = Kind.ROLE_GRANTED if change.is_grant else Kind.ROLE_TAKEN
    record(kind, change, by=by, at=at, proposed_by=change.proposed_by.login)


@transaction.atomic
def refuse(change: RoleChange, *, reason: str = "", by: Officer, at: datetime) -> None:
    """The second person's no. Refuses: NotPermitted, SignInGiven, NotOfThisAgency,
    OwnProposal, OwnRoles, RoleDecided."""
    change = to_decide(change, by, at)
    decide(change, Decision.REFUSED, by=by, at=at, objection=reason)
    record(Kind.ROLE_REFUSED, change, by=by, at=at, reason=reason)


@transaction.atomic
def withdraw(change: RoleChange, *, by: Officer, at: datetime) -> None:
    """The proposer thinks better of it. Refuses: NotYourProposal, RoleDecided."""
    if change.proposed_by_id != by.pk:
        raise errors.NotYourProposal()
    log.wait_for_turn()
    decide(change, Decision.WITHDRAWN, by=by, at=at)
    record(Kind.ROLE_WITHDRAWN, change, by=by, at=at)


def to_decide(change: RoleChange, by: Officer, at: datetime) -> RoleChange:
    """The change as it stands, once it is known that `by` may decide on it."""
    permissions.check(by, Permission.CONFIRM_ROLES)
    log.wait_for_turn()
    given.check_own(by, at=at)
    change = RoleChange.objects.select_related("officer", "proposed_by").get(pk=change.pk)
    if change.officer.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    if change.proposed_by_id == by.pk:
        raise errors.OwnProposal()
    if change.officer_id == by.pk:
        raise errors.OwnRoles()
    if change.decision != Decision.PENDING:
        raise errors.RoleDecided()
    return change


def decide(
    change: RoleChange, decision: Decision, *, by: Officer, at: datetime, objection: str = ""
) -> None:
    # Compare-and-set: two deciders, one effect.
    pending = RoleChange.objects.filter(pk=change.pk, decision=Decision.PENDING)
    if not pending.update(decision=decision, decided_by=by, decided_at=at, objection=objection):
        raise errors.RoleDecided()


def check_possible(officer: Officer, role: Role, is_grant: bool, by: Officer) -> None:
    """Can this role be given or taken at all, as things stand now?"""
    if officer.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    is_held = role in held_by(officer)
    if is_grant and not officer.is_active:
        raise errors.AccountOff(name=officer.name)
    if is_grant and is_held:
        raise errors.RoleHeld(name=officer.name, role=role.label)
    if not is_grant and not is_held:
        raise errors.RoleNotHeld(name=officer.name, role=role.label)
    if not is_grant:
        check_not_last(officer, role)
    if is_grant and role in ADMINISTRATORS and officer.heads.exists():
        raise errors.AdministratorsApart()


def held_by(officer: Officer) -> set[Role]:
    rows = RoleHolding.objects.filter(officer=officer).values_list("role", flat=True)
    return set(map(Role, rows))


def check_apart(roles: set[Role] | frozenset[Role]) -> None:
    """An administrator holds that one role and no other (GB/T 22239-2019: three, kept apart)."""
    if len(roles) > 1 and roles & set(ADMINISTRATORS):
        raise errors.AdministratorsApart()


def check_not_last(officer: Officer, role: Role) -> None:
    """A bureau without one of the three could not govern itself, and nobody could mend that."""
    if role not in ADMINISTRATORS or not officer.is_active:
        return
    others = holders(officer.agency, role).exclude(pk=officer.pk)
    if not others.exists():
        raise errors.LastAdministrator(name=officer.name, role=role.label)


def holders(agency: Agency, role: Role) -> QuerySet[Officer]:
    return Officer.objects.filter(agency=agency, is_active=True, role_holdings__role=role)


def give(officer: Officer, role: Role, *, at: datetime) -> None:
    """The database has the last word on who may hold what."""
    try:
        with transaction.atomic():
            RoleHolding.objects.create(officer=officer, role=role, granted_at=at)
    except IntegrityError:
        if role in held_by(officer):
            raise errors.RoleHeld(name=officer.name, role=role.label) from None
        raise errors.AdministratorsApart() from None


def record(kind: Kind, change: RoleChange, *, by: Officer, at: datetime, **facts: str) -> None:
    log.record(
        kind,
        subject=f"officer:{change.officer.login}",
        by=by,
        at=at,
        change=change.pk,
        role=str(change.role),
        is_grant=change.is_grant,
        **facts,
    )
