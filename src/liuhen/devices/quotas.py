"""The standard above the bureau's own, e.g. a province's table: so many devices for each unit.

Taken in as a whole from an Excel file: the new table stands in place of the old one, or nothing
changes. The file's own words are Chinese whatever language the reader's pages have.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import supply_errors, tables
from liuhen.devices.models import DeviceKind, EquipmentQuota
from liuhen.engines.paper import tables as paper
from liuhen.engines.paper.tables import Table
from liuhen.people import permissions
from liuhen.people.filled import Fault, Row
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.permissions import Permission

HEADS = UNIT, KIND, NEEDED, REQUIREMENTS, SOURCE = (
    "科室", "设备类别", "应配台数", "技术性能要求", "依据文件",
)  # fmt: skip
MOST_ROWS = 200
"""Twenty units with ten kinds each."""

MOST_NEEDED = 9999
MOST_REQUIREMENTS, MOST_SOURCE = 300, 200
TABLE = Table("配备标准", HEADS, widths=(24, 18, 12, 50, 40), most=MOST_ROWS, most_shown=400)
NOTES = (
    "一、在“配备标准”表中填写，每个科室的每类设备一行，不要改动表头，不要合并单元格，不要填写公式。",
    "二、科室、设备类别从下拉列表中选择；科室须先在“科室管理”中添加。同一科室的同类设备只填一行。",
    "三、应配台数填写整数；“技术性能要求”可不填；“依据文件”填写文件名称和文号。",
    f"四、一次至多导入 {MOST_ROWS} 行。科室以“{paper.EXAMPLE}”开头的行不导入。",
    "五、导入后整表替换原有标准；有一行不正确的，全部不导入，原有标准不变。",
)
MOST_SAID = 100
"""Rows told in the event, which has to stay below 64 KB; the digest stands for all of them."""


@dataclass(frozen=True)
class Hopeful:
    """A row understood; `faults` empty when it can be taken in."""

    row: Row
    unit: Unit | None = None
    kind: DeviceKind | None = None
    needed: int | None = None
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> list[Row]:
    """Refuses: as tables.read."""
    return tables.read(TABLE, content)


def template(units: Sequence[Unit]) -> bytes:
    """The file to fill in: an example, drop-downs for units and kinds, how to do it."""
    names, kinds = [unit.name for unit in units], list(kinds_by_name())
    example = (names[0] if names else "", kinds[0], "2", "1080P，连续工作8小时以上", "省配备办法")
    offered = {UNIT: names, KIND: kinds}
    return paper.template(TABLE, example=example, offered=offered, notes=NOTES)


def kinds_by_name() -> dict[str, DeviceKind]:
    with translation.override("zh-hans"):  # the file's words
        return {str(kind.label): kind for kind in DeviceKind}


def check(agency: Agency, rows: Sequence[Row]) -> list[Hopeful]:
    """Each row with all that is wrong with it. One query, however many rows."""
    units = {unit.name: unit for unit in Unit.objects.filter(agency=agency)}
    twice = Counter(row.texts[:2] for row in rows)
    kinds = kinds_by_name()
    return [understood(row, units, kinds, is_twice=twice[row.texts[:2]] > 1) for row in rows]


def understood(
    row: Row, units: Mapping[str, Unit], kinds: Mapping[str, DeviceKind], *, is_twice: bool
) -> Hopeful:
    if row.faults:
        return Hopeful(row, faults=row.faults)
    unit, kind, needed, requirements, source = row.texts
    faults = [
        *(tables.missing(head, text) for head, text in zip(HEADS[:3], row.texts, strict=False)),
        tables.missing(SOURCE, source),
        tables.too_long(REQUIREMENTS, requirements, MOST_REQUIREMENTS),
        tables.too_long(SOURCE, source, MOST_SOURCE),
    ]
    wrong = [fault for part in faults for fault in part]
    number = tables.whole_number(needed, MOST_NEEDED)
    if unit and unit not in units:
        wrong.append(Fault(UNIT, _("没有名为“%s”的科室。") % unit))
    if kind and kind not in kinds:
        wrong.append(Fault(KIND, _("没有名为“%s”的设备类别。") % kind))
    if needed and number is None:
        wrong.append(Fault(NEEDED, _("应为 0 至 %d 的整数。") % MOST_NEEDED))
    if is_twice and unit and kind:
        wrong.append(Fault(KIND, _("同一科室的同类设备在表中重复。")))
    return Hopeful(row, units.get(unit), kinds.get(kind), number, tuple(wrong))


@transaction.atomic
def take_in(agency: Agency, rows: Sequence[Row], *, by: Officer, at: datetime) -> int:
    """Put this table in place of the one before; answers how many lines it has.

    Refuses: NotPermitted, NotOurs, TableFaulty (any row is wrong).
    """
    permissions.check(by, Permission.ALLOCATE_DEVICES)
    if agency.pk != by.agency_id:
        raise supply_errors.NotOurs()
    log.wait_for_turn()
    hopefuls = check(agency, rows)
    tables.refuse_faulty(hopefuls)
    EquipmentQuota.objects.filter(agency=agency).delete()
    made = EquipmentQuota.objects.bulk_create(quota_of(agency, one, at=at) for one in hopefuls)
    log.record(Kind.QUOTAS_IMPORTED, subject=f"agency:{agency.pk}", by=by, at=at, **said(made))
    return len(made)


def quota_of(agency: Agency, one: Hopeful, *, at: datetime) -> EquipmentQuota:
    assert one.unit is not None
    assert one.kind is not None
    assert one.needed is not None
    _unit, _kind, _needed, requirements, source = one.row.texts
    return EquipmentQuota(
        agency=agency,
        unit=one.unit,
        kind=one.kind,
        needed=one.needed,
        requirements=requirements,
        source=source,
        imported_at=at,
    )


def said(quotas: Iterable[EquipmentQuota]) -> dict[str, Any]:
    """The first MOST_SAID lines as [unit, kind, needed], and a digest of all of all lines.

    The digest: SHA-256 of the RFC 8785 array of [unit, kind, needed, requirements, source].
    """
    lines: list[Any] = [
        [q.unit.name, str(q.kind), q.needed, q.requirements, q.source] for q in quotas
    ]
    return {
        "lines": len(lines),
        "first": [line[:3] for line in lines[:MOST_SAID]],
        "sha256": hashlib.sha256(rfc8785.dumps(lines)).hexdigest(),
    }
