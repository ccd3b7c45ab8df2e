"""Server time of every page about devices, at 10,000 devices and 200,000 check-outs.

The peer is the same page of the same bureau with 100 devices and 2,000 check-outs: what size costs.
Each page is asked for as its own role, through the whole stack but the socket.

    .venv/bin/python bench/devices.py
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from page_times import compared

DEVICES, CHECKOUTS = 10_000, 200_000
FEW = 100
"""The peer has this many devices, and as many check-outs for each."""

UNITS, OFFICERS, OUT = 20, 400, 1_500
FIRST_DAY = datetime(2024, 1, 2, 0, 30, tzinfo=UTC)
LATELY = datetime(2026, 1, 5, 4, tzinfo=UTC)
AT_ONCE = 5_000


def main() -> int:
    def small() -> None:
        people()
        fill(0, FEW, CHECKOUTS * FEW // DEVICES)

    return compared(
        f"devices: {DEVICES:,} devices and {CHECKOUTS:,} check-outs",
        f"{FEW} devices",
        small=small,
        large=lambda: fill(FEW, DEVICES, CHECKOUTS),
        pages=pages,
    )


def people() -> None:
    """One bureau under a regulation, its units and officers; one login for each role needed."""
    from liuhen.people import agencies
    from liuhen.people.models import Agency, Officer, RoleHolding, Unit
    from liuhen.people.roles import Role
    from liuhen.regulations.models import Adoption

    agency = agencies.first()
    Agency.objects.filter(pk=agency.pk).update(name="某市综合执法局", set_up_at=FIRST_DAY)
    Adoption.objects.create(
        agency=agency, pack_id="chengde-safety", from_date=date(2024, 1, 1), adopted_at=FIRST_DAY
    )
    units = [Unit.objects.create(agency=agency, name=f"执法{n}大队") for n in range(UNITS)]
    officers = Officer.objects.bulk_create(
        Officer(
            agency=agency,
            unit=units[n % UNITS],
            login=f"officer{n}",
            name=f"执法员{n:03}",
            officer_cert_no=f"HB{n:06}",
            password="!",
        )
        for n in range(OFFICERS)
    )
    hold = [(one, Role.OFFICER) for one in officers]
    for role in (Role.KEEPER, Role.FINANCE, Role.SUPERVISION, Role.LEADER, Role.UNIT_HEAD):
        made = Officer.objects.create(
            agency=agency, unit=units[0], login=str(role), name=str(role.label), password="!"
        )
        hold.append((made, role))
    RoleHolding.objects.bulk_create(
        RoleHolding(officer=one, role=role, granted_at=FIRST_DAY) for one, role in hold
    )


def fill(first: int, devices: int, checkouts: int) -> None:
    """Devices from number `first` on, check-outs up to `checkouts`, the last ones still out."""
    from django.db.models import F

    from liuhen.devices.models import Asset, Checkout, Device, DeviceKind, DeviceState
    from liuhen.people.models import Agency, Officer

    agency, keeper = Agency.objects.get(), Officer.objects.get(login="keeper")
    officers = list(Officer.objects.filter(login__startswith="officer").order_by("pk"))
    made = Device.objects.bulk_create(
        (
            Device(
                agency=agency,
                unit_id=officers[n % OFFICERS].unit_id,
                device_no=f"ZF-{n:05}",
                kind=DeviceKind.FIXED_CAMERA if n % 200 == 0 else DeviceKind.BODY_CAMERA,
                maker="某厂",
                model=f"DSJ-{n % 7}",
                serial_no=f"SN{n:08}",
                keeper=keeper if n % 3 else None,
                registered_at=FIRST_DAY,
            )
            for n in range(first, devices)
        ),
        batch_size=AT_ONCE,
    )
    Asset.objects.bulk_create(
        (Asset(device=one, asset_no=f"GD{one.pk:07}", unit_price="2300.00") for one in made),
        batch_size=AT_ONCE,
    )
    troubles(made, officers, keeper)
    windows(made)
    known = list(Device.objects.exclude(kind=DeviceKind.FIXED_CAMERA).order_by("pk"))
    there = Checkout.objects.count()
    step = (LATELY - FIRST_DAY) / CHECKOUTS
    rows = [
        use(known[n % len(known)], officers[n % OFFICERS], keeper, FIRST_DAY + n * step)
        for n in range(there, checkouts)
    ]
    Checkout.objects.bulk_create(rows, batch_size=AT_ONCE)
    checks(rows, keeper)
    # Those the smaller filling left out are back by now.
    Checkout.objects.filter(returned_at=None).update(
        returned_at=F("handed_at"), received_by=keeper, condition="good"
    )
    Device.objects.update(state=DeviceState.READY)
    still_out = min(OUT, len(known) // 4)
    last = Checkout.objects.order_by("-pk").values_list("pk", flat=True)[:still_out]
    Checkout.objects.filter(pk__in=list(last)).update(
        returned_at=None, received_by=None, condition=""
    )
    out = Checkout.objects.filter(returned_at=None).values("device_id")
    Device.objects.filter(pk__in=out).update(state=DeviceState.OUT)


def use(device: object, officer: object, keeper: object, at: datetime) -> object:
    from liuhen.devices.models import Checkout

    return Checkout(
        agency_id=device.agency_id,
        device=device,
        officer=officer,
        unit_id=officer.unit_id,
        task="日常检查",
        handed_at=at,
        handed_by=keeper,
        returned_at=at + timedelta(hours=5),
        received_by=keeper,
        condition="good",
        content="现场检查",
    )


def checks(rows: list[object], keeper: object) -> None:
    """Each use has its check and its two clock readings."""
    from liuhen.devices.models import ClockReading, PreUseCheck

    items = [{"code": "works", "text": "设备无故障", "ok": True}]
    PreUseCheck.objects.bulk_create(
        (
            PreUseCheck(
                device=row.device,
                checkout=row,
                checked_at=row.handed_at,
                checked_by=keeper,
                items=items,
                is_passed=True,
            )
            for row in rows
        ),
        batch_size=AT_ONCE,
    )
    ClockReading.objects.bulk_create(
        (
            ClockReading(
                device=row.device,
                checkout=row,
                moment=moment,
                method="typed",
                read_at=at,
                device_time=at,
                offset_seconds=0,
                uncertainty_seconds="2.5",
                read_by=keeper,
            )
            for row in rows
            for moment, at in (("hand_out", row.handed_at), ("return", row.returned_at))
        ),
        batch_size=AT_ONCE,
    )


def troubles(devices: list[object], officers: list[object], keeper: object) -> None:
    """Every fifth device has been mended, every hundredth lost, found and its case closed."""
    from liuhen.devices.models import CompensationCase, LossReport, RepairTicket

    agency_id = keeper.agency_id
    RepairTicket.objects.bulk_create(
        (
            RepairTicket(
                agency_id=agency_id,
                device=one,
                state="closed",
                fault="无图像",
                reported_at=FIRST_DAY,
                reported_by=keeper,
                cost="120.00",
                closed_at=LATELY,
                closed_by=keeper,
            )
            for one in devices[::5]
        ),
        batch_size=AT_ONCE,
    )
    lost = devices[::100]
    LossReport.objects.bulk_create(
        LossReport(
            device=one,
            officer=officers[n % OFFICERS],
            missed_at=FIRST_DAY,
            story="途中遗失",
            reported_at=FIRST_DAY,
            reported_by=keeper,
            found_at=LATELY,
        )
        for n, one in enumerate(lost)
    )
    CompensationCase.objects.bulk_create(
        CompensationCase(
            agency_id=agency_id,
            device=one,
            officer=officers[n % OFFICERS],
            story="途中遗失",
            opened_at=FIRST_DAY,
            opened_by=keeper,
        )
        for n, one in enumerate(lost)
    )


def windows(devices: list[object]) -> None:
    """Each fixed camera is recorded from a folder, and has had a hundred gaps."""
    from liuhen.devices.models import WindowCamera, WindowGap

    cameras = WindowCamera.objects.bulk_create(
        WindowCamera(device=one, folder="/recorder", changed_at=FIRST_DAY, set_up_at=FIRST_DAY)
        for one in devices
        if one.kind == "fixed_camera"
    )
    day = timedelta(days=7)
    WindowGap.objects.bulk_create(
        (
            WindowGap(
                camera=camera,
                began_at=LATELY - n * day,
                ended_at=LATELY - n * day + timedelta(minutes=3),
                reason="stream_lost",
            )
            for camera in cameras
            for n in range(1, 101)
        ),
        batch_size=AT_ONCE,
    )


def pages() -> Iterator[tuple[str, str]]:
    """(login, address): every page about devices, and the heaviest question each can be asked."""
    from liuhen.devices.models import (
        Checkout,
        CompensationCase,
        Device,
        DeviceState,
        RepairTicket,
    )

    ready = Device.objects.filter(state=DeviceState.READY, keeper__isnull=False).earliest("pk")
    use = Checkout.objects.filter(returned_at__isnull=False).earliest("pk")
    unit = ready.unit_id
    yield "keeper", "/devices/"
    yield "keeper", "/devices/?words=SN000000"
    yield "keeper", "/devices/?words=nothing-such"
    yield "keeper", f"/devices/?unit={unit}&state=out"
    # yield "unit_head", "/devices/"
    yield "keeper", f"/devices/{ready.pk}/"
    yield "unit_head", "/devices/"
    yield "keeper", "/devices/?lacks_keeper=on"
    yield "keeper", "/devices/kiosk/"
    yield "keeper", f"/devices/kiosk/panel/?no={ready.device_no}"
    yield "keeper", "/devices/out/"
    yield "unit_head", "/devices/out/"
    yield "keeper", "/devices/ledger/"
    yield "keeper", f"/devices/ledger/?unit={unit}"
    yield "keeper", f"/devices/ledger/?device_no={ready.device_no}"
    yield "keeper", f"/devices/ledger/?officer={use.officer_id}"
    yield "keeper", "/devices/ledger/?is_out=on"
    yield "keeper", "/devices/ledger/?since=2024-03-01&until=2024-03-31"
    yield "keeper", "/devices/ledger/?device_no=nothing-such"
    yield "unit_head", "/devices/ledger/"
    yield "officer7", "/devices/ledger/"
    yield "officer7", "/devices/mine/"
    yield "keeper", f"/checkouts/{use.pk}/"
    yield "keeper", f"/devices/{ready.pk}/edit/"
    yield "keeper", f"/devices/{ready.pk}/repair/"
    yield "keeper", f"/devices/{ready.pk}/loss/"
    yield "keeper", "/devices/add/"
    yield "keeper", "/devices/import/"
    yield "keeper", "/repairs/"
    yield "keeper", f"/repairs/{RepairTicket.objects.earliest('pk').pk}/"
    yield "keeper", "/losses/"
    yield "leader", "/compensations/"
    yield "leader", f"/compensations/{CompensationCase.objects.earliest('pk').pk}/"
    yield "finance", "/equipment/"
    yield "finance", "/requests/"
    yield "finance", "/budget/"
    yield "keeper", "/windows/"
    yield "keeper", "/windows/gaps/"
    yield "keeper", "/intake/"
    yield "keeper", "/duties/"
    yield "supervision", "/recordings/"


if __name__ == "__main__":
    sys.exit(main())
