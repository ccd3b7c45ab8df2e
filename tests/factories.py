"""The fixed cast: one bureau, its people, devices and recordings, made row by row.

Everything is answered again when asked for twice, so a test names only what it is about.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from liuhen.access.models import Grant, Request, RequestItem, RequestState
from liuhen.cases import naming
from liuhen.cases.models import (
    Activity,
    ActivityOfficer,
    ActivityRecording,
    Case,
    CaseOfficer,
    CaseParty,
    Party,
    PartyKind,
)
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import Device, DeviceKind
from liuhen.people.models import Agency, Officer, RoleHolding, Unit, UnitKind
from liuhen.people.roles import Role
from liuhen.recordings.models import (
    Admission,
    BatchState,
    IntakeBatch,
    IntakeItem,
    ItemState,
    MediaKind,
    Recording,
    RecordingState,
    Share,
    TimeOrigin,
)
from liuhen.recordings.names import shown
from liuhen.recordings.search import keeping
from liuhen.regulations.models import Adoption

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
"""2026-01-05 12:00 by the officers' clocks."""

BEGAN = datetime(2023, 1, 1, tzinfo=UTC)
"""Since when the bureau works with the system: nothing older is owed."""

CAST: dict[str, tuple[str, Role]] = {
    "li": ("李执法", Role.OFFICER),
    "wang": ("王科长", Role.UNIT_HEAD),
    "zhao": ("赵局", Role.LEADER),
    "qian": ("钱局长", Role.BUREAU_HEAD),
    "kong": ("孔管设备", Role.KEEPER),
    "zhou": ("周保管", Role.CUSTODIAN),
    "fa": ("法制办", Role.LEGAL_OFFICE),
    "du": ("督查办", Role.SUPERVISION),
    "cai": ("财务科", Role.FINANCE),
    "sun": ("孙系统", Role.SYSTEM_ADMIN),
    "an": ("安管理", Role.SECURITY_ADMIN),
    "shen": ("沈审计", Role.AUDITOR),
}
LOGIN_OF = {role: login for login, (_name, role) in CAST.items()}
ENFORCING = (Role.OFFICER, Role.UNIT_HEAD)


def agency(name: str = "某县卫健局") -> Agency:
    made, _new = Agency.objects.get_or_create(name=name, defaults={"set_up_at": BEGAN})
    if not made.adoptions.exists():
        Adoption.objects.create(
            agency=made, pack_id="neiqiu-health", from_date=date(2025, 1, 1), adopted_at=NOON
        )
    return made


def follow(pack_id: str, of: Agency | None = None) -> None:
    """The bureau follows this regulation instead."""
    (of or agency()).adoptions.update(pack_id=pack_id)


def office(name: str = "办公室") -> Unit:
    """The unit that keeps the recordings."""
    kind = {"kind": UnitKind.OFFICE}
    return Unit.objects.get_or_create(agency=agency(), name=name, defaults=kind)[0]


def office_head(login: str = "ban") -> Officer:
    return officer(login, Role.UNIT_HEAD, name="班主任", unit=office())


def unit(name: str = "监督一科", of: Agency | None = None) -> Unit:
    return Unit.objects.get_or_create(agency=of or agency(), name=name)[0]


def officer(login: str, *roles: Role, password: str | None = None, **more: Any) -> Officer:
    """One of the cast by login, or somebody new; those who enforce have a unit and a number."""
    if found := Officer.objects.filter(login=login).first():
        return found
    name, usual = CAST.get(login, (more.pop("name", login), Role.OFFICER))
    held = roles or (usual,)
    bureau = more.pop("agency", None) or agency()
    if set(held) & set(ENFORCING):
        more = {"unit": unit(of=bureau), "officer_cert_no": f"HB-{login}"} | more
    made = Officer(agency=bureau, login=login, name=name, **more)
    made.set_password(password)  # None: an account nobody can sign in to; argon2 is slow
    made.save()
    for role in held:
        RoleHolding.objects.create(officer=made, role=role, granted_at=NOON)
    return made


