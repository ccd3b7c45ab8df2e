"""Reads: which recordings an officer sees, filtered, one page at a time."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from liuhen.custody import keyset
from liuhen.devices.models import DeviceKind
from liuhen.kernel.clock import midnight, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import (
    Admission,
    IntakeBatch,
    IntakeItem,
    Recording,
    SecrecyMark,
    Share,
)

PAGE_SIZE = 24
UNASSIGNED = Q(officer=None) & ~Q(device__kind=DeviceKind.FIXED_CAMERA)
"""Whose maker is to be found out. What a window's fixed camera records is nobody's."""

DISPOSED = "disposed"
"""Asked for as a state: what has one by its examination may have been disposed of since."""

COUNT_CAP = 10_000
"""Counting stops here: beyond it a page says "10000+", and no list costs a full scan."""


def visible_to(officer: Officer, *, at: datetime | None = None) -> QuerySet[Recording]:
    """Which recordings an officer knows of: own and shared, the unit's or the bureau's, by the
    widest permission held, and what a grant admits to; else none.

    Not those marked secret, but for who made or shared them, was admitted, or sees secrets. To
    know of a recording is not to play it: that is for `access.rights` to say. `at`: when, for
    admissions that end; None: now.
    """
    recordings = Recording.objects.filter(agency_id=officer.agency_id)
    known = known_to(officer, at=at)
    # A union of ids, each by its own index: an OR across two tables reads the whole bureau's.
    return but_secrets(
        recordings if known is None else recordings.filter(pk__in=known), officer, at=at
    )


def known_to(officer: Officer, *, at: datetime | None = None) -> QuerySet[Any] | None:
    """Ids of what is within an officer's range, secret or not; None: the whole bureau's."""
    granted = permissions_of(officer)
    if Permission.SEE_AGENCY in granted:
        return None
    if not granted & {Permission.SEE_UNIT, Permission.SEE_OWN}:
        return Recording.objects.none().values("pk")
    scopes: list[QuerySet[Any]] = [admitted(officer, at=at or now())]
    scopes.append(Share.objects.filter(officer_id=officer.pk).values("recording_id"))
    if Permission.SEE_UNIT in granted and officer.unit_id:
        scopes.append(Recording.objects.filter(unit_id=officer.unit_id).values("pk"))
    if Permission.SEE_OWN in granted:
        scopes.append(Recording.objects.filter(officer_id=officer.pk).values("pk"))
    return scopes[0].union(*scopes[1:], all=True)


def but_secrets(
    rows: QuerySet[Recording], officer: Officer, *, at: datetime | None = None
) -> QuerySet[Recording]:
    """Without those whose secrecy keeps them from this officer: for lists of what belongs to
    something, which name also what the reader may not open."""
    return rows.exclude(hides(officer, "pk", at=at))


def hides(officer: Officer, path: str = "recording_id", *, at: datetime | None = None) -> Q:
    """The same as a condition on rows that name a recording by `path`: those to be left out."""
    kept = hidden_from(officer, at=at)
    return Q(pk__in=[]) if kept is None else Q(**{f"{path}__in": kept})


def hidden_from(officer: Officer, *, at: datetime | None = None) -> QuerySet[Any] | None:
    """Ids of what is kept secret from this officer; None: nothing is."""
    if Permission.SEE_SECRET in permissions_of(officer):
        return None
    return kept_from(officer, at=at or now())


def kept_from(officer: Officer, *, at: datetime) -> QuerySet[Any]:
    """Ids of the recordings whose secrecy marks are in force and hold for this officer, too."""
    marked = SecrecyMark.objects.filter(lifted_at=None)
    marked = marked.exclude(recording__officer_id=officer.pk)
    shared = Share.objects.filter(officer_id=officer.pk).values("recording_id")
    marked = marked.exclude(recording_id__in=shared)
    return marked.exclude(recording_id__in=admitted(officer, at=at)).values("recording_id")


def admitted(officer: Officer, *, at: datetime) -> QuerySet[Any]:
    return Admission.objects.filter(officer_id=officer.pk, until__gt=at).values("recording_id")


def get_visible(number: str, officer: Officer, *, at: datetime | None = None) -> Recording:
    """Refuses: NoSuchRecording, alike for what is not there and what is not shown."""
    if "\0" in number:  # PostgreSQL takes none even to compare
        raise NoSuchRecording(number=number.replace("\0", ""))
    found = (
        visible_to(officer, at=at)
        .select_related("officer", "unit", "device", "agency", "checkout__officer")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise NoSuchRecording(number=number)
    return found


@dataclass(frozen=True)
class Filters:
    """What the filter bar asks for; None means everything. Dates are China's, both included."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    unit: int | None = None
    officer: int | None = None
    device: int | None = None
    kind: str = ""
    state: str = ""
    unassigned: bool = False

    def apply(self, recordings: QuerySet[Recording]) -> QuerySet[Recording]:
        wanted: dict[str, Any] = {
            "unit_id": self.unit,
            "officer_id": self.officer,
            "device_id": self.device,
            "kind": self.kind or None,
            "state": self.state if self.state not in ("", DISPOSED) else None,
            "disposed_at__isnull": self.state != DISPOSED if self.state else None,
            "recorded_at__gte": midnight(self.since) if self.since else None,
            "recorded_at__lt": midnight(self.until + timedelta(days=1)) if self.until else None,
        }
        recordings = recordings.filter(**{k: v for k, v in wanted.items() if v is not None})
        if self.unassigned:
            recordings = recordings.filter(UNASSIGNED)
        for word in self.words.split():
            recordings = recordings.filter(
                Q(search_text__icontains=word) | Q(number__startswith=word)
            )
        return recordings


@dataclass(frozen=True)
class Page:
    """Rows newest first; `older` and `newer` are cursors, None at an end.

    `count` stops at COUNT_CAP; `count_is_capped` says so.
    """

    rows: list[Recording] = field(default_factory=list)
    older: str | None = None
    newer: str | None = None
    count: int = 0
    count_is_capped: bool = False


def for_list(recordings: QuerySet[Recording]) -> QuerySet[Recording]:
    rows = recordings.select_related("officer", "unit", "device").prefetch_related("findings")
    return rows.defer("examination")


def page(recordings: QuerySet[Recording], cursor: str | None) -> Page:
    """A bad cursor is the first page."""
    found = keyset.take(for_list(recordings), cursor, by="recorded_at", size=PAGE_SIZE)
    # All on one page are counted by now; a second search would cost as much again.
    count = len(found.rows) if found.is_whole else recordings.order_by()[: COUNT_CAP + 1].count()
    return Page(
        rows=found.rows,
        older=found.older,
        newer=found.newer,
        count=min(count, COUNT_CAP),
        count_is_capped=count > COUNT_CAP,
    )


def items_of(batch: IntakeBatch, officer: Officer) -> QuerySet[IntakeItem]:
    """What became of the batch's files, without those kept secret from this officer."""
    return batch.items.select_related("recording").order_by("pk").exclude(hides(officer))


def batches_of(officer: Officer) -> QuerySet[IntakeBatch]:
    """The intakes an officer follows: all of the bureau's for those who see it, else one's own."""
    batches = IntakeBatch.objects.filter(agency_id=officer.agency_id).select_related(
        "officer", "started_by"
    )
    if Permission.SEE_AGENCY in permissions_of(officer):
        return batches
    return batches.filter(Q(started_by=officer) | Q(officer=officer))
