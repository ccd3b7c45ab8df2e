"""Place a recording in time and under a use of its device: when was it made, and by whom?

The device's own time is corrected by what its clock was off; the use (check-out) it then falls in
says who had the device. What the sources claimed stays in their rows, whom the intake named in the
finding and the event.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import NOT_CARRIED, Checkout
from liuhen.people.models import Officer
from liuhen.recordings import claims, device_time
from liuhen.recordings.claims import AGREEMENT, Claim
from liuhen.recordings.device_time import Dated, DeviceClock
from liuhen.recordings.marking import state_after
from liuhen.recordings.models import (
    Finding,
    IntakeItem,
    ItemState,
    Recording,
    RecordingState,
    TimeClaim,
    TimeOrigin,
)
from liuhen.recordings.search import keeping

OF_PLACING = {
    "time_implausible", "time_zone_shift", "time_disagreement", "time_of_copy", "clock_corrected",
    "not_checked_out", "before_activity", "after_activity", "holder_disagreement",
}  # fmt: skip
"""Findings that a later reading of the clock may change; all others are facts of the file."""

NEWEST_USES = 5
"""Uses of one device follow each other: those a recording can fall in are the last ones begun
before its end, and no recording is as long as five of them. Looked at first: what a time may mean
lies eight hours apart, and a day has had more short uses than these."""

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Maker:
    """Who made a recording, to be written in its row; `officer` None: unknown.

    disagreement: whom the intake named and who had the device, if they are two.
    """

    officer: Officer | None
    unit_id: int | None
    disagreement: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Placing:
    """Where a recording belongs, and what was found in placing it.

    `dated` None: no claim is believable, the intake's time stands in. `maker` None: as it is.
    """

    recorded_at: datetime
    origin: str
    dated: Dated | None
    checkout: Checkout | None
    maker: Maker | None
    findings: list[Finding]

    def columns(self, recording: Recording) -> dict[str, Any]:
        """To be written in the recording's row."""
        told: dict[str, Any] = {
            "recorded_at": self.recorded_at,
            "recorded_at_origin": str(self.origin),
            "clock_offset_seconds": self.dated and self.dated.offset,
            "clock_uncertainty_seconds": self.dated and self.dated.uncertainty,
            "checkout_id": self.checkout and self.checkout.pk,
        }
        if self.maker is not None:
            who = self.maker.officer
            told |= {"officer_id": who and who.pk, "unit_id": self.maker.unit_id}
            words = [who.name, who.officer_cert_no or ""] if who else []
            known = recording.search_text.split()
            new = [word for word in words if word and word not in known]
            told["search_text"] = " ".join([recording.search_text, *new])
        return told

    @property
    def says_more(self) -> bool:
        """Than that the recording was examined."""
        corrected = self.dated is not None and self.dated.correction is not None
        return corrected or self.checkout is not None or self.maker is not None

    def act(self, recording: Recording, *, at: datetime) -> log.Act:
        """Its event; `recording` as it was before."""
        correction = self.dated and self.dated.correction
        told: dict[str, Any] = {
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
            "recorded_at_origin": str(self.origin),
            "offset_seconds": as_text(self.dated and self.dated.offset),
            "uncertainty_seconds": as_text(self.dated and self.dated.uncertainty),
            "measured_by": correction and str(correction.how),
            "shown_twice": bool(correction and correction.is_ambiguous),
            "checkout": self.checkout and self.checkout.pk,
            "findings": sorted({finding.code for finding in self.findings}),
        }
        if self.maker is not None:
            told |= {
                "officer": number_of(self.maker.officer),
                "before": number_of(recording.officer),
            }
        return log.Act(Kind.RECORDING_PLACED, f"recording:{recording.number}", log.SYSTEM, at, told)


def as_text(value: object) -> str | None:
    return None if value is None else str(value)


def number_of(officer: Officer | None) -> str | None:
    return (officer.officer_cert_no or officer.login) if officer else None


def place(recording: Recording, said: Sequence[Claim], *, duration: timedelta | None) -> Placing:
    """Where `recording` belongs by what is known now. Reads only: two small queries, and a third
    where the intake does not name the one who had the device."""
    at, device_id = recording.sealed_at, recording.device_id
    clock = DeviceClock((), at)
    if device_id is not None:
        clock = device_time.clock_of(device_id, said, at=at)
    every = [clock.date(claim) for claim in said]
    first = believed(every, at=at)
    if first is None:
        return unplaced(recording, every)
    meanings = clock.meanings(first, every, duration)
    uses = uses_about(device_id, meanings, duration)
    chosen, use = settled(meanings, first, uses, at=at, duration=duration)
    maker = maker_of(recording, use)
    findings = [
        *of_claims(recording, every, chosen, duration),
        *of_clock(recording, chosen),
        *of_use(recording, chosen, duration, use, uses),
        *of_maker(recording, maker),
    ]
    began = claims.start_of(chosen.claim, duration)
    return Placing(began, chosen.claim.origin, chosen, use, maker, findings)