def stranger(login: str = "far", *roles: Role, **more: Any) -> Officer:
    """Somebody of a second bureau in the same installation."""
    return officer(login, *roles, **{"agency": agency("邻县卫健局")} | more)


def device(device_no: str = "ZF-001") -> Device:
    return Device.objects.get_or_create(
        agency=agency(),
        device_no=device_no,
        defaults={"kind": DeviceKind.BODY_CAMERA, "unit": unit(), "registered_at": NOON},
    )[0]


@transaction.atomic
def recording(number: str = "2026-000001", content: bytes | None = None, **more: Any) -> Recording:
    """A sealed recording of Li's with its event. `content` puts a file in the vault as well."""
    if found := Recording.objects.filter(number=number).first():
        return found
    bytes_of = content if content is not None else number.encode()
    by = more.pop("officer") if "officer" in more else officer("li")
    facts = {
        "agency": agency(),
        "number": number,
        "officer": by,
        "unit": by and by.unit,
        "device": device(),
        "device_no": "ZF-001",
        "kind": MediaKind.VIDEO,
        "suffix": ".mp4",
        "original_name": b"DCIM/" + number.encode() + b".MP4",
        "size_bytes": len(bytes_of),
        "sha256": hashlib.sha256(bytes_of).hexdigest(),
        "sm3": sm3(bytes_of),
        "vault_key": f"test/{number}.mp4",
        "file_mtime_ns": 0,
        "recorded_at": NOON + timedelta(minutes=int(number.split("-")[1])),
        "recorded_at_origin": TimeOrigin.FILE,
        "duration_seconds": 60,
        "state": RecordingState.EXAMINED,
        "examination": {"browser_playable": True, "outputs": []},
        "sealed_at": NOON,
    } | more
    made = Recording.objects.create(**facts)
    made.search_text = " ".join([shown(bytes(made.original_name)), by.name if by else ""])
    made.save(update_fields=["search_text"])
    keeping.refresh([made.pk])
    if content is not None:
        keep(made, content)
    seal_event(made)
    return made


def unassigned(number: str, **more: Any) -> Recording:
    return recording(number, officer=None, **more)


def seal_event(made: Recording) -> None:
    # A log goes forward, also where a test seals what is old.
    newest = CustodyEvent.objects.order_by("-index").values_list("at", flat=True).first()
    log.record(
        Kind.RECORDING_SEALED,
        subject=f"recording:{made.number}",
        by="zhou",
        at=max(made.sealed_at, newest or made.sealed_at),
        sha256=made.sha256,
        sm3=made.sm3,
        size=made.size_bytes,
        vault_key=made.vault_key,
        original_name_hex=bytes(made.original_name).hex(),
        file_mtime_ns=str(made.file_mtime_ns),
        device_no=made.device_no,
        officer=made.officer and (made.officer.officer_cert_no or made.officer.login),
    )


def keep(made: Recording, content: bytes) -> None:
    path = settings.DATA.vault / made.vault_key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def sm3(content: bytes) -> str:
    return hashlib.new("sm3", content).hexdigest()


def batch(uid: str = "b1", *, by: Officer | None = None, **more: Any) -> IntakeBatch:
    someone = by or officer("zhou")
    facts = {
        "agency": agency(),
        "state": BatchState.DONE,
        "source": ["/media/card"],
        "roots": b"/media/card",
        "by": someone.login,
        "started_by": someone,
        "asked_at": NOON,
        "started_at": NOON,
        "finished_at": NOON + timedelta(seconds=10),
    } | more
    return IntakeBatch.objects.get_or_create(uid=uid, defaults=facts)[0]


def item(of: IntakeBatch, name: bytes = b"a.mp4", **more: Any) -> IntakeItem:
    facts = {"state": ItemState.SEALED, "size_bytes": 1 << 20, "kind": MediaKind.VIDEO} | more
    return IntakeItem.objects.create(batch=of, name=name, **facts)


def party(name: str = "某某餐饮店", **more: Any) -> Party:
    facts = {
        "kind": PartyKind.ORGANISATION,
        "added_at": NOON,
        "added_by": officer("li"),
        "search_text": name,
        "name_key": naming.key_of(name),
        "core_key": naming.core_of(name),
    } | more
    return Party.objects.get_or_create(agency=agency(), name=name, defaults=facts)[0]


