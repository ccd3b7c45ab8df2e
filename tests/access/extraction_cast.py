"""Evidence of Li's case taken out by Li, witnessed by Wang, where no approval is asked."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

import factories
from factories import NOON
from liuhen.access import extraction, tasks
from liuhen.access.extraction import Piece
from liuhen.access.extraction_note import EvidenceNote
from liuhen.access.models import Extraction
from liuhen.cases.models import ActivityRecording, Case
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import disposing
from liuhen.recordings.models import Recording

FILM = bytes(range(256)) * 20


def film(number: int = 1, content: bytes = FILM, **more: Any) -> Recording:
    """Li's, of an activity of the case, with its bytes in the vault."""
    made = loose(number, content, **more)
    facts = {"was_proposed": False, "linked_at": NOON, "linked_by": factories.officer("li")}
    activity = factories.activity(case=case())
    ActivityRecording.objects.get_or_create(recording=made, defaults=facts | {"activity": activity})
    return made


def loose(number: int = 1, content: bytes = FILM, **more: Any) -> Recording:
    """Of no activity."""
    return factories.recording(f"2026-{number:06d}", content + bytes([number]), **more)


def case() -> Case:
    made = factories.case()
    for login in ("li", "wang"):
        factories.handles(made, login)
    return made


def note(**more: Any) -> EvidenceNote:
    said = {
        "proves": "未公示卫生许可证",
        "place": "某县卫健局",
        "method": "执法记录仪现场录制",
        "original_place": "本单位专用存储设备",
        "why_copy": "原件须留存",
        "summary": "0:10 检查经营场所",
        "copies": 2,
    } | more
    return EvidenceNote(**said)


def take_out(
    *recordings: Recording, by: str = "li", witness: str | None = "wang", **more: Any
) -> Extraction:
    pieces: Sequence[Piece] = [Piece(one) for one in recordings or (film(),)]
    facts = {"case": case(), "note": note()} | more
    pieces = facts.pop("pieces", pieces)
    second = factories.officer(witness) if witness else None
    return extraction.make(pieces, **facts, witness=second, by=factories.officer(by), at=NOON)


def stretch(recording: Recording, since: str = "3.2", until: str = "5.5") -> Piece:
    return Piece(recording, Decimal(since), Decimal(until))


@transaction.atomic
def dispose_of(recording: Recording) -> None:
    """As an execution does it: the log says so first."""
    log.record(
        Kind.RECORDING_LEAVING, subject=f"recording:{recording.number}", by=log.SYSTEM, at=NOON,
        sha256=recording.sha256, vault_key=recording.vault_key,
    )  # fmt: skip
    disposing.mark(recording, at=NOON)


def refused(code: str, act: Any) -> None:
    """And nothing was said in the log."""
    before = CustodyEvent.objects.count()
    with pytest.raises(Refusal) as no:
        act()
    assert (no.value.code, CustodyEvent.objects.count()) == (code, before)


def cut_now(made: Extraction) -> Extraction:
    """What the worker does."""
    tasks.cut.func(made.pk)
    made.refresh_from_db()
    return made
