"""What the register says of a device, apart from its number and its state."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from liuhen.devices.models import Asset, Device, DeviceKind
from liuhen.people.models import Officer, Unit

GB = 10**9
"""As makers count what a card holds."""


@dataclass(frozen=True)
class AssetFacts:
    """A device as fixed asset. `category_code` by GB/T 14885; `unit_price` in yuan."""

    asset_no: str = ""
    asset_name: str = ""
    category_code: str = ""
    unit_price: Decimal | None = None
    quantity: int = 1
    invoice_no: str = ""
    funds: str = ""
    procurement_form: str = ""
    managing_unit: str = ""
    specification: str = ""
    place: str = ""
    acquired_date: date | None = None


NOTHING = AssetFacts()


@dataclass(frozen=True)
class DeviceFacts:
    """`first_responsible` None: whoever the regulation names; `capacity_bytes` None: unknown."""

    kind: DeviceKind
    unit: Unit | None = None
    maker: str = ""
    model: str = ""
    serial_no: str = ""
    keeper: Officer | None = None
    first_responsible: Officer | None = None
    is_explosion_proof: bool = False
    capacity_bytes: int | None = None
    remarks: str = ""
    asset: AssetFacts = field(default=NOTHING)


ASSET_FIELDS = tuple(AssetFacts.__dataclass_fields__)
OWN_FIELDS = tuple(name for name in DeviceFacts.__dataclass_fields__ if name != "asset")


def of(device: Device) -> DeviceFacts:
    """What is registered now."""
    own = {name: getattr(device, name) for name in OWN_FIELDS}
    return DeviceFacts(**own | {"kind": DeviceKind(device.kind)}, asset=asset_of(device))


def asset_of(device: Device) -> AssetFacts:
    asset = Asset.objects.filter(device=device).first()
    if asset is None:
        return NOTHING
    return AssetFacts(**{name: getattr(asset, name) for name in ASSET_FIELDS})


def said(facts: DeviceFacts) -> dict[str, Any]:
    """What the log says of them: people by login, units by name, money as text."""
    told: dict[str, Any] = {"device_kind": str(facts.kind)}
    for name in OWN_FIELDS[1:]:
        told[name] = plain(getattr(facts, name))
    for name in ASSET_FIELDS:
        told[name] = plain(getattr(facts.asset, name))
    return told


def plain(value: Any) -> Any:
    """As JSON."""
    if isinstance(value, Officer):
        return value.login
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, Decimal):
        return f"{value:.2f}"  # 2980 and 2980.00 yuan are the same
    return str(value) if isinstance(value, date) else value


def told_first(facts: DeviceFacts) -> dict[str, Any]:
    """What the log says of a new one: only what is known."""
    return {name: value for name, value in said(facts).items() if value not in (None, "")}
