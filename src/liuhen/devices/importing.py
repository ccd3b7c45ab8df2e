"""Taking in a list of devices at once: all of it, or nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import facts, keepers, sheet, tables
from liuhen.devices.facts import ASSET_FIELDS, GB, NOTHING, AssetFacts, DeviceFacts
from liuhen.devices.models import Asset, Device, DeviceKind
from liuhen.devices.money import is_money
from liuhen.devices.register import COLLECTING, put, subject_of
from liuhen.people import permissions
from liuhen.people.errors import NotOfThisAgency
from liuhen.people.filled import Fault, Row, said_of
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.permissions import Permission
from liuhen.people.queries import those_who_record
from liuhen.people.spelling import half_width, seen

CAPACITY = re.compile(r"\d{1,6}(\.\d{1,3})?\Z")
MOST_QUANTITY = 999_999
TEXT_FIELDS: dict[str, tuple[type[Device | Asset], str]] = {
    sheet.MAKER: (Device, "maker"),
    sheet.MODEL: (Device, "model"),
    sheet.SERIAL: (Device, "serial_no"),
    sheet.REMARKS: (Device, "remarks"),
    sheet.ASSET_NO: (Asset, "asset_no"),
    sheet.ASSET_NAME: (Asset, "asset_name"),
    sheet.CATEGORY: (Asset, "category_code"),
    sheet.SPECIFICATION: (Asset, "specification"),
    sheet.INVOICE: (Asset, "invoice_no"),
    sheet.FUNDS: (Asset, "funds"),
    sheet.FORM: (Asset, "procurement_form"),
    sheet.MANAGING: (Asset, "managing_unit"),
    sheet.PLACE: (Asset, "place"),
}
MOST = {
    head: cast("CharField[str, str]", model._meta.get_field(name)).max_length or 0
    for head, (model, name) in TEXT_FIELDS.items()
} | {sheet.NUMBER: 50}
"""Characters the database has for each column."""


@dataclass(frozen=True)
class Hopeful:
    """A row understood; `facts` None and `faults` not empty where it can't be taken in."""

    row: Row
    facts: DeviceFacts | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def said(self) -> str:
        return said_of(self.faults)


class People:
    """Officers by what a list may call them: 姓名（登录名）, the login, or the name alone."""

    def __init__(self, officers: Iterable[Officer]) -> None:
        self.found: dict[str, list[Officer]] = defaultdict(list)
        for officer in officers:
            for called in {sheet.name_of(officer), officer.login, officer.name}:
                self.found[half_width(called).casefold()].append(officer)

    def get(self, called: str) -> list[Officer]:
        return self.found.get(half_width(called).casefold(), [])


@dataclass(frozen=True)
class Known:
    """What a row is held against, read once for all rows."""

    kinds: dict[str, DeviceKind]
    units: dict[str, Unit]
    keepers: People
    others: People
    numbers: Counter[str]
    taken: frozenset[str]


def check(agency: Agency, rows: Sequence[Row]) -> list[Hopeful]:
    """Each row with all that is wrong with it. A handful of queries, however many rows."""
    rows = [replace(row, texts=respelt(row.texts)) for row in rows]
    numbers = [row.texts[0].casefold() for row in rows]
    lower = Device.objects.filter(agency=agency).annotate(lower=Lower("device_no"))
    known = Known(
        kinds=sheet.kinds(),
        units={unit.name: unit for unit in Unit.objects.filter(agency=agency)},
        keepers=People(keepers.candidates(agency)),
        others=People(those_who_record(agency)),
        numbers=Counter(numbers),
        taken=frozenset(map(str.casefold, lower.values_list("lower", flat=True))),
    )
    return [understood(row, known) for row in rows]


def respelt(texts: Sequence[str]) -> tuple[str, ...]:
    return (half_width(texts[0]), *map(seen, texts[1:]))


def understood(row: Row, known: Known) -> Hopeful:
    reading = Reading(dict(zip(sheet.HEADS, row.texts, strict=True)), known)
    read = reading.facts()
    faults = (*row.faults, *reading.faults)
    return Hopeful(row, faults=faults) if faults or read is None else Hopeful(row, read)


