"""A demonstration's bureau: name, people, units and devices, entered as a set-up enters them."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from liuhen.ops.demo_plan import Person, Place, Registered

MARKER = "DEMONSTRATION"
"""In the data folder: the accounts the sign-in page shows; without it the folder is no
demonstration."""


@dataclass(frozen=True)
class Bureau:
    """`from_date`: from when on it follows the regulation. `shown` None: every account is."""

    name: str
    units: tuple[Place, ...]
    people: tuple[Person, ...]
    devices: tuple[Registered, ...]
    pack_id: str
    from_date: date
    shown: frozenset[str] | None = None

    @property
    def accounts(self) -> list[Person]:
        return [one for one in self.people if self.shown is None or one.login in self.shown]


def found(bureau: Bureau, marker: Path, *, at: datetime) -> dict[str, str]:
    """Agency, units, accounts, devices; the accounts go into the marker the sign-in page reads.

    Answers the passwords that marker tells; each begins with another one.
    """
    from django.db import transaction

    from liuhen.people import agencies
    from liuhen.people import units as units_of
    from liuhen.regulations import setting_up

    passwords = {person.login: f"yanshi-{secrets.token_hex(4)}" for person in bureau.people}
    # The marker first: an interrupted demonstration is still known as one.
    write_marker(marker, bureau.accounts, passwords)
    with transaction.atomic():
        agency = agencies.first()
        units = {
            place.name: units_of.add(agency, facts_of(place), by="demonstration", at=at)
            for place in bureau.units
        }
        new = [account_of(one, first_of(passwords[one.login]), units) for one in bureau.people]
        setting_up.set_up(
            agency_name=bureau.name,
            pack_id=bureau.pack_id,
            from_date=bureau.from_date,
            people=new,
            at=at,
        )
        register_devices(agency, units, bureau.devices, at=at)
        appoint_heads(bureau.units, units, at=at)
    return passwords


def write_marker(marker: Path, people: Sequence[Person], passwords: dict[str, str]) -> None:
    from liuhen.people.roles import Role

    accounts = [
        {
            "login": person.login,
            "name": person.name,
            "role": str(Role(person.role).label),
            "password": passwords[person.login],
        }
        for person in people
    ]
    marker.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")


def first_of(password: str) -> str:
    return f"{password}-1"


def change_passwords(to: dict[str, str], *, at: datetime) -> None:
    """Before they are too old, each their own."""
    from liuhen.people import sign_in
    from liuhen.people.models import Officer

    for officer in Officer.objects.filter(login__in=to).order_by("pk"):
        new = to[officer.login]
        sign_in.change_password(officer, old=first_of(new), new=new, at=at, address=None, keep=None)


def register_devices(
    agency: Any, units: dict[str, Any], devices: Sequence[Registered], *, at: datetime
) -> None:
    from liuhen.devices import passwords, register
    from liuhen.devices.models import Device
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.all()}
    for one in devices:
        new = device_facts(one, units[one.unit], people.get(one.keeper or ""))
        register.enter(agency, one.device_no, new, by=people["shebei"], at=at)
    locked = Device.objects.get(device_no=devices[0].device_no)
    drawn = f"{secrets.randbelow(10**6):06}"
    passwords.keep(locked, drawn, by=people["shebei"], at=at)


def device_facts(one: Registered, unit: Any, keeper: Any) -> Any:
    from liuhen.devices.facts import GB, AssetFacts, DeviceFacts
    from liuhen.devices.models import DeviceKind

    kind = DeviceKind(one.kind)
    asset = AssetFacts(
        asset_no=one.asset_no,
        asset_name=str(kind.label),
        unit_price=Decimal(one.price),
        funds="财政拨款",
        procurement_form="政府采购",
        managing_unit="办公室",
        place=one.place,
        acquired_date=date.fromisoformat(one.acquired),
    )
    return DeviceFacts(
        kind,
        unit,
        one.maker,
        one.model,
        one.serial_no,
        keeper,
        is_explosion_proof=one.is_explosion_proof,
        capacity_bytes=one.gb and one.gb * GB,
        remarks=one.remarks,
        asset=asset,
    )


def facts_of(place: Place, head: Any = None) -> Any:
    from liuhen.people.models import UnitKind
    from liuhen.people.units import UnitFacts

    return UnitFacts(place.name, UnitKind(place.kind), is_busy=place.is_busy, head=head)


def appoint_heads(places: Sequence[Place], units: dict[str, Any], *, at: datetime) -> None:
    """Only now are there people to appoint."""
    from liuhen.people import units as units_of
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.all()}
    for place in places:
        if place.head:
            to = facts_of(place, people[place.head])
            units_of.change(units[place.name], to, by=people["anquan"], at=at)


def account_of(person: Person, password: str, units: dict[str, Any]) -> Any:
    from liuhen.people.roles import Role
    from liuhen.people.staff import NewOfficer

    return NewOfficer(
        login=person.login,
        name=person.name,
        password=password,
        roles=frozenset({Role(person.role)}),
        officer_cert_no=person.cert_no,
        unit=units[person.unit] if person.unit else None,
    )