def unplaced(recording: Recording, every: list[Dated]) -> Placing:
    """No source tells the time: under the use whose return brought it in, if that was said."""
    use = None
    if recording.device_id is not None and (item := item_of(recording)) is not None:
        use = item.batch.checkout
    maker = maker_of(recording, use)
    findings = [*of_claims(recording, every, None, None), *of_maker(recording, maker)]
    return Placing(recording.sealed_at, TimeOrigin.INTAKE, None, use, maker, findings)


def believed(every: Iterable[Dated], *, at: datetime) -> Dated | None:
    """As `claims.believed`, of corrected claims: a clock known to be years off is no reason not to
    believe it."""
    by_claim = {id(one.claim): one for one in every}
    claim = claims.believed([one.claim for one in by_claim.values()], at=at)
    return by_claim[id(claim)] if claim else None


def ended(one: Dated, duration: timedelta | None) -> datetime:
    return claims.start_of(one.claim, duration) + (duration or timedelta(0))


def uses_about(
    device_id: int | None, meanings: list[Dated], duration: timedelta | None
) -> list[Checkout]:
    """Those begun before the last of the meanings ends, newest first, back to the use before all
    of them."""
    if device_id is None:
        return []
    latest = max(ended(one, duration) for one in meanings) + AGREEMENT
    earliest = min(claims.start_of(one.claim, duration) for one in meanings)
    rows = Checkout.objects.filter(device_id=device_id, handed_at__lte=latest)
    rows = rows.select_related("device", "officer").order_by("-handed_at", "-id")
    newest = list(rows[:NEWEST_USES])
    if len(newest) < NEWEST_USES or newest[-1].handed_at < earliest:
        return newest
    return list(rows)


def settled(
    meanings: list[Dated], first: Dated, uses: list[Checkout], *, at: datetime,
    duration: timedelta | None,
) -> tuple[Dated, Checkout | None]:  # fmt: skip
    """The first meaning under a use of the device, and that use; else the believed one and None."""
    for one in meanings:
        use = holding(uses, one, duration)
        if use is not None and claims.start_of(one.claim, duration) - one.slack <= at:
            return one, use
    return first, None


def holding(uses: list[Checkout], one: Dated, duration: timedelta | None) -> Checkout | None:
    """The use a recording overlaps most; one beside it by no more than the uncertainty counts."""
    start, end = claims.start_of(one.claim, duration), ended(one, duration)

    def shared(use: Checkout) -> timedelta:
        return min(end, use.returned_at or FOR_EVER) - max(start, use.handed_at)

    best = max(uses, key=shared, default=None)
    return best if best is not None and shared(best) >= -one.slack else None


def maker_of(recording: Recording, use: Checkout | None) -> Maker | None:
    """Whoever had the device made it. A person's word on that stays; None: nothing to write."""
    if use is None and recording.checkout_id is None:
        return None
    if use and recording.checkout_id is None and recording.officer_id == use.officer_id:
        return None
    if was_assigned(recording):
        return None
    given = named_at_intake(recording)
    if use is None:
        # It was under a use and, by a later reading, is not: as the intake had it.
        known = given or recording.device
        return Maker(given, known.unit_id if known else None)
    told = {}
    if given is not None and given.pk != use.officer_id:
        told = {"given": named(given), "holder": named(use.officer)}
    return Maker(use.officer, use.unit_id or use.officer.unit_id, told)


def was_assigned(recording: Recording) -> bool:
    """By somebody, after the intake. Asked of the log: the row may be older than this look."""
    subject = f"recording:{recording.number}"
    return CustodyEvent.objects.filter(subject=subject, kind=Kind.RECORDING_ASSIGNED).exists()


def named_at_intake(recording: Recording) -> Officer | None:
    if recording.checkout_id is None:
        return recording.officer
    item = item_of(recording)
    return item.batch.officer if item else None


def item_of(recording: Recording) -> IntakeItem | None:
    """The intake's row that brought it in."""
    rows = IntakeItem.objects.filter(recording=recording, state=ItemState.SEALED)
    return rows.select_related("batch__officer", "batch__checkout__officer").order_by("pk").first()


def named(officer: Officer) -> str:
    return f"{officer.name}（{officer.officer_cert_no or officer.login}）"


def of_claims(
    recording: Recording, every: list[Dated], chosen: Dated | None, duration: timedelta | None
) -> Iterator[Finding]:
    """Of corrected claims: a clock that is off is off in all of them, and told once."""
    corrected = [one.claim for one in every]
    first = chosen.claim if chosen else None
    at = recording.sealed_at
    found = claims.disagreements(corrected, at=at, duration=duration, first=first)
    for code, evidence in found:
        yield Finding(recording=recording, code=code, evidence=evidence)


