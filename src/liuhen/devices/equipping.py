"""Has every unit the devices it should have? What is counted, and the regulation's answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from liuhen.devices.models import (
    GONE,
    NOT_CARRIED,
    Device,
    DeviceKind,
    EquipmentQuota,
    WindowCamera,
)
from liuhen.engines.policy import equipment
from liuhen.engines.policy.equipment import Shortfall, UnitFacts
from liuhen.engines.policy.values import EquipmentStandard
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.queries import enforcing_units
from liuhen.people.roles import ENFORCING
from liuhen.regulations import current


@dataclass(frozen=True)
class Counted:
    """One unit: `people` who enforce, the devices that are there and those granted, by kind.

    `present` leaves out what is lost or scrapped; a device that is being mended is still there.
    """

    unit: Unit
    people: int = 0
    present: Mapping[str, int] = field(default_factory=dict)
    quotas: Mapping[str, EquipmentQuota] = field(default_factory=dict)

    @property
    def carried(self) -> int:
        """Devices that officers take along: what stays where it stands serves no patrol."""
        return sum(n for kind, n in self.present.items() if kind not in NOT_CARRIED)

    @property
    def facts(self) -> UnitFacts:
        """As the regulation is asked. Fixed cameras, stations and storage are in no sum."""
        granted = {k: q.needed for k, q in self.quotas.items() if k not in NOT_CARRIED}
        filled = sum(min(n, self.present.get(kind, 0)) for kind, n in granted.items())
        return UnitFacts(
            self.people,
            self.unit.is_busy,
            self.carried,
            quota=sum(granted.values()) if granted else None,
            quota_filled=filled if granted else None,
        )


def counted(agency: Agency, units: Sequence[Unit]) -> list[Counted]:
    """Three queries, however many units."""
    officers = Officer.objects.filter(
        agency=agency, is_active=True, role_holdings__role__in=ENFORCING
    )
    by_unit = officers.order_by().values_list("unit_id").annotate(n=Count("pk", distinct=True))
    people = dict(by_unit)
    present: dict[int | None, dict[str, int]] = defaultdict(dict)
    devices = Device.objects.filter(agency=agency).exclude(state__in=GONE).order_by()
    for unit, kind, n in devices.values_list("unit_id", "kind").annotate(n=Count("pk")):
        present[unit][kind] = n
    quotas: dict[int, dict[str, EquipmentQuota]] = defaultdict(dict)
    for quota in EquipmentQuota.objects.filter(agency=agency):
        quotas[quota.unit_id][quota.kind] = quota
    return [
        Counted(unit, people.get(unit.pk, 0), present[unit.pk], quotas[unit.pk]) for unit in units
    ]


@dataclass(frozen=True)
class KindLine:
    """One kind of device in one unit; `granted` None: the outside standard does not name it."""

    kind: DeviceKind
    present: int
    granted: EquipmentQuota | None

    @property
    def missing(self) -> int:
        return max(0, self.granted.needed - self.present) if self.granted else 0


@dataclass(frozen=True)
class UnitLine:
    """`answer` None: the regulation sets no number of devices."""

    counted: Counted
    answer: Shortfall | None

    @property
    def counting(self) -> int:
        """Devices that count towards what is needed: of a quota's kinds no more than it grants."""
        if self.answer and self.answer.needed is not None and self.answer.missing:
            return self.answer.needed - self.answer.missing
        return self.counted.carried

    @property
    def kinds(self) -> list[KindLine]:
        """Those that are there or granted, in the order of the kinds."""
        here, granted = self.counted.present, self.counted.quotas
        return [
            KindLine(kind, here.get(kind, 0), granted.get(kind))
            for kind in DeviceKind
            if kind in here or kind in granted
        ]


@dataclass(frozen=True)
class Windows:
    """Fixed cameras at service windows: those registered, and those whose picture is recorded."""

    wanted: bool
    registered: int
    recorded: int


@dataclass(frozen=True)
class Standard:
    """The bureau's devices held against its regulation. `rule` None: it says nothing of them."""

    rule: EquipmentStandard | None
    lines: list[UnitLine]
    windows: Windows

    @property
    def people(self) -> int:
        return sum(line.counted.people for line in self.lines)

    @property
    def carried(self) -> int:
        return sum(line.counted.carried for line in self.lines)

    @property
    def needed(self) -> int | None:
        """None: known of no unit."""
        return total(line.answer.needed for line in self.lines if line.answer)

    @property
    def missing(self) -> int | None:
        return total(line.answer.missing for line in self.lines if line.answer)


def total(numbers: Iterable[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if known else None


def standard(agency: Agency, *, day: date, only: Sequence[Unit] | None = None) -> Standard:
    """By the rules of `day` (China's calendar), of all enforcing units or those of `only`."""
    units = enforcing_units(agency)
    if only is not None:
        wanted = {unit.pk for unit in only}
        units = [unit for unit in units if unit.pk in wanted]
    rules = current.rules_if_any(agency, day)
    lines = [
        UnitLine(one, equipment.shortfall(rules, one.facts) if rules else None)
        for one in counted(agency, units)
    ]
    rule = rules.get(EquipmentStandard) if rules else None
    return Standard(rule, lines, windows_of(agency, wanted=bool(rule and rule.window_camera)))


def windows_of(agency: Agency, *, wanted: bool) -> Windows:
    cameras = Device.objects.filter(agency=agency, kind=DeviceKind.FIXED_CAMERA)
    recorded = WindowCamera.objects.filter(is_on=True, device__agency=agency)
    return Windows(
        wanted,
        cameras.exclude(state__in=GONE).count(),
        recorded.exclude(device__state__in=GONE).count(),
    )
