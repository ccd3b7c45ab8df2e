"""A demonstration bureau, made by the same operations the pages use."""

import json
import secrets
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.demo_plan import Person, Place, Registered
from liuhen.ops.shell import Answer, Say, subcommand

DEFAULT = "~/liuhen-demo"

NEW_PASSWORDS = timedelta(days=10)
"""So long ago everybody changed the password they had begun with."""


@subcommand("demo", default_data=DEFAULT)
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take real files from here instead of generated ones.",
)
@click.option("--serve/--no-serve", "serve_after", default=True, help="Serve it afterwards.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(
    say: Say, folder: DataDir, samples: Path | None, serve_after: bool, host: str, port: int
) -> Answer:
    """Fill a demonstration bureau in a data directory of its own, then serve it.

    Passwords are drawn anew for each demonstration and shown on its sign-in page only.
    """
    from liuhen.people import agencies
    from liuhen.recordings.models import Recording

    marker = folder.root / "DEMONSTRATION"
    if agencies.is_set_up() and not marker.exists():
        message = f"{folder.root} 是正式数据目录，演示数据不能放入。请用 --data 指定另一个目录。"
        say.problem(message)
        return {"ok": False, "refused": "demo.not_a_demonstration", "message": message}
    if not agencies.is_set_up():
        fill(say, marker, samples)
    say(f"演示单位：{Recording.objects.count()} 件音像资料，账号见登录页")
    if serve_after:
        from liuhen.ops.serve import serve

        return serve(say, folder, host, port)
    return {"ok": True, "data": str(folder.root), "recordings": Recording.objects.count()}


def fill(say: Say, marker: Path, samples: Path | None) -> None:
    """Each part builds on those before it."""
    from liuhen.ops import (
        demo_access,
        demo_breaches,
        demo_cases,
        demo_discs,
        demo_disposal,
        demo_duties,
        demo_enforcement,
        demo_keeping,
        demo_past,
        demo_player,
        demo_reviews,
        demo_spot,
        demo_supply,
        demo_unrecorded,
        demo_uses,
    )

    passwords = people(marker)
    demo_past.make(say)
    demo_disposal.make()
    change_passwords(passwords)
    demo_uses.make()
    cards(say, samples)
    demo_supply.make()
    demo_duties.make()
    demo_enforcement.make()
    demo_unrecorded.make()
    demo_cases.make()
    demo_keeping.make()
    demo_discs.make()
    demo_player.make()
    demo_access.make()
    demo_spot.make()
    demo_breaches.make()
    demo_reviews.make()
    demo_disposal.catch_up()


def people(marker: Path) -> dict[str, str]:
    """Agency, units, accounts, devices; the accounts go into the marker the sign-in page reads.

    Answers the passwords that marker tells; each begins with another one.
    """
    from django.db import transaction

    from liuhen.kernel.clock import in_china, now
    from liuhen.ops import demo_plan as plan
    from liuhen.ops.demo_past import BEGAN
    from liuhen.people import agencies
    from liuhen.people import units as units_of
    from liuhen.people.roles import Role
    from liuhen.regulations import setting_up

    passwords = {person.login: f"yanshi-{secrets.token_hex(4)}" for person in plan.PEOPLE}
    accounts = [
        {
            "login": person.login,
            "name": person.name,
            "role": str(Role(person.role).label),
            "password": passwords[person.login],
        }
        for person in plan.PEOPLE
    ]
    # The marker first: an interrupted demonstration is still known as one.
    marker.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")
    at = now() - BEGAN
    with transaction.atomic():
        agency = agencies.first()
        units = {
            place.name: units_of.add(agency, facts_of(place), by="demonstration", at=at)
            for place in plan.UNITS
        }
        new = [account_of(one, first_of(passwords[one.login]), units) for one in plan.PEOPLE]
        setting_up.set_up(
            agency_name=plan.AGENCY,
            pack_id=lively_pack(),
            from_date=in_china(now()).date() - timedelta(days=365),
            people=new,
            at=at,
        )
        register_devices(agency, units, at=at)
        appoint_heads(units, at=at)
    return passwords