class Reading:
    """One row, column by column; what can't be understood is noted and reading goes on."""

    def __init__(self, texts: dict[str, str], known: Known) -> None:
        self.texts, self.known = texts, known
        self.faults: list[Fault] = []

    def wrong(self, head: str, said: str) -> None:
        self.faults.append(Fault(head, said))

    def facts(self) -> DeviceFacts | None:
        self.number()
        self.lengths()
        kind, unit = self.kind(), self.unit()
        asset = self.asset()
        if kind in COLLECTING:
            for head, there in ((sheet.UNIT, unit), (sheet.PLACE, asset.place)):
                if not there:
                    self.wrong(head, _("采集、存储设备须填写。"))
        found: dict[str, Any] = {
            "keeper": self.person(sheet.KEEPER, self.known.keepers),
            "first_responsible": self.person(sheet.FIRST, self.known.others),
        }
        proof, capacity = self.yes_or_no(), self.capacity()
        if kind is None:
            return None
        own: dict[str, Any] = {
            name: self.texts[head] for head, (of, name) in TEXT_FIELDS.items() if of is Device
        }
        return DeviceFacts(
            kind,
            unit,
            **own,
            **found,
            is_explosion_proof=proof,
            capacity_bytes=capacity,
            asset=asset,
        )

    def number(self) -> None:
        number = self.texts[sheet.NUMBER]
        if not number:
            self.wrong(sheet.NUMBER, _("不能为空。"))
        elif number.casefold() in self.known.taken:
            self.wrong(sheet.NUMBER, _("“%s”已登记。") % number)
        elif self.known.numbers[number.casefold()] > 1:
            self.wrong(sheet.NUMBER, _("“%s”在表中重复。") % number)

    def lengths(self) -> None:
        for head, most in MOST.items():
            self.faults += tables.too_long(head, self.texts[head], most)

    def kind(self) -> DeviceKind | None:
        text = self.texts[sheet.KIND]
        if not text:
            self.wrong(sheet.KIND, _("不能为空。"))
        elif text not in self.known.kinds:
            self.wrong(sheet.KIND, _("没有“%s”这一类型，请从下拉列表中选择。") % text)
        return self.known.kinds.get(text)

    def unit(self) -> Unit | None:
        text = self.texts[sheet.UNIT]
        if text and text not in self.known.units:
            self.wrong(sheet.UNIT, _("没有名为“%s”的科室。") % text)
        return self.known.units.get(text)

    def person(self, head: str, people: People) -> Officer | None:
        text = self.texts[head]
        found = people.get(text) if text else []
        if len(found) > 1:
            self.wrong(head, _("有多人名为“%s”，请写作“姓名（登录名）”。") % text)
        elif text and not found and head == sheet.KEEPER:
            self.wrong(head, _("“%s”不是本单位在岗的设备管理员。") % text)
        elif text and not found:
            self.wrong(head, _("本单位没有可担任第一责任人的“%s”。") % text)
        return found[0] if len(found) == 1 else None

    def yes_or_no(self) -> bool:
        text = self.texts[sheet.PROOF]
        if text not in ("", sheet.YES, sheet.NO):
            self.wrong(sheet.PROOF, _("请填写“是”或“否”。"))
        return text == sheet.YES

    def capacity(self) -> int | None:
        text = half_width(self.texts[sheet.CAPACITY])
        if not text:
            return None
        if not CAPACITY.match(text) or not Decimal(text):
            self.wrong(sheet.CAPACITY, _("请填写大于 0 的数字，至多三位小数。"))
            return None
        return int(Decimal(text) * GB)

    def asset(self) -> AssetFacts:
        own: dict[str, Any] = {
            name: self.texts[head] for head, (of, name) in TEXT_FIELDS.items() if of is Asset
        }
        return AssetFacts(
            **own, unit_price=self.price(), quantity=self.quantity(), acquired_date=self.acquired()
        )

    def price(self) -> Decimal | None:
        text = self.texts[sheet.PRICE]
        price = tables.amount(text)
        if text and (price is None or not is_money(price)):
            self.wrong(sheet.PRICE, _("请填写数字，单位为元，至多两位小数。"))
            return None
        return price

    def quantity(self) -> int:
        text = self.texts[sheet.QUANTITY] or "1"
        quantity = tables.whole_number(text, MOST_QUANTITY)
        if not quantity:
            self.wrong(sheet.QUANTITY, _("请填写大于 0 的整数。"))
        return quantity or 1

    def acquired(self) -> date | None:
        text = half_width(self.texts[sheet.ACQUIRED])
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.wrong(sheet.ACQUIRED, _("请填写日期，写作 2026-01-05。"))
            return None


@transaction.atomic
def take_in(agency: Agency, rows: Sequence[Row], *, by: Officer, at: datetime) -> list[Device]:
    """Register all of them. Refuses: NotPermitted, NotOfThisAgency, TableFaulty (any is wrong)."""
    log.wait_for_turn()
    permissions.check(by, Permission.MANAGE_DEVICES)
    if agency.pk != by.agency_id:
        raise NotOfThisAgency()
    hopefuls = check(agency, rows)
    tables.refuse_faulty(hopefuls)
    return save(agency, hopefuls, by=by, at=at)


def save(agency: Agency, hopefuls: Sequence[Hopeful], *, by: Officer, at: datetime) -> list[Device]:
    understood = [(one.row.texts[0], one.facts) for one in hopefuls if one.facts]
    devices = []
    for number, new in understood:
        device = Device(agency=agency, device_no=number, registered_at=at)
        put(device, new)
        devices.append(device)
    Device.objects.bulk_create(devices)
    assets = [
        Asset(device=device, **{name: getattr(new.asset, name) for name in ASSET_FIELDS})
        for device, (_number, new) in zip(devices, understood, strict=True)
        if new.asset != NOTHING
    ]
    Asset.objects.bulk_create(assets)
    whole = Act(Kind.DEVICES_IMPORTED, f"agency:{agency.pk}", by, at, {"devices": len(devices)})
    each = [
        Act(Kind.DEVICE_REGISTERED, subject_of(device), by, at, facts.told_first(new))
        for device, (_number, new) in zip(devices, understood, strict=True)
    ]
    log.record_all([whole, *each])
    return devices
