"""Setting up a bureau and its accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import agencies, errors, invitations
from liuhen.people.models import Agency, Invitation, Officer, RoleHolding, Unit
from liuhen.people.roles import ADMINISTRATORS, Role


@dataclass(frozen=True)
class NewOfficer:
    login: str
    name: str
    password: str
    roles: frozenset[Role]
    officer_cert_no: str | None = None
    unit: Unit | None = None


@transaction.atomic
def set_up(
    *,
    agency_name: str,
    people: Iterable[NewOfficer],
    at: datetime,
    invitation: Invitation | None = None,
) -> Agency:
    """Name the bureau and make its first accounts: the installation's first one, or one invited.

    The first accounts are the only ones whose roles no second person confirms: nobody is there yet.
    Refuses: AlreadySetUp, AgencyTaken, InvitationUsed, LoginTaken.
    """
    log.wait_for_turn()
    agency = invitations.accept(invitation, at=at) if invitation else agencies.first()
    if agency.set_up_at:
        raise errors.AlreadySetUp()
    if Agency.objects.filter(name=agency_name).exclude(pk=agency.pk).exists():
        raise errors.AgencyTaken(name=agency_name)
    agency.name, agency.set_up_at = agency_name, at
    agency.save()
    log.record(
        Kind.AGENCY_SET_UP,
        subject=f"agency:{agency.pk}",
        by="set-up",
        at=at,
        name=agency_name,
    )
    for person in people:
        add_officer(agency, person, by="set-up", at=at)
    return agency


@transaction.atomic
def add_officer(agency: Agency, new: NewOfficer, *, by: Officer | str, at: datetime) -> Officer:
    """Refuses: LoginTaken, CertTaken, AdministratorsApart."""
    check_roles(new.roles)
    if Officer.objects.filter(login=new.login).exists():
        raise errors.LoginTaken(login=new.login)
    cert_no = new.officer_cert_no or None
    if cert_no and Officer.objects.filter(officer_cert_no=cert_no).exists():
        raise errors.CertTaken(cert_no=cert_no)
    officer = Officer(
        agency=agency, unit=new.unit, login=new.login, name=new.name, officer_cert_no=cert_no
    )
    officer.set_password(new.password)
    officer.save()
    RoleHolding.objects.bulk_create(
        [RoleHolding(officer=officer, role=role, granted_at=at) for role in sorted(new.roles)]
    )
    log.record(
        Kind.OFFICER_ADDED,
        subject=f"officer:{officer.login}",
        by=by,
        at=at,
        name=officer.name,
        cert_no=cert_no,
        unit=new.unit.name if new.unit else None,
        roles=sorted(new.roles),
    )
    return officer


def check_roles(roles: frozenset[Role]) -> None:
    """An administrator holds that one role and no other (GB/T 22239-2019: three, kept apart)."""
    if len(roles) > 1 and roles & set(ADMINISTRATORS):
        raise errors.AdministratorsApart()


@transaction.atomic
def switch(officer: Officer, *, active: bool, by: Officer, at: datetime) -> None:
    """Turn an account off or on again. Refuses: OwnAccount."""
    if officer.pk == by.pk:
        raise errors.OwnAccount()
    moved = Officer.objects.filter(pk=officer.pk, is_active=not active).update(is_active=active)
    if moved:
        kind = Kind.OFFICER_ENABLED if active else Kind.OFFICER_DISABLED
        log.record(kind, subject=f"officer:{officer.login}", by=by, at=at)


@transaction.atomic
def set_password(officer: Officer, password: str, *, by: Officer, at: datetime) -> None:
    officer.set_password(password)
    officer.save(update_fields=["password"])
    log.record(Kind.PASSWORD_CHANGED, subject=f"officer:{officer.login}", by=by, at=at)


def add_unit(agency: Agency, name: str) -> Unit:
    """Refuses: UnitTaken."""
    try:
        with transaction.atomic():
            return Unit.objects.create(agency=agency, name=name)
    except IntegrityError:
        raise errors.UnitTaken(name=name) from None


@transaction.atomic
def note_session(
    kind: Kind, *, login: str, by: Officer | str, at: datetime, address: str | None
) -> None:
    """Sign-in, failed sign-in, sign-out."""
    log.record(kind, subject=f"officer:{login[:50]}", by=by, at=at, address=address)
