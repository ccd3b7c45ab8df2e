"""Setting up a bureau and its accounts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import agencies, errors, given, invitations, roles_changing, sessions
from liuhen.people.models import Agency, Invitation, Officer, Unit
from liuhen.people.roles import ADMINISTRATORS, Role
from liuhen.people.spelling import plain, seen
from liuhen.people.units import differences

NEW = "新增人员"
"""Why a new account's roles are proposed."""


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
        invitation=invitation.pk if invitation else None,
    )
    for person in people:
        roles_changing.check_apart(person.roles)
        officer = make(agency, person, by="set-up", at=at, roles=sorted(person.roles))
        for role in sorted(person.roles):
            roles_changing.give(officer, role, at=at)
    return agency


@transaction.atomic
def add_officer(agency: Agency, new: NewOfficer, *, by: Officer, at: datetime) -> Officer:
    """An account with no role yet: those wished for are proposed, and another confirms them.

    The password is known to whoever adds the account, so it has to be changed at first sign-in.
    Refuses: LoginTaken, CertTaken, AdministratorsApart, NotOfThisAgency.
    """
    if agency.pk != by.agency_id:
        raise errors.NotOfThisAgency()
    roles_changing.check_apart(new.roles)
    officer = make(agency, new, by=by, at=at, must_change_password=True)
    given.note(officer, at=at)
    for role in sorted(new.roles):
        roles_changing.propose(officer, role, is_grant=True, reason=NEW, by=by, at=at)
    return officer


def make(
    agency: Agency,
    new: NewOfficer,
    *,
    by: Officer | str,
    at: datetime,
    must_change_password: bool = False,
    roles: Sequence[str] = (),
) -> Officer:
    """The account and its event, in the caller's transaction. Refuses: LoginTaken, CertTaken."""
    log.wait_for_turn()
    # Whatever the case: wrong tries at one would lock the other, and people mistake them.
    if Officer.objects.filter(login__iexact=new.login).exists():
        raise errors.LoginTaken(login=new.login)
    cert_no = plain(new.officer_cert_no or "") or None
    check_cert(cert_no)
    officer = Officer(
        agency=agency,
        unit=new.unit,
        login=new.login,
        name=seen(new.name),
        officer_cert_no=cert_no,
        password_set_at=at,
        must_change_password=must_change_password,
    )
    officer.set_password(new.password)
    officer.save()
    record_added(officer, by=by, at=at, roles=roles)
    return officer


def record_added(
    officer: Officer, *, by: Officer | str, at: datetime, roles: Sequence[str] = ()
) -> None:
    log.record(
        Kind.OFFICER_ADDED,
        subject=f"officer:{officer.login}",
        by=by,
        at=at,
        name=officer.name,
        cert_no=officer.officer_cert_no,
        unit=officer.unit.name if officer.unit else None,
        roles=list(roles),
    )


def check_cert(cert_no: str | None, *, of: Officer | None = None) -> None:
    """Refuses: CertTaken."""
    others = Officer.objects.filter(officer_cert_no__iexact=cert_no)
    if of is not None:
        others = others.exclude(pk=of.pk)
    if cert_no and others.exists():
        raise errors.CertTaken(cert_no=cert_no)


@dataclass(frozen=True)
class OfficerFacts:
    name: str
    officer_cert_no: str | None = None
    unit: Unit | None = None


@transaction.atomic
def change(officer: Officer, to: OfficerFacts, *, by: Officer, at: datetime) -> None:
    """Put a person's facts right; recordings keep the names they were sealed with.

    Nothing differs: no event. Refuses: NotOfThisAgency, CertTaken.
    """
    log.wait_for_turn()
    officer = Officer.objects.select_related("unit").get(pk=officer.pk)
    if officer.agency_id != by.agency_id or (to.unit and to.unit.agency_id != by.agency_id):
        raise errors.NotOfThisAgency()
    cert_no = plain(to.officer_cert_no or "") or None
    check_cert(cert_no, of=officer)
    before = said(officer)
    officer.name, officer.officer_cert_no, officer.unit = seen(to.name), cert_no, to.unit
    after = said(officer)
    if before == after:
        return
    officer.save(update_fields=["name", "officer_cert_no", "unit"])
    log.record(
        Kind.OFFICER_CHANGED,
        subject=f"officer:{officer.login}",
        by=by,
        at=at,
        **differences(before, after),
    )


def said(officer: Officer) -> dict[str, str | None]:
    unit = officer.unit.name if officer.unit else None
    return {"name": officer.name, "cert_no": officer.officer_cert_no, "unit": unit}


@transaction.atomic
def switch(officer: Officer, *, active: bool, by: Officer, at: datetime) -> None:
    """Turn an account off, or on again without its roles: another confirms them anew.

    Refuses: NotOfThisAgency, OwnAccount, IsHead, LastAdministrator; on again also NotPermitted.
    """
    log.wait_for_turn()
    if officer.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    if officer.pk == by.pk:
        raise errors.OwnAccount()
    if not active:
        check_dispensable(officer)
    if not Officer.objects.filter(pk=officer.pk, is_active=not active).update(is_active=active):
        return
    subject = f"officer:{officer.login}"
    if active:
        roles = roles_changing.held_by(officer)
        log.record(Kind.OFFICER_ENABLED, subject=subject, by=by, at=at, roles_waiting=sorted(roles))
        roles_changing.ask_again(officer, roles, by=by, at=at)
    else:
        log.record(Kind.OFFICER_DISABLED, subject=subject, by=by, at=at)
        sessions.end(officer, by=by, at=at, why=sessions.Ending.DISABLED)


def check_dispensable(officer: Officer) -> None:
    """Neither a unit nor one of the three administrators' roles is left with nobody."""
    if headed := Unit.objects.filter(head=officer).first():
        raise errors.IsHead(name=officer.name, unit=headed.name)
    for role in roles_changing.held_by(officer) & set(ADMINISTRATORS):
        roles_changing.check_not_last(officer, role)


@transaction.atomic
def set_password(
    officer: Officer, password: str, *, by: Officer, at: datetime, keep: str | None = None
) -> None:
    """Another person's must be changed at the next sign-in; sessions end, but for `keep`.

    Refuses: NotOfThisAgency.
    """
    if officer.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    officer.set_password(password)
    officer.password_set_at = at
    officer.must_change_password = officer.pk != by.pk
    officer.save(update_fields=["password", "password_set_at", "must_change_password"])
    if officer.pk != by.pk:
        given.note(officer, at=at)
    log.record(Kind.PASSWORD_CHANGED, subject=f"officer:{officer.login}", by=by, at=at)
    sessions.end(officer, by=by, at=at, why=sessions.Ending.PASSWORD, but=keep)
