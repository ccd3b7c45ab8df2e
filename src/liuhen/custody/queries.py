"""Reads: the log one page at a time."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from liuhen.custody.errors import NoSuchEvent
from liuhen.custody.models import Checkpoint, CustodyEvent
from liuhen.kernel.clock import midnight

PAGE_SIZE = 50
MOST_HISTORY = 1000


@dataclass(frozen=True)
class Page:
    """Events newest first; `older` and `newer` are the index to start beside, None at an end."""

    rows: list[CustodyEvent] = field(default_factory=list)
    older: int | None = None
    newer: int | None = None


def log_size() -> int:
    """How many events there are; the index of the next one."""
    last = CustodyEvent.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def page(
    events: QuerySet[CustodyEvent] | None = None,
    *,
    kind: str = "",
    subject: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
    after: int | None = None,
) -> Page:
    """Of `events`, or all: those of this kind, about this subject, by this actor, on these days;
    empty: any."""
    events = CustodyEvent.objects.all() if events is None else events
    asked = {"kind": kind, "subject": subject, "actor": actor}
    events = matching(events, **asked, since=since, until=until)
    backwards = after is not None and before is None
    if before is not None:
        events = events.filter(index__lt=before)
    elif after is not None:
        events = events.filter(index__gt=after)
    rows = list(events.order_by("index" if backwards else "-index")[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards:
        rows.reverse()
    has_older = True if backwards else more
    has_newer = more if backwards else before is not None
    return Page(
        rows=rows,
        older=rows[-1].index if rows and has_older else None,
        newer=rows[0].index if rows and has_newer else None,
    )


def matching(
    events: QuerySet[CustodyEvent],
    *,
    kind: str,
    subject: str,
    actor: str,
    since: date | None,
    until: date | None,
) -> QuerySet[CustodyEvent]:
    """`since` and `until` are days of China's calendar, both included."""
    wanted = {
        "kind": kind,
        "subject": subject,
        "actor": actor,
        "at__gte": midnight(since) if since else None,
        "at__lt": midnight(until + timedelta(days=1)) if until else None,
    }
    return events.filter(**{k: v for k, v in wanted.items() if v})


def event_at(index: int, events: QuerySet[CustodyEvent] | None = None) -> CustodyEvent:
    """The one of `events`, or of all, with this index. Refuses: NoSuchEvent."""
    events = CustodyEvent.objects.all() if events is None else events
    event = events.filter(index=index).first()
    if event is None:
        raise NoSuchEvent()
    return event


def checkpoint_over(event: CustodyEvent) -> Checkpoint | None:
    """The first signed head that counts `event` in."""
    return Checkpoint.objects.filter(size__gt=event.index).order_by("size").first()


@dataclass(frozen=True)
class Told:
    """An event with what its hashed entry says; `checkpoint_size` is the first head over it."""

    event: CustodyEvent
    entry: dict[str, Any]
    checkpoint_size: int | None

    @property
    def who(self) -> str:
        """The actor's name as the entry keeps it, else the bare word it was signed with."""
        by = self.entry.get("by")
        return str(by.get("name") or by.get("login")) if isinstance(by, dict) else str(by)

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.entry.get("facts", {}))

    @property
    def pretty(self) -> str:
        return json.dumps(self.entry, ensure_ascii=False, indent=2, sort_keys=True)


def history_of(
    subject: str, events: QuerySet[CustodyEvent] | None = None, *, kind: str = ""
) -> list[Told]:
    """The newest MOST_HISTORY of `events`, or of all, about `subject`, oldest first; one query.

    `kind`: only these.
    """
    among = CustodyEvent.objects.all() if events is None else events
    if kind:
        among = among.filter(kind=kind)
    over = Checkpoint.objects.filter(size__gt=OuterRef("index")).order_by("size").values("size")
    newest = (
        among.filter(subject=subject)
        .annotate(checkpoint_size=Subquery(over[:1]))
        .order_by("-index")[:MOST_HISTORY]
    )
    told = [Told(e, json.loads(bytes(e.entry)), e.checkpoint_size) for e in newest]
    return told[::-1]


def told(event: CustodyEvent) -> Told:
    head = checkpoint_over(event)
    return Told(event, json.loads(bytes(event.entry)), head.size if head else None)
