"""Look inside a sealed original, in a sandboxed child, and write down what was found."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.media import examine as engine
from liuhen.engines.media.facts import Examination
from liuhen.engines.media.facts import TimeClaim as HeaderTime
from liuhen.kernel.clock import CHINA
from liuhen.recordings import claims, derived, likeness, placing, tasks, vaults
from liuhen.recordings.claims import Claim
from liuhen.recordings.marking import state_after
from liuhen.recordings.models import (
    Finding,
    MediaKind,
    Recording,
    RecordingState,
    TimeClaim,
    TimeOrigin,
)
from liuhen.recordings.search import keeping

QUEUED_AT_ONCE = 500
UNREADABLE = "unreadable"
BEYOND_SECONDS = 1e9
"""31 years; a larger number read back from SQLite would fail every list it stands in."""


def examine(recording: Recording, *, at: datetime) -> None:
    """Examine once; a task delivered twice, or after a crash half-way, changes nothing more."""
    if recording.state != RecordingState.SEALED:
        return
    folder = derived.folder(recording)
    folder.mkdir(parents=True, exist_ok=True)
    name = bytes(recording.original_name)
    found = engine.examine(vaults.path(recording.vault_key), folder, name=name)
    write_down(recording, found, at=at)


def catch_up() -> None:
    """Queue what was sealed and never examined, e.g. because its task failed on a full disk;
    what is queued already is not queued again at each start."""
    unfinished = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=tasks.examine.module_path,
    )
    queued = {said["args"][0] for said in unfinished.values_list("args_kwargs", flat=True)}
    sealed = Recording.objects.filter(state=RecordingState.SEALED).values_list("pk", flat=True)
    waiting = [pk for pk in sealed.order_by("pk") if pk not in queued]
    for first in range(0, len(waiting), QUEUED_AT_ONCE):
        with transaction.atomic():
            for pk in waiting[first : first + QUEUED_AT_ONCE]:
                tasks.examine.enqueue(pk)


@transaction.atomic
def write_down(recording: Recording, found: Examination, *, at: datetime) -> None:
    """Facts, claims, findings, state, place in time and who had the device, and events together."""
    # The turn first: a return of the device is wholly known here, or finds this row examined.
    log.wait_for_turn()
    length = length_of(found)
    duration = timedelta(seconds=float(length)) if length is not None else None
    said = all_claims(recording, found)
    placed = placing.place(recording, said, duration=duration)
    findings = [*findings_of(recording, found, said), *placed.findings]
    moved = Recording.objects.filter(pk=recording.pk, state=RecordingState.SEALED).update(
        state=state_after(finding.code for finding in findings),
        examination=found.to_json(),
        duration_seconds=length,
        kind=found.kind if found.kind in MediaKind.values else recording.kind,
        **placed.columns(recording),
    )
    if not moved:
        return
    keeping.refresh([recording.pk])
    TimeClaim.objects.bulk_create(rows_of(recording, said))
    Finding.objects.bulk_create(findings)
    examined = log.Act(
        Kind.RECORDING_EXAMINED,
        f"recording:{recording.number}",
        log.SYSTEM,
        at,
        {
            "findings": sorted({finding.code for finding in findings}),
            "recorded_at": placed.recorded_at.isoformat(),
            "recorded_at_origin": str(placed.origin),
            "duration_seconds": placing.as_text(length),
            "sandbox": found.sandbox,
        },
    )
    log.record_all([examined, placed.act(recording, at=at)] if placed.says_more else [examined])
    if not found.browser_playable and UNREADABLE not in found.codes():
        tasks.render.enqueue(recording.pk)


def all_claims(recording: Recording, found: Examination) -> list[Claim]:
    """As their rows hold them; a field stated twice counts as first read."""
    said = [claim_of(time) for time in found.header.times]
    named = claims.in_name(bytes(recording.original_name))
    said += [*([named] if named else []), claims.of_file(recording.file_mtime_ns)]
    once: dict[tuple[str, str], Claim] = {}
    for claim in said:
        kept = replace(claim, field=claim.field[:60], raw=claim.raw[:200])
        once.setdefault((kept.origin, kept.field), kept)
    return list(once.values())


def claim_of(time: HeaderTime) -> Claim:
    """Where no zone is stated the wall clock is taken for China's; a format that says UTC is
    taken at its word, and a device that wrote local time there shows as a shift of 8 hours."""
    instant = instant_of(time.local, time.offset_minutes) if time.local is not None else None
    return Claim(TimeOrigin.HEADER, time.origin, time.text, instant, time.zone == "stated")


def instant_of(wall_clock: str, offset_minutes: int | None) -> datetime | None:
    """None at the ends of the calendar, where a zone leads out of it: a file can say 0001-01-01
    and neither database nor screen could hold the instant. Its words are kept all the same."""
    local = datetime.fromisoformat(wall_clock).replace(tzinfo=None)
    if not MINYEAR < local.year < MAXYEAR:
        return None
    if offset_minutes is None:
        return local.replace(tzinfo=CHINA)
    return (local - timedelta(minutes=offset_minutes)).replace(tzinfo=UTC)


def rows_of(recording: Recording, said: Iterable[Claim]) -> list[TimeClaim]:
    return [
        TimeClaim(
            recording=recording,
            origin=claim.origin,
            field=claim.field,
            raw=claim.raw,
            instant=claim.instant,
            is_zone_known=claim.is_zone_known,
            names_end=claim.names_end,
        )
        for claim in said
    ]


def findings_of(
    recording: Recording, found: Examination, said: Iterable[Claim]
) -> Iterable[Finding]:
    seen = likeness.judged(recording, found)
    for finding in (*seen, *likeness.clock_jumps(said, found)):
        yield Finding(
            recording=recording,
            code=finding.code,
            start_seconds=seconds(finding.start_seconds),
            end_seconds=seconds(finding.end_seconds),
            evidence=finding.evidence,
        )
    if is_other(recording.name_device_no, recording.device_no):
        said_by = {"name": recording.name_device_no, "given": recording.device_no}
        yield Finding(recording=recording, code="device_disagreement", evidence=said_by)


def is_other(claimed: str | None, given: str | None) -> bool:
    """The name says another device than the intake did; neither is corrected."""
    return bool(claimed and given and claimed.casefold() != given.casefold())


def length_of(found: Examination) -> Decimal | None:
    """None where the file states less than nothing."""
    length = seconds(found.duration)
    return None if length is not None and length < 0 else length


def seconds(value: object) -> Decimal | None:
    """Milliseconds' precision, for display; exact time stays in the examination's JSON.

    None beyond what the column holds: a broken header claims a length of centuries.
    """
    if value is None:
        return None
    number = float(value)  # type: ignore[arg-type]
    return Decimal(str(round(number, 3))) if abs(number) < BEYOND_SECONDS else None