def case(case_no: str = "内卫罚〔2026〕1号", *parties: Party, **more: Any) -> Case:
    """Li's case; `parties` are entered with it."""
    facts = {
        "name": "未按规定公示卫生许可证案",
        "unit": unit(),
        "opened_date": NOON.date(),
        "added_at": NOON,
        "added_by": officer("li"),
        "search_text": case_no,
    } | more
    made = Case.objects.get_or_create(agency=agency(), case_no=case_no, defaults=facts)[0]
    for one in parties:
        CaseParty.objects.get_or_create(case=made, party=one)
    return made


def handles(of: Case, login: str, by: Officer | None = None) -> CaseOfficer:
    """Entered with the case by who opened it, or afterwards by `by`."""
    later = {"added_at": of.added_at + timedelta(hours=1)} if by else {"added_at": of.added_at}
    facts = later | {"added_by": by or of.added_by}
    return CaseOfficer.objects.get_or_create(case=of, officer=officer(login), defaults=facts)[0]


def share(of: Recording, login: str) -> Share:
    """`login` took part in it, as another says."""
    facts = {"shared_at": NOON, "shared_by": officer("zhou" if login != "zhou" else "fa")}
    return Share.objects.get_or_create(recording=of, officer=officer(login), defaults=facts)[0]


def link(of: Activity, film: Recording, by: str = "zhou") -> ActivityRecording:
    """As it is after somebody put it there; nobody's share is made."""
    facts = {"was_proposed": False, "linked_at": NOON, "linked_by": officer(by)}
    return ActivityRecording.objects.create(activity=of, recording=film, **facts)


def activity(number: str = "HD-2026-000001", *others: str, **more: Any) -> Activity:
    """Li's inspection on site from noon for half an hour; `others` by login took part as well."""
    if found := Activity.objects.filter(number=number).first():
        return found
    by = more.pop("officer", None) or officer("li")
    facts = {
        "agency": by.agency,
        "kind": "inspection",
        "unit": by.unit,
        "place": "中兴路12号",
        "arrived_at": NOON,
        "left_at": NOON + timedelta(minutes=30),
        "registered_at": NOON,
        "registered_by": by,
        "search_text": number,
    } | more
    if facts.get("case"):
        facts = {"case_set_at": NOON, "case_set_by": by} | facts
    made = Activity.objects.create(number=number, **facts)
    takes_part(made, by.login, is_lead=True)
    for login in others:
        takes_part(made, login)
    return made


def takes_part(of: Activity, login: str, **more: Any) -> ActivityOfficer:
    """Named when it was registered, by who did."""
    facts = {"added_at": of.registered_at, "added_by": of.registered_by} | more
    return ActivityOfficer.objects.create(activity=of, officer=officer(login), **facts)


FOR_EVER = datetime(2100, 1, 1, tzinfo=UTC)


def grant(
    of: Recording, to: Officer | None, *, may_copy: bool = False, kind: str = "view", **more: Any
) -> Grant:
    """An approved request, as it stands when its chain is through; `to` None: for an outsider."""
    asker = to or officer("zhou")
    number = f"2026-DY-{Request.objects.count() + 1:06d}"
    request = Request.objects.create(
        agency=of.agency,
        number=number,
        kind=kind,
        state=RequestState.GRANTED,
        purpose="案件研判",
        person="" if to else "张法官",
        organ="" if to else "某县人民法院",
        wants_copy=may_copy,
        wanted_until=FOR_EVER.date(),
        asked_by=asker,
        asked_at=BEGAN,
        handed_in_at=BEGAN,
    )
    RequestItem.objects.create(request=request, recording=of)
    lasts = {"from_at": BEGAN, "until": FOR_EVER} | more
    made = Grant.objects.create(
        request=request, recording=of, officer=to, may_copy=may_copy, **lasts
    )
    if to is not None:
        lasting = {"until": lasts["until"]}
        Admission.objects.update_or_create(recording=of, officer=to, defaults=lasting)
    return made
