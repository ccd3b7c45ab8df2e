"""What events of the log may be a breach, each told as a lead.

Read from the rows as they are now, not from the event alone: an event says where to look. So the
log may be read again, and what was put right since makes no lead.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.cases.models import Activity, Aside, Verdict
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.devices.models import LossReport
from liuhen.duties.models import Duty
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer
from liuhen.recordings.models import Finding, Recording
from liuhen.supervision.breaches.spot_signs import led_by, of_spot_check
from liuhen.supervision.breaches.suspecting import Suspicion
from liuhen.supervision.models import BreachSource

FOLLOWED = (
    Kind.DUTY_OVERDUE,
    Kind.ACTIVITY_JUDGED,
    Kind.ACTIVITY_VOIDED,
    Kind.RECORDING_EXAMINED,
    Kind.RECORDING_PLACED,
    Kind.RECORDING_SET_ASIDE,
    Kind.RECORDING_TAKEN_BACK,
    Kind.RECORDING_VERIFIED,
    Kind.SCRUB_FINISHED,
    Kind.ACCESS_DENIED,
    Kind.DEVICE_LOST,
    Kind.SPOT_CHECK_CLOSED,
)

BY_VERDICT = {
    Verdict.NOT_RECORDED: BreachSource.NOT_RECORDED,
    Verdict.UNEXPLAINED: BreachSource.GAP,
}
LATE = frozenset({"after_activity"})
EDITED = frozenset({"re_encoded", "edit_list", "saved_again"})
"""Findings (docs/reference/findings.md) that say late recording, and a hand in the file."""

DENIED_A_DAY = 5
"""A slip or two at a list is no attempt; who is turned away five times a day was trying. Refusals
within one minute count as one (`access.viewing.QUIET`)."""


OF_FINDINGS = (Kind.RECORDING_EXAMINED, Kind.RECORDING_PLACED)
OF_VERDICTS = (Kind.ACTIVITY_JUDGED, Kind.ACTIVITY_VOIDED)


@dataclass(frozen=True)
class Noted:
    """Of what some events are about, what bears a sign: the findings that are one, by the
    recording's number, and the activities' numbers."""

    findings: Mapping[str, Collection[str]]
    activities: Collection[str]


def noted_in(events: Iterable[CustodyEvent]) -> Noted:
    """Two queries, however many events: most of what is examined and judged is in order."""
    numbers: dict[str, set[str]] = {"recording": set(), "activity": set()}
    for event in events:
        if event.kind in (*OF_FINDINGS, *OF_VERDICTS):
            of, _, number = event.subject.partition(":")
            numbers[of].add(number)
    findings: dict[str, set[str]] = defaultdict(set)
    rows = Finding.objects.filter(
        recording__number__in=numbers["recording"], code__in=LATE | EDITED
    )
    for number, code in rows.values_list("recording__number", "code"):
        findings[number].add(code)
    judged = Activity.objects.filter(
        number__in=numbers["activity"], voided_at=None, verdict__in=BY_VERDICT
    )
    return Noted(findings, set(judged.values_list("number", flat=True)))


def signs_in(event: CustodyEvent, noted: Noted) -> Iterator[Suspicion]:
    """The leads this event points to; none for most. `noted`: of it and others."""
    kind = Kind(event.kind)
    if kind == Kind.DUTY_OVERDUE:
        yield from of_duty(event)
    elif kind in OF_VERDICTS:
        yield from of_activity(event, noted)
    elif kind in OF_FINDINGS:
        yield from of_findings(event, noted)
    elif kind in (Kind.RECORDING_SET_ASIDE, Kind.RECORDING_TAKEN_BACK):
        yield from of_aside(event)
    elif kind in (Kind.RECORDING_VERIFIED, Kind.SCRUB_FINISHED):
        yield from of_bytes(event)
    elif kind == Kind.ACCESS_DENIED:
        yield from of_denials(event)
    elif kind == Kind.DEVICE_LOST:
        yield from of_loss(event)
    elif kind == Kind.SPOT_CHECK_CLOSED:
        yield from of_spot_check(event)


def keys_seen(event: CustodyEvent) -> tuple[str, ...]:
    """The leads that stand or fall with what this event is about: one that `signs_in` does not
    tell any more has been put right."""
    name = event.subject.partition(":")[2]
    if event.kind in OF_VERDICTS:
        return tuple(f"{source}:{name}" for source in BY_VERDICT.values())
    if event.kind in OF_FINDINGS:
        return f"{BreachSource.LATE_RECORDING}:{name}", f"edited:{name}"
    if event.kind in (Kind.RECORDING_SET_ASIDE, Kind.RECORDING_TAKEN_BACK):
        return (f"{BreachSource.MISUSE}:{name}",)
    return ()


def of_duty(event: CustodyEvent) -> Iterator[Suspicion]:
    """Only what the regulation of then calls a breach (`duties.overdue.mark`)."""
    beside = ("agency", "owner__unit", "unit", "recording", "device")
    key = event.subject.removeprefix("duty:")
    duty = Duty.objects.select_related(*beside).filter(pk=int(key)).first()
    if duty is None or duty.breach_no is None:
        return
    # The calendar makes what nobody did in time; what happened is that its time ran out.
    due_at = duty.due_at or event.at
    about = [str(duty.facts.get("what") or duty.get_kind_display())]
    told = (duty.facts.get(name) for name in ("activity", "disc_no", "correction"))
    about += [one for one in told if one]
    if duty.recording:
        about.append(f"音像资料 {duty.recording.number}")
    if duty.device:
        about.append(f"设备 {duty.device.device_no}")
    yield Suspicion(
        duty.agency,
        BreachSource.DUTY,
        f"duty:{duty.pk}",
        f"{'，'.join(about)}：应于{limit(due_at)}前办理，逾期未办。",
        due_at,
        officer=duty.owner,
        unit=duty.unit,
        duty=duty,
        recording=duty.recording,
        device=duty.device,
        item_no=duty.breach_no,
        rules_at=duty.started_at,
    )


def of_activity(event: CustodyEvent, noted: Noted) -> Iterator[Suspicion]:
    number = event.subject.removeprefix("activity:")
    if number not in noted.activities:
        return
    activity = Activity.objects.select_related("agency", "unit").get(number=number)
    source = BY_VERDICT[Verdict(activity.verdict)]
    began = activity.arrived_at or activity.registered_at
    said = {
        BreachSource.NOT_RECORDED: "应当录音录像，没有归入任何音像资料，也没有免予记录的材料。",
        BreachSource.GAP: "录音录像有间断，没有说明原因或者说明不符合规定。",
    }[source]
    yield Suspicion(
        activity.agency,
        source,
        f"{source}:{activity.number}",
        f"执法活动 {activity.number}（{minute(began)}，{activity.place}）{said}",
        began,
        officer=led_by(activity),
        unit=activity.unit,
        activity=activity,
    )


def recording_of(event: CustodyEvent) -> Recording | None:
    return recording_numbered(event.subject.removeprefix("recording:"))


def recording_numbered(number: str) -> Recording | None:
    rows = Recording.objects.select_related("agency", "unit", "officer__unit", "device")
    return rows.defer("examination", "search_text").filter(number=number).first()


def of_findings(event: CustodyEvent, noted: Noted) -> Iterator[Suspicion]:
    """By the recording's findings as they stand: placing tells only those of its own."""
    found = set(noted.findings.get(event.subject.removeprefix("recording:"), ()))
    recording = recording_of(event) if found else None
    if recording is None:
        return
    name = f"音像资料 {recording.number}"
    if found & LATE:
        said = f"{name}在登记的离开现场时间之后才开始录制，可能是事后补录。"
        key = f"{BreachSource.LATE_RECORDING}:{recording.number}"
        yield about(recording, BreachSource.LATE_RECORDING, key, said)
    if found & EDITED:
        said = f"{name}入库检验发现经过编码、编辑软件处理的痕迹。"
        yield about(recording, BreachSource.TAMPERED, f"edited:{recording.number}", said)


