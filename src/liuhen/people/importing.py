"""Taking in a list of people at once: all of it, or nothing."""

import re
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people import errors, permissions, roles_changing
from liuhen.people.filled import Fault, Row, said_of
from liuhen.people.models import Agency, Officer, RoleChange, Unit
from liuhen.people.permissions import Permission
from liuhen.people.roles import Role
from liuhen.people.roster import HEADS
from liuhen.people.spelling import LOGIN, half_width, plain, seen

NAME, LOGIN_HEAD, CERT, UNIT, *ROLES = HEADS
MOST_TEXT = 50
"""Characters the database has for a name, a login, a certificate number."""

IMPORTED = "批量导入"
"""Why an imported account's roles are proposed."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike on paper: i l o 0 1."""


@dataclass(frozen=True)
class Hopeful:
    """A row understood; `faults` empty when it can be taken in."""

    row: Row
    unit: Unit | None = None
    roles: frozenset[Role] = frozenset()
    faults: tuple[Fault, ...] = ()

    @property
    def said(self) -> str:
        return said_of(self.faults)


@dataclass(frozen=True)
class Made:
    """A new account and its first password, which is told once and not kept."""

    officer: Officer
    password: str = field(repr=False)


@dataclass(frozen=True)
class Known:
    """What a row is held against, read once for all rows."""

    units: dict[str, Unit]
    roles: dict[str, Role]
    logins: Counter[str]
    certs: Counter[str]
    taken_logins: frozenset[str]
    taken_certs: frozenset[str]


def check(agency: Agency, rows: Sequence[Row]) -> list[Hopeful]:
    """Each row with all that is wrong with it. Three queries, however many rows."""
    rows = [respelt(row) for row in rows]
    known = known_for(agency, rows)
    return [understood(row, known) for row in rows]


def respelt(row: Row) -> Row:
    name, login, cert, *rest = row.texts
    return replace(row, texts=(seen(name), half_width(login), plain(cert), *map(seen, rest)))


def known_for(agency: Agency, rows: Sequence[Row]) -> Known:
    logins = [row.texts[1] for row in rows]
    certs = [row.texts[2] for row in rows if row.texts[2]]
    with translation.override("zh-hans"):  # the file's words
        roles = {str(role.label): role for role in Role}
    officers = Officer.objects.all()
    return Known(
        units={unit.name: unit for unit in Unit.objects.filter(agency=agency)},
        roles=roles,
        logins=Counter(map(str.casefold, logins)),
        certs=Counter(map(str.casefold, certs)),
        taken_logins=taken(officers, "login", logins),
        taken_certs=taken(officers, "officer_cert_no", certs),
    )


def taken(officers: QuerySet[Officer], field: str, texts: Sequence[str]) -> frozenset[str]:
    """Which of these somebody has, whatever the case; folded."""
    rows = officers.annotate(lower=Lower(field)).filter(lower__in={text.lower() for text in texts})
    return frozenset(map(str.casefold, rows.values_list("lower", flat=True)))


def understood(row: Row, known: Known) -> Hopeful:
    if row.faults:
        return Hopeful(row, faults=row.faults)
    unit_name, *role_names = row.texts[3:]
    faults = [*facts_faults(row, known)]
    if unit_name and unit_name not in known.units:
        faults.append(Fault(UNIT, _("没有名为“%s”的科室。") % unit_name))
    for head, text in zip(ROLES, role_names, strict=True):
        if text and text not in known.roles:
            faults.append(Fault(head, _("没有名为“%s”的岗位。") % text))
    roles = frozenset(known.roles[text] for text in role_names if text in known.roles)
    try:
        roles_changing.check_apart(roles)
    except errors.AdministratorsApart as no:
        faults.append(Fault("", no.text))
    return Hopeful(row, known.units.get(unit_name), roles, tuple(faults))


