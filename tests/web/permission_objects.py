"""Things of one's own, of the unit, of the bureau, of another bureau, as addresses name them."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from permission_breaches import OF_BREACHES
from permission_cases import OF_CASES
from permission_disposal import OF_DISPOSAL
from permission_keeping import OF_KEEPING
from permission_reviews import OF_REVIEWS
from permission_spot import OF_SPOT
from permission_viewing import of_viewing

import factories
from liuhen.access import viewing
from liuhen.access.models import Viewing
from liuhen.cases.models import Activity, Exemption, Interruption, ListedMatter, StopReport
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import (
    BudgetLine,
    BudgetYear,
    Checkout,
    CompensationCase,
    Device,
    DeviceKind,
    DeviceRequest,
    LossReport,
    RepairTicket,
    WindowCamera,
)
from liuhen.duties.models import Duty, DutyKind
from liuhen.kernel.clock import now
from liuhen.people.models import Invitation, Officer, RoleChange
from liuhen.people.roles import Role
from liuhen.recordings import derived, snapshots
from liuhen.recordings.models import Mark, MarkKind, Recording, Upload
from liuhen.regulations.models import FullText, Proposal

RELATIONS = ("own", "unit", "bureau", "other")
NOON = factories.NOON
Address = dict[str, Any]


def persons(role: Role) -> dict[str, Officer]:
    """By relation: who has the role, someone of the unit, of another unit, of another bureau."""
    away = factories.agency("另一县卫健局")
    return {
        "own": factories.officer(factories.LOGIN_OF[role], unit=factories.unit()),
        "unit": factories.officer("colleague"),
        "bureau": factories.officer("distant", unit=factories.unit("监督二科")),
        "other": factories.officer("foreign", agency=away),
    }


def recording(whose: Officer) -> Recording:
    number = f"2026-{whose.pk:06d}"
    made = factories.recording(number, number.encode(), officer=whose, agency=whose.agency)
    folder = derived.folder(made)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (derived.POSTER, derived.WAVEFORM, derived.TRACK):
        (folder / name).write_bytes(b"{}")
    derived.rendition(made).write_bytes(b"mp4")
    return made


def everybodys() -> Recording:
    """All of the bureau see it: what is asked is whose the activity is."""
    made = factories.recording("2026-999999")
    for one in Officer.objects.filter(agency=made.agency):
        factories.share(made, one.login)
    return made


def share(whose: Officer) -> Address:
    made, gao = recording(whose), factories.officer("gao", unit=factories.unit("监督二科"))
    factories.share(made, gao.login)
    return {"number": made.number, "pk": gao.pk}


def looked(whose: Officer) -> Address:
    """Their look at a recording of theirs, in the register."""
    made = recording(whose)
    facts = {"agency": made.agency, "ground": "own_work", "opened_at": NOON}
    line, _ = Viewing.objects.get_or_create(recording=made, viewer=whose, defaults=facts)
    return {"pk": line.pk}


def ticket(whose: Officer) -> Address:
    """For what they themselves made, whoever they are: whether they may still see it is asked."""
    made = recording(whose)
    opened = [made.pk, whose.pk, int(now().timestamp())]
    return {"ticket": signing.dumps(opened, salt=viewing.SALT)}


def mark(whose: Officer) -> Address:
    """Of their recording, by whoever answers for it."""
    made = recording(whose)
    facts = {"kind": MarkKind.OTHER, "start_seconds": 1, "made_at": NOON}
    one, _ = Mark.objects.get_or_create(recording=made, made_by=whose, defaults=facts)
    return {"number": made.number, "pk": one.pk}


def taken(whose: Officer) -> Address:
    """A picture out of it, with a ticket of theirs."""
    made, picture = recording(whose), b"jpeg"
    digest = hashlib.sha256(picture).hexdigest()
    with transaction.atomic():
        log.record(
            Kind.RECORDING_SNAPSHOT, subject=f"recording:{made.number}", by=whose, at=NOON,
            seconds="1", sha256=digest,
        )  # fmt: skip
    snapshots.path_of(made, digest).write_bytes(picture)
    return ticket(whose) | {"digest": digest}


def event(whose: Officer) -> Address:
    """What happened to a recording of theirs."""
    subject = f"recording:{recording(whose).number}"
    return {"index": CustodyEvent.objects.filter(subject=subject).earliest("index").index}


def batch(whose: Officer) -> Address:
    made = factories.batch(f"b{whose.pk}", by=whose, agency=whose.agency)
    return {"uid": made.uid}


def upload(whose: Officer) -> Address:
    uid = f"{whose.pk:032x}"
    facts = {"group": f"g{whose.pk}", "name": b"a.mp4", "size_bytes": 9, "started_at": NOON}
    Upload.objects.get_or_create(uid=uid, officer=whose, defaults=facts)
    (settings.DATA.uploads / uid).write_bytes(b"")
    return {"uid": uid}


def group(whose: Officer) -> Address:
    upload(whose)
    return {"group": f"g{whose.pk}"}


def duty(whose: Officer) -> Address:
    facts = {
        "kind": DutyKind.INSPECTION, "pack_id": "neiqiu-health", "article": 22, "owner": whose,
        "unit": whose.unit, "started_at": NOON, "due_at": NOON + timedelta(days=9000),
    }  # fmt: skip
    key = f"t:{whose.pk}"
    made, _ = Duty.objects.get_or_create(agency=whose.agency, key=key, defaults=facts)
    return {"pk": made.pk}


def device(whose: Officer) -> Device:
    facts = {"kind": DeviceKind.BODY_CAMERA, "unit": whose.unit, "registered_at": NOON}
    device_no = f"D-{whose.pk}"
    made, _ = Device.objects.get_or_create(agency=whose.agency, device_no=device_no, defaults=facts)
    return made


def checkout(whose: Officer) -> Address:
    facts = {
        "agency": whose.agency, "unit": whose.unit, "handed_at": NOON, "handed_by": whose,
    }  # fmt: skip
    made, _ = Checkout.objects.get_or_create(device=device(whose), officer=whose, defaults=facts)
    return {"pk": made.pk}


def device_request(whose: Officer) -> Address:
    facts = {"kind": "camera", "quantity": 1, "reason": "办案", "asked_at": NOON}
    facts |= {"unit": whose.unit or factories.unit("邻县科", of=whose.agency)}
    made, _ = DeviceRequest.objects.get_or_create(
        agency=whose.agency, asked_by=whose, defaults=facts
    )
    return {"pk": made.pk}


def used_device(whose: Officer) -> Address:
    checkout(whose)
    return {"pk": device(whose).pk}


def repair(whose: Officer) -> Address:
    facts = {"fault": "无图像", "reported_at": NOON, "reported_by": whose}
    made, _ = RepairTicket.objects.get_or_create(
        agency=whose.agency, device=device(whose), defaults=facts
    )
    return {"pk": made.pk}


def planned_year(whose: Officer) -> Address:
    """Each relation's own year: another bureau's plan of it is none of ours."""
    year = 2000 + whose.pk % 20
    BudgetYear.objects.get_or_create(agency=whose.agency, year=year)
    return {"year": year}


def budget_line(whose: Officer) -> Address:
    plan = BudgetYear.objects.get(agency=whose.agency, **planned_year(whose))
    facts = {"category": "procurement", "quantity": 1, "amount": 1}
    made, _ = BudgetLine.objects.get_or_create(budget=plan, name="相机", defaults=facts)
    return {"pk": made.pk}


def loss(whose: Officer) -> Address:
    facts = {"missed_at": NOON, "story": "丢失", "reported_at": NOON, "reported_by": whose}
    made, _ = LossReport.objects.get_or_create(device=device(whose), officer=whose, defaults=facts)
    return {"pk": made.pk}


def compensation(whose: Officer) -> Address:
    facts = {"story": "摔坏", "opened_at": NOON, "opened_by": whose}
    made, _ = CompensationCase.objects.get_or_create(
        agency=whose.agency, device=device(whose), officer=whose, defaults=facts
    )
    return {"pk": made.pk}


def window(whose: Officer) -> Address:
    """A fixed camera of their bureau that is set up."""
    facts = {"kind": DeviceKind.FIXED_CAMERA, "registered_at": NOON}
    made, _ = Device.objects.get_or_create(
        agency=whose.agency, device_no=f"CK-{whose.pk}", defaults=facts
    )
    times = {"folder": f"/mnt/{whose.pk}", "set_up_at": NOON, "changed_at": NOON}
    WindowCamera.objects.get_or_create(device=made, defaults=times)
    return {"pk": made.pk}


def own_activity(whose: Officer) -> Activity:
    return factories.activity(f"HD-2026-{whose.pk:06d}", officer=whose)


PAPER = {"pack_id": "neiqiu-health", "article": 8, "posts": "unit_head", "reason": "…"}


def exemption(whose: Officer) -> Address:
    facts = PAPER | {"cause": "objective", "is_prior": False, "state": "submitted"}
    facts |= {"entered_at": NOON, "entered_by": whose}
    made, _ = Exemption.objects.get_or_create(activity=own_activity(whose), defaults=facts)
    return {"pk": made.pk}


def interruption(whose: Officer) -> Address:
    facts = PAPER | {"cause": "battery", "from_at": NOON, "state": "submitted"}
    facts |= {"entered_at": NOON, "entered_by": whose}
    made, _ = Interruption.objects.get_or_create(activity=own_activity(whose), defaults=facts)
    return {"pk": made.pk}


def stop(whose: Officer) -> Address:
    facts = PAPER | {"cause": "battery", "needs_statement": True, "stopped_at": NOON}
    facts |= {"reported_at": NOON, "reported_by": whose}
    made, _ = StopReport.objects.get_or_create(activity=own_activity(whose), defaults=facts)
    return {"pk": made.pk}


def proposal(whose: Officer) -> Address:
    facts = {
        "value": {"article": 15, "rule": "exact", "period": "P3Y"},
        "reason": "…", "proposed_by": whose, "proposed_at": NOON,
    }  # fmt: skip
    made, _ = Proposal.objects.get_or_create(
        agency=whose.agency,
        parameter="retention",
        from_date=date(2050, 1, 1) + timedelta(days=whose.pk),
        defaults=facts,
    )
    return {"proposal": made.pk}


def role_change(whose: Officer) -> Address:
    facts = {"is_grant": True, "proposed_by": whose, "proposed_at": NOON}
    made, _ = RoleChange.objects.get_or_create(officer=whose, role=Role.LEADER, defaults=facts)
    return {"pk": made.pk}


def invitation(whose: Officer) -> Address:
    facts = {"name": "第三县卫健局", "invited_by": whose, "invited_at": NOON}
    made, _ = Invitation.objects.get_or_create(
        code_hash=f"{whose.pk:064x}", defaults=facts | {"expires_at": NOON + timedelta(days=9000)}
    )
    return {"pk": made.pk}


def text(whose: Officer) -> Address:
    facts = {"content": b"x", "sha256": "x", "uploaded_by": whose, "uploaded_at": NOON}
    made, _ = FullText.objects.get_or_create(
        agency=whose.agency, pack_id="neiqiu-health", file_name=f"{whose.pk}.txt", defaults=facts
    )
    return {"text": made.pk}


def activity(whose: Officer) -> Address:
    """One they took part in and registered; planned, so that every step may be asked for."""
    facts = {"officer": whose, "arrived_at": None, "left_at": None}
    return {"number": factories.activity(f"HD-2026-{whose.pk:06d}", **facts).number}


def matter(whose: Officer) -> Address:
    facts = {"seq": 1, "kind": "inspection", "listed_at": NOON, "listed_by": whose}
    made, _ = ListedMatter.objects.get_or_create(
        agency=whose.agency, name=f"事项{whose.pk}", defaults=facts
    )
    return {"pk": made.pk}


MADE: dict[str, Callable[[Officer], Address]] = {
    "recording": lambda whose: {"number": recording(whose).number},
    "share": share,
    "mark": mark,
    "taken": taken,
    "activity": activity,
    "ticket": ticket,
    "viewing": looked,
    "event": event,
    "batch": batch,
    "upload": upload,
    "group": group,
    "person": lambda whose: {"pk": whose.pk},
    "unit": lambda whose: {"pk": whose.unit.pk},
    "duty": duty,
    "device_request": device_request,
    "planned_year": planned_year,
    "budget_line": budget_line,
    "window": window,
    "proposal": proposal,
    "role_change": role_change,
    "matter": matter,
    "device": lambda whose: {"pk": device(whose).pk},
    "checkout": checkout,
    "used_device": used_device,
    "repair": repair,
    "loss": loss,
    "compensation": compensation,
    "own_activity": lambda whose: {"number": own_activity(whose).number},
    "exemption": exemption,
    "interruption": interruption,
    "stop": stop,
    "invitation": invitation,
    **OF_KEEPING,
    "text": text,
    **OF_CASES,
    **OF_DISPOSAL,
    **OF_SPOT,
    **OF_BREACHES,
    **OF_REVIEWS,
    **of_viewing(recording),
}
"""What an address names that is somebody's."""