def of_clock(recording: Recording, chosen: Dated) -> Iterator[Finding]:
    correction = chosen.correction
    if correction is None or abs(correction.offset) <= AGREEMENT:
        return
    told: dict[str, Any] = {
        "offset_seconds": str(chosen.offset),
        "uncertainty_seconds": str(chosen.uncertainty),
        "measured_by": str(correction.how),
    }
    if correction.is_ambiguous:
        told["shown_twice"] = True
    yield Finding(recording=recording, code="clock_corrected", evidence=told)


def of_use(
    recording: Recording, chosen: Dated, duration: timedelta | None, use: Checkout | None,
    uses: list[Checkout],
) -> Iterator[Finding]:  # fmt: skip
    start, end = claims.start_of(chosen.claim, duration), ended(chosen, duration)
    if use is None:
        last = next((one for one in uses if one.handed_at <= end), None)
        if last is not None and last.device.kind not in NOT_CARRIED:
            told = {"returned_at": last.returned_at and last.returned_at.isoformat()}
            yield Finding(recording=recording, code="not_checked_out", evidence=told)
        return
    if use.arrived_at is not None and end + chosen.slack < use.arrived_at:
        told = {"arrived_at": use.arrived_at.isoformat(), "seconds": whole(use.arrived_at - end)}
        yield Finding(recording=recording, code="before_activity", evidence=told)
    if use.left_at is not None and start - chosen.slack > use.left_at:
        told = {"left_at": use.left_at.isoformat(), "seconds": whole(start - use.left_at)}
        yield Finding(recording=recording, code="after_activity", evidence=told)


def of_maker(recording: Recording, maker: Maker | None) -> Iterator[Finding]:
    if maker is not None and maker.disagreement:
        yield Finding(recording=recording, code="holder_disagreement", evidence=maker.disagreement)


def whole(length: timedelta) -> str:
    return str(length // timedelta(seconds=1))


@transaction.atomic
def again(checkout: Checkout, *, at: datetime) -> int:
    """Place again what was recorded under this use, or under none while it lasted.

    For a return with a second reading of the clock, a reading entered later, or the use's own times
    corrected. Answers how many recordings changed; doing it twice changes nothing more. Duties that
    were made by the earlier time keep it.
    """
    log.wait_for_turn()
    acts = [act for recording in concerned(checkout) if (act := move(recording, at=at)) is not None]
    log.record_all(acts)
    return len(acts)


def concerned(checkout: Checkout) -> QuerySet[Recording]:
    """A recording made during the use was taken in after its beginning."""
    under_none = Q(checkout=None, sealed_at__gte=checkout.handed_at)
    examined = Recording.objects.filter(
        Q(checkout=checkout) | under_none,
        device=checkout.device_id,
        state__in=[RecordingState.EXAMINED, RecordingState.MARKED],
    )
    said = Prefetch("time_claims", TimeClaim.objects.order_by("pk"))
    rows = examined.select_related("officer", "device").defer("examination")
    return rows.prefetch_related(said, "findings").order_by("pk")


def move(recording: Recording, *, at: datetime) -> log.Act | None:
    """Write the new place of one examined recording; its event, or None if nothing changes."""
    length = recording.duration_seconds
    duration = timedelta(seconds=float(length)) if length is not None else None
    placed = place(recording, said_of(recording), duration=duration)
    old = [finding for finding in recording.findings.all() if finding.code in OF_PLACING]
    columns = placed.columns(recording)
    same = all(getattr(recording, column) == value for column, value in columns.items())
    if same and told(old) == told(placed.findings):
        return None
    kept = {finding.code for finding in recording.findings.all()} - OF_PLACING
    codes = kept | {finding.code for finding in placed.findings}
    as_read = Recording.objects.filter(
        pk=recording.pk, state=recording.state, officer=recording.officer_id
    )
    if not as_read.update(state=state_after(codes), **columns):
        return None
    keeping.refresh([recording.pk])
    Finding.objects.filter(pk__in=[finding.pk for finding in old]).delete()
    Finding.objects.bulk_create(placed.findings)
    return placed.act(recording, at=at)


def said_of(recording: Recording) -> list[Claim]:
    """The claims as the examination wrote them down."""
    return [
        Claim(row.origin, row.field, row.raw, row.instant, row.is_zone_known, row.names_end)
        for row in recording.time_claims.all()
    ]


def told(findings: Iterable[Finding]) -> list[str]:
    """Comparable, whatever their rows."""
    return sorted(json.dumps([one.code, one.evidence], sort_keys=True) for one in findings)
