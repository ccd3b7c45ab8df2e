"""Playback (neiqiu-health 22): recordings looked at again, and what was seen."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from liuhen.access.involved import involved_in
from liuhen.access.models import Viewing
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint
from liuhen.devices.models import DeviceKind
from liuhen.duties import closing
from liuhen.duties import queries as duties
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.drawing import choosing
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording, RecordingState
from liuhen.regulations import current, posts
from liuhen.regulations.wording import label
from liuhen.supervision.models import Lookback
from liuhen.supervision.watching import errors

MOST_SEEN = 1000
OFFERED, OFFERED_MARKED = 20, 10
DAYS_BACK = timedelta(days=30)
MOST_LOOKED_THROUGH = 5000
"""Recordings of a month among which is chosen; a province's bureau has no more to offer a look."""

SILENT = (Post.LEGAL_OFFICE,)


def basis_for(officer: Officer, *, at: datetime) -> tuple[tuple[Post, ...], int | None]:
    """Whose post it is, and by which article, if one says so."""
    rules = current.rules_if_any(officer.agency, in_china(at).date())
    task = rules.cadences().get("playback") if rules and not rules.is_before_adoption else None
    return (task.posts, task.article) if task else (SILENT, None)


def may_look_back(officer: Officer, *, at: datetime) -> bool:
    named, _article = basis_for(officer, at=at)
    return posts.holds_any(officer, named)


def offered(officer: Officer, *, at: datetime) -> list[Recording]:
    """Of the last month, not looked at again yet: first what is marked, then by the lot of the day,
    which the log's root draws: nobody looks at the same few."""
    rows = recordings.visible_to(officer, at=at).filter(
        recorded_at__gte=at - DAYS_BACK, disposed_at=None, lookbacks=None
    )
    rows = rows.exclude(device__kind=DeviceKind.FIXED_CAMERA).exclude(officer=officer)
    head = Checkpoint.objects.order_by("-size").first()
    root = bytes(head.root).hex() if head else ""  # a bureau's first morning
    day = in_china(at).date().isoformat()
    found = list(
        rows.order_by("-recorded_at", "-pk").values_list("number", "state")[:MOST_LOOKED_THROUGH]
    )
    found.sort(key=lambda one: choosing.score(root, day, one[0]))
    marked = [no for no, state in found if state == RecordingState.MARKED][:OFFERED_MARKED]
    others = [no for no, _state in found if no not in marked][: OFFERED - len(marked)]
    chosen = {
        one.number: one
        for one in Recording.objects.filter(number__in=[*marked, *others])
        .select_related("officer", "unit")
        .defer("examination")
    }
    return [chosen[no] for no in (*marked, *others)]


@transaction.atomic
def enter(
    recording: Recording, *, is_whole: bool, is_proper: bool, seen: str, by: Officer, at: datetime
) -> Lookback:
    """What was seen of one that was played. Refuses: NotALookerBack, NoSuchRecording, NotLookedAt,
    OwnRecording, SeenUnsaid."""
    log.wait_for_turn()
    named, article = basis_for(by, at=at)
    if not may_look_back(by, at=at):
        raise errors.NotALookerBack(article, posts="、".join(str(label(one)) for one in named))
    found = recordings.get_visible(recording.number, by, at=at)
    if by.pk in involved_in([found.pk])[found.pk]:
        raise errors.OwnRecording(number=found.number)
    opened = Viewing.objects.filter(recording=found, viewer=by, opened_at__gte=at - DAYS_BACK)
    if not opened.exists():
        raise errors.NotLookedAt(number=found.number)
    said = seen.strip()[:MOST_SEEN]
    if not said:
        raise errors.SeenUnsaid()
    made = Lookback.objects.create(
        agency_id=by.agency_id, recording=found, looked_at=at, looked_by=by,
        is_whole=is_whole, is_proper=is_proper, seen=said,
    )  # fmt: skip
    log.record(
        Kind.LOOKED_BACK, subject=f"recording:{found.number}", by=by, at=at, article=article,
        **facts_of(made),
    )  # fmt: skip
    return made


def facts_of(look: Lookback) -> dict[str, Any]:
    """As the log has them and as the audit compares them."""
    return {"is_whole": look.is_whole, "is_proper": look.is_proper, "seen": look.seen}


def owed(officer: Officer) -> Duty | None:
    """The playback of the period, if it is open and this officer's."""
    rows = duties.mine(officer).filter(kind=DutyKind.PLAYBACK, state=DutyState.OPEN)
    return rows.order_by("due_at", "pk").first()


@transaction.atomic
def finish(duty: Duty, *, by: Officer, at: datetime) -> None:
    """This period's is done: by what was looked at in it. Refuses: NotYours, NotLookedAt,
    AlreadyClosed."""
    log.wait_for_turn()
    rows = Lookback.objects.filter(agency_id=by.agency_id, looked_at__gte=duty.started_at)
    looked = list(rows.order_by("looked_at").values_list("is_whole", "is_proper"))
    if not looked:
        raise errors.NotLookedAt(number="—")
    wrong = sum(not (whole and proper) for whole, proper in looked)
    note = f"调阅回放资料 {len(looked)} 件，发现问题 {wrong} 件。"
    closing.complete(duty, note=note, by=by, at=at)


def visible_to(officer: Officer) -> QuerySet[Lookback]:
    """What was seen of recordings the officer may know of."""
    rows = Lookback.objects.filter(agency_id=officer.agency_id)
    rows = rows.exclude(recordings.hides(officer))
    return rows.select_related("recording__officer", "recording__unit", "looked_by")