NOBODYS: dict[str, Address] = {
    "article": {"article": 1},
    "parameter": {"parameter": "retention"},
    "year": {"year": 2026},
    "blank": {"code": "ledger"},
    "entries": {"path": "000.p/1"},
}

SENT: dict[str, Callable[[], dict[str, Any]]] = {
    "web:assign": lambda: {"officer": factories.officer("gao").pk},
    "api:mark": lambda: {"kind": "notice", "start": "1"},
    "web:share": lambda: {"officer": factories.officer("chen").pk},
    "web:complete_duty": lambda: {"note": "已检查"},
    "web:waive_duty": lambda: {"reason": "停电"},
    "web:close_repair": lambda: {"feedback": "正常"},
    "web:decide_compensation": lambda: {"fault": "normal", "amount": "1", "reason": "过失"},
    "web:waive_compensation": lambda: {"reason": "不可抗力"},
    "web:pay_compensation": lambda: {"receipt_no": "1"},
    "web:add_recording": lambda: {"recording": everybodys().number},
    "web:unlink_recording": lambda: {"recording": everybodys().number, "reason": "误归"},
    "web:switch_window": lambda: {"on": "0"},
    "web:mark_secrecy": lambda: {"kind": "privacy", "reason": "住所"},
    "web:lift_secrecy": lambda: {"reason": "误标"},
}
"""What is posted where an empty form would be sent back before anybody asks who sends it."""