def first_of(password: str) -> str:
    return f"{password}-1"


def change_passwords(to: dict[str, str]) -> None:
    """Before they are too old, each their own."""
    from liuhen.kernel.clock import now
    from liuhen.people import sign_in
    from liuhen.people.models import Officer

    at = now() - NEW_PASSWORDS
    for officer in Officer.objects.order_by("pk"):
        new = to[officer.login]
        sign_in.change_password(officer, old=first_of(new), new=new, at=at, address=None, keep=None)


def lively_pack() -> str:
    """A regulation that asks for something every working day, so that the inbox is alive."""
    from liuhen.engines.policy.values import Cadence
    from liuhen.engines.policy.vocabulary import Rhythm
    from liuhen.packs.catalogue import offered

    return next(
        pack.pack_id
        for pack in offered()
        for series in pack.parameters.values()
        if isinstance(series[0], Cadence) and series[0].rhythm == Rhythm.WORKING_DAY
    )


def register_devices(agency: Any, units: dict[str, Any], *, at: datetime) -> None:
    from liuhen.devices import passwords, register
    from liuhen.devices.models import Device
    from liuhen.ops import demo_plan as plan
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.all()}
    for one in plan.DEVICES:
        new = device_facts(one, units[one.unit], people.get(one.keeper or ""))
        register.enter(agency, one.device_no, new, by=people["shebei"], at=at)
    locked = Device.objects.get(device_no=plan.DEVICES[0].device_no)
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


def appoint_heads(units: dict[str, Any], *, at: datetime) -> None:
    """Only now are there people to appoint."""
    from liuhen.ops import demo_plan as plan
    from liuhen.people import units as units_of
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.all()}
    for place in plan.UNITS:
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


def cards(say: Say, samples: Path | None) -> None:
    """Take the cards in and examine them at once, so that the first page is alive."""
    from django.conf import settings

    from liuhen.kernel.clock import now
    from liuhen.ops import demo_cards
    from liuhen.ops import demo_plan as plan

    if samples is not None:
        take_in(samples, None, None)
    else:
        with tempfile.TemporaryDirectory(prefix="liuhen-demo-") as made:
            folder = Path(made)
            for done, total in demo_cards.make(
                folder, now=now(), processes=settings.LIUHEN_PROCESSES
            ):
                say(f"\r生成演示录像 {done}/{total}", nl=done == total)
            for card in plan.CARDS:
                take_in(folder / card.device_no, card.device_no, card.cert_no)
    examine_all(say)


def take_in(
    path: Path, device_no: str | None, cert_no: str | None, at: datetime | None = None
) -> None:
    """`at`: in the evening of a day gone by."""
    from liuhen.kernel.clock import now
    from liuhen.people import agencies
    from liuhen.recordings import batches, intake

    batch = batches.ask(
        [bytes(path)],
        by="demonstration",
        at=at or now(),
        device_no=device_no,
        officer=batches.officer_with_cert(cert_no, agencies.first()),
    )
    intake.run(batch, clock=lambda: at or now())


def examine_all(say: Say | None = None, at: datetime | None = None) -> None:
    """What the worker would do; its own tasks then find nothing left to do."""
    from liuhen.kernel.clock import now
    from liuhen.recordings import examination, renditions
    from liuhen.recordings.models import Recording, RecordingState

    waiting = Recording.objects.filter(state=RecordingState.SEALED).order_by("pk")
    for done, recording in enumerate(list(waiting), 1):
        examination.examine(recording, at=at or now())
        recording.refresh_from_db()
        if not (recording.examination or {}).get("browser_playable"):
            renditions.render(recording)
        if say:
            say(f"\r检验录像 {done}", nl=False)
    if say:
        say("")
