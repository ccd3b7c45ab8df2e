"""A bureau that has lived two years with its log, and what has come to its end there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.recordings import derived, vaults
from liuhen.recordings.models import Recording
from liuhen.regulations.models import Adoption
from liuhen.retention import appraisal, disposal, execution, kept_terms
from liuhen.retention.appraisal import Word
from liuhen.retention.models import DisposalList, Worth

NOON = factories.NOON
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = NOON + 757 * DAY
"""1 February 2028: two years and some weeks, past a term of two years."""

APPROVED = LATER + 3 * HOUR
READY = APPROVED + 7 * DAY + HOUR
"""When the waiting period is over."""


def who(login: str) -> Officer:
    return factories.officer(login)


def under(pack_id: str) -> None:
    Adoption.objects.filter(agency=factories.agency()).update(pack_id=pack_id)


@transaction.atomic
def event(at: datetime) -> CustodyEvent:
    """Somebody did something that day."""
    return log.record(Kind.SIGNED_IN, subject="officer:zhou", by="zhou", at=at)


@transaction.atomic
def days_pass(since: datetime, until: datetime, each: timedelta = DAY) -> None:
    """Work goes on every day."""
    n = -((since - until) // each)
    days = [min(since + each * day, until) for day in range(n + 1)]
    acts = [Act(Kind.SIGNED_IN, "officer:zhou", "zhou", at) for at in days]
    log.record_all(acts)


def lived_through(until: datetime) -> None:
    """The log has something of every third day up to then, from noon of the first day on."""
    newest = CustodyEvent.objects.order_by("-index").values_list("at", flat=True).first()
    days_pass(newest or NOON, until, each=3 * DAY)


def expired(number: str = "2026-000001", **more: Any) -> Recording:
    """Of January 2026 with its bytes and what was made of them, examined; its term ended in 2028.
    Taken in when the log has come to, from a camera whose clock was right."""
    newest = CustodyEvent.objects.order_by("-index").values_list("at", flat=True).first()
    facts = {"sealed_at": newest or NOON, "clock_offset_seconds": 0} | more
    made = factories.recording(number, number.encode(), **facts)
    examined(made)
    folder = derived.folder(made)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("poster.jpg", "rendition.mp4", "snapshot-00.jpg"):
        (folder / name).write_bytes(b"picture")
    kept_terms.want(Recording.objects.filter(pk=made.pk))
    kept_terms.compute([made.pk], at=NOON)
    return made


@transaction.atomic
def examined(made: Recording) -> None:
    """As the examination says it, and its placing by a compared clock."""
    told = {"recorded_at": made.recorded_at.isoformat(), "findings": []}
    length = {"duration_seconds": str(made.duration_seconds)}
    compared = made.clock_offset_seconds
    offset = {"offset_seconds": None if compared is None else str(compared)}
    subject = f"recording:{made.number}"
    # After its sealing, which a test may date back in the row alone.
    at = CustodyEvent.objects.order_by("-index").values_list("at", flat=True)[0]
    acts = [
        Act(Kind.RECORDING_EXAMINED, subject, log.SYSTEM, at, told | length),
        Act(Kind.RECORDING_PLACED, subject, log.SYSTEM, at, told | offset),
    ]
    log.record_all(acts)


def appraised(
    *recordings: Recording, worth: Worth = Worth.NONE, at: datetime = LATER, by: str = "zhou"
) -> None:
    word = Word(worth, "内容重复，无继续保存价值")
    appraisal.appraise(recordings, word, by=who(by), at=at)


def drawn(*recordings: Recording, at: datetime = LATER) -> DisposalList:
    appraised(*recordings, at=at)
    return disposal.draw(recordings, reason="保存期满", fonds_no="J012", by=who("zhou"), at=at)


def submitted(*recordings: Recording) -> DisposalList:
    made = drawn(*recordings)
    disposal.submit(made, by=who("zhou"), at=LATER + HOUR)
    return made


def reviewed(*recordings: Recording) -> DisposalList:
    made = submitted(*recordings)
    disposal.review(made, opinion="符合规定", by=who("fa"), at=LATER + 2 * HOUR)
    return made


def approved(*recordings: Recording) -> DisposalList:
    made = reviewed(*recordings)
    disposal.approve(made, opinion="同意销毁", by=who("qian"), at=APPROVED)
    return made


def waited(*recordings: Recording) -> DisposalList:
    """Approved, and a week of daily work has passed."""
    made = approved(*recordings)
    days_pass(APPROVED, READY)
    return made


def witnessed(*recordings: Recording) -> DisposalList:
    """Two have confirmed; the worker has not begun."""
    made = waited(*recordings)
    execution.witness(made, by=who("zhao"), at=READY)
    execution.witness(made, by=who("du"), at=READY + HOUR)
    return made


def executed(*recordings: Recording) -> DisposalList:
    made = witnessed(*recordings)
    run(made)
    return made


def run(made: DisposalList) -> bool:
    done = execution.run(made, clock=lambda: READY + 2 * HOUR)
    made.refresh_from_db()
    return done


def is_kept(recording: Recording) -> bool:
    """Its bytes, its pictures and its row say so."""
    recording.refresh_from_db()
    there = vaults.path(recording.vault_key).exists()
    assert there == (recording.disposed_at is None)
    assert there == derived.folder(recording).exists()
    return there


def refused(action: Any, *args: Any, **more: Any) -> Refusal:
    """The refusal; and nothing was written."""
    before = CustodyEvent.objects.count()
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    assert CustodyEvent.objects.count() == before
    return no.value


@contextmanager
def broken_log() -> Iterator[None]:
    """No event can be written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "record_all", refuse)
        yield


def refuse(_acts: Any) -> None:
    raise RuntimeError("the log is full")


def kinds_of(subject: str) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=subject).order_by("index")
    return list(rows.values_list("kind", flat=True))