def facts_faults(row: Row, known: Known) -> list[Fault]:
    name, login, cert, *_rest = row.texts
    faults = [
        Fault(head, _("不能超过 %d 个字。") % MOST_TEXT)
        for head, text in ((NAME, name), (LOGIN_HEAD, login), (CERT, cert))
        if len(text) > MOST_TEXT
    ]
    if not name:
        faults.append(Fault(NAME, _("不能为空。")))
    if not login:
        faults.append(Fault(LOGIN_HEAD, _("不能为空。")))
    elif not re.match(LOGIN, login):
        faults.append(Fault(LOGIN_HEAD, _("只能使用文字、字母、数字以及 . _ - @。")))
    elif login.casefold() in known.taken_logins:
        faults.append(Fault(LOGIN_HEAD, _("“%s”已被使用。") % login))
    elif known.logins[login.casefold()] > 1:
        faults.append(Fault(LOGIN_HEAD, _("“%s”在表中重复。") % login))
    if cert.casefold() in known.taken_certs:
        faults.append(Fault(CERT, _("“%s”已登记在其他人员名下。") % cert))
    elif cert and known.certs[cert.casefold()] > 1:
        faults.append(Fault(CERT, _("“%s”在表中重复。") % cert))
    return faults


def take_in(agency: Agency, rows: Sequence[Row], *, by: Officer, at: datetime) -> list[Made]:
    """Accounts for all rows, their roles proposed; each must change its password first.

    Refuses: NotPermitted, NotOfThisAgency, RosterFaulty (any row is wrong).
    """
    permissions.check(by, Permission.MANAGE_PEOPLE)
    if agency.pk != by.agency_id:
        raise errors.NotOfThisAgency()
    refuse_faulty(check(agency, rows))
    passwords = [first_password() for _row in rows]
    # Hashed before the transaction, or the log would wait for it.
    hasher = DrawnPasswordHasher()
    hashes = [hasher.encode(password, hasher.salt()) for password in passwords]
    with transaction.atomic():
        log.wait_for_turn()
        hopefuls = check(agency, rows)
        refuse_faulty(hopefuls)  # somebody may have taken a login meanwhile
        officers = save(agency, hopefuls, hashes, by=by, at=at)
    return [Made(officer, password) for officer, password in zip(officers, passwords, strict=True)]


def refuse_faulty(hopefuls: Sequence[Hopeful]) -> None:
    wrong = sum(bool(one.faults) for one in hopefuls)
    if wrong:
        raise errors.RosterFaulty(wrong=wrong, all=len(hopefuls))


class DrawnPasswordHasher(Argon2PasswordHasher):
    """For drawn passwords only: with 59 bits nobody guesses one, however quick a guess is.

    300 of the usual ones take a minute of two cores, longer than a proxy waits, and passwords
    that are told once would be lost. Django hashes it in full when it is first used.
    """

    memory_cost, time_cost, parallelism = 8192, 1, 1


def first_password() -> str:
    """12 signs of 31, about 59 bits, in three groups."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def save(
    agency: Agency, hopefuls: Sequence[Hopeful], hashes: Sequence[str], *, by: Officer, at: datetime
) -> list[Officer]:
    officers = Officer.objects.bulk_create(
        Officer(
            agency=agency,
            unit=one.unit,
            name=one.row.texts[0],
            login=one.row.texts[1],
            officer_cert_no=one.row.texts[2] or None,
            password=hashed,
            password_set_at=at,
            must_change_password=True,
            sign_in_given_at=at,
        )
        for one, hashed in zip(hopefuls, hashes, strict=True)
    )
    changes = RoleChange.objects.bulk_create(
        RoleChange(
            officer=officer,
            role=role,
            is_grant=True,
            reason=IMPORTED,
            proposed_by=by,
            proposed_at=at,
        )
        for officer, one in zip(officers, hopefuls, strict=True)
        for role in sorted(one.roles)
    )
    log.record_all(acts_of(agency, officers, changes, by=by, at=at))
    return officers


def acts_of(
    agency: Agency,
    officers: Sequence[Officer],
    changes: Sequence[RoleChange],
    *,
    by: Officer,
    at: datetime,
) -> list[Act]:
    """One that tells of the list, then one for each account and each role hoped for."""
    whole = Act(Kind.OFFICERS_IMPORTED, f"agency:{agency.pk}", by, at, {"officers": len(officers)})
    added = [
        Act(
            Kind.OFFICER_ADDED,
            f"officer:{officer.login}",
            by,
            at,
            {
                "name": officer.name,
                "cert_no": officer.officer_cert_no,
                "unit": officer.unit.name if officer.unit else None,
                "roles": [],
            },
        )
        for officer in officers
    ]
    proposed = [
        Act(
            Kind.ROLE_PROPOSED,
            f"officer:{change.officer.login}",
            by,
            at,
            {"change": change.pk, "role": str(change.role), "is_grant": True, "reason": IMPORTED},
        )
        for change in changes
    ]
    return [whole, *added, *proposed]