def of_aside(event: CustodyEvent) -> Iterator[Suspicion]:
    recording = recording_of(event)
    row = Aside.objects.filter(recording=recording).first() if recording else None
    if recording is None or row is None or row.why != Aside.Why.NOT_ENFORCEMENT:
        return
    key = f"{BreachSource.MISUSE}:{recording.number}"
    said = f"音像资料 {recording.number} 列为非执法使用：{row.reason}"
    yield about(recording, BreachSource.MISUSE, key, said)


def of_bytes(event: CustodyEvent) -> Iterator[Suspicion]:
    """Nobody is named: who could have changed it is what the inquiry is to find out."""
    facts = facts_of(event)
    if event.kind == Kind.RECORDING_VERIFIED:
        numbers = [] if facts["intact"] else [event.subject.removeprefix("recording:")]
    else:
        numbers = [one["recording"] for one in facts["problems"] if "recording" in one]
    for number in numbers:
        if (recording := recording_numbered(number)) is not None:
            said = f"音像资料 {number} 核验时与封存时不符，或者原件缺失。"
            yield Suspicion(
                recording.agency,
                BreachSource.TAMPERED,
                f"altered:{number}",
                said,
                event.at,
                unit=recording.unit,
                recording=recording,
            )


def about(recording: Recording, source: BreachSource, key: str, said: str) -> Suspicion:
    return Suspicion(
        recording.agency,
        source,
        key,
        said,
        recording.recorded_at,
        officer=recording.officer,
        unit=recording.unit,
        recording=recording,
        device=recording.device,
    )


def of_denials(event: CustodyEvent) -> Iterator[Suspicion]:
    officer = Officer.objects.select_related("agency", "unit").filter(login=event.actor).first()
    if officer is None:
        return
    day = in_china(event.at).date()
    denied = CustodyEvent.objects.filter(kind=Kind.ACCESS_DENIED, actor=event.actor)
    since, until = midnight(day), midnight(day + timedelta(days=1))
    n = denied.filter(at__gte=since, at__lt=until, index__lte=event.index).count()
    if n == DENIED_A_DAY:
        said = f"{day:%Y-%m-%d} 当日 {n} 次查看、下载未获准的资料或者导出档案，均被拒绝。"
        key = f"{BreachSource.DENIED}:{officer.login}:{day:%Y%m%d}"
        yield Suspicion(
            officer.agency, BreachSource.DENIED, key, said, event.at, officer, officer.unit
        )


def of_loss(event: CustodyEvent) -> Iterator[Suspicion]:
    rows = LossReport.objects.select_related("device__agency", "device__unit", "officer__unit")
    loss = rows.filter(pk=facts_of(event)["loss"]).first()
    if loss is None:
        return
    yield Suspicion(
        loss.device.agency,
        BreachSource.LOST,
        f"{BreachSource.LOST}:{loss.pk}",
        f"设备 {loss.device.device_no} 遗失：{loss.story}",
        loss.missed_at,
        officer=loss.officer,
        unit=loss.officer.unit if loss.officer else loss.device.unit,
        device=loss.device,
    )


def limit(due_at: datetime) -> str:
    """A limit at midnight is the end of the day before, as people say it."""
    local = in_china(due_at)
    if due_at == midnight(local.date()):
        return f"{local.date() - timedelta(days=1)} 24:00"
    return minute(due_at)


def minute(instant: datetime) -> str:
    return f"{in_china(instant):%Y-%m-%d %H:%M}"
