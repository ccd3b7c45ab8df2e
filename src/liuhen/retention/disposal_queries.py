"""Reads: which registers an officer sees, which wait for their step, and what is on them."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.models import SecrecyMark
from liuhen.retention import disposal_errors as errors
from liuhen.retention.models import (
    Appraisal,
    DisposalItem,
    DisposalList,
    DisposalState,
    DisposalWitness,
    ItemState,
)
from liuhen.retention.taking_part import took_part

S = DisposalState
TAKING_PART = (
    Permission.APPRAISE_RECORDINGS,
    Permission.REVIEW_DISPOSAL,
    Permission.APPROVE_DISPOSAL,
    Permission.WITNESS_DISPOSAL,
)
RELATED = ("drawn_by", "reviewed_by", "approved_by", "returned_by", "revoked_by", "agency")
ON_IT = ~Q(items__state=ItemState.TAKEN_OUT)


def visible_to(officer: Officer) -> QuerySet[DisposalList]:
    """All of the bureau's to those who have a step in it; a draft to its custodians alone."""
    granted = permissions_of(officer)
    rows = DisposalList.objects.filter(agency_id=officer.agency_id)
    if not granted & set(TAKING_PART):
        return rows.none()
    if Permission.APPRAISE_RECORDINGS not in granted:
        rows = rows.exclude(state=S.DRAFT)
    return rows.select_related(*RELATED)


def get_visible(number: str, officer: Officer) -> DisposalList:
    """Refuses: NoSuchList, alike for what is not there and what is not shown."""
    found = visible_to(officer).filter(number=number).first()
    if found is None:
        raise errors.NoSuchList(number=number)
    return found


def with_counts(rows: QuerySet[DisposalList]) -> QuerySet[DisposalList]:
    """`lines` and `size_bytes` of what is on each; what was taken out does not count."""
    return rows.annotate(
        lines=Count("items", filter=ON_IT),
        size_bytes=Sum("items__recording__size_bytes", filter=ON_IT),
    )


def waiting_for(officer: Officer) -> QuerySet[DisposalList]:
    """Those whose next step is this officer's, as far as the state and the persons tell; whether
    the waiting period is over is asked at the step."""
    granted, mine = permissions_of(officer), Q(pk__in=[])
    if Permission.APPRAISE_RECORDINGS in granted:
        mine |= Q(state__in=[S.DRAFT, S.RETURNED], drawn_by=officer)
    if Permission.REVIEW_DISPOSAL in granted:
        mine |= Q(state=S.SUBMITTED) & ~Q(drawn_by=officer) & has_no_part(officer)
    if Permission.APPROVE_DISPOSAL in granted:
        had_a_hand = Q(drawn_by=officer) | Q(reviewed_by=officer)
        mine |= Q(state=S.REVIEWED) & ~had_a_hand & has_no_part(officer)
    if Permission.WITNESS_DISPOSAL in granted:
        mine |= Q(state=S.WAITING) & may_witness(officer)
    return visible_to(officer).filter(mine)


def has_no_part(officer: Officer) -> Q:
    lines = DisposalItem.objects.filter(disposal=OuterRef("pk"), is_live=True)
    return ~Q(Exists(lines.filter(took_part(officer, "recording"))))


def may_witness(officer: Officer) -> Q:
    """Who had no part in it, made none of it, and has not confirmed yet."""
    part = Q(drawn_by=officer) | Q(reviewed_by=officer) | Q(approved_by=officer)
    lines = DisposalItem.objects.filter(disposal=OuterRef("pk"), is_live=True)
    said = Appraisal.objects.filter(ended_at=None, appraised_by=officer)
    confirmed = DisposalWitness.objects.filter(disposal=OuterRef("pk"), officer=officer)
    for rows in (lines.filter(recording__in=said.values("recording")), confirmed):
        part |= Q(Exists(rows))
    return ~part & has_no_part(officer)


def lines_of(disposal: DisposalList) -> QuerySet[DisposalItem]:
    """Each with `is_secret`: registers are read and passed on by more people than the recording,
    so of those marked secret they tell the number alone."""
    marks = SecrecyMark.objects.filter(recording=OuterRef("recording"), lifted_at=None)
    rows = disposal.items.select_related("recording").annotate(is_secret=Exists(marks))
    return rows.order_by("position")


def counts_of(disposal: DisposalList) -> dict[str, int]:
    """By item state."""
    rows = disposal.items.order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows.values("state", "n")}


def size_of(items: Iterable[DisposalItem]) -> int:
    return sum(item.recording.size_bytes for item in items)


def history_of(recording_pk: int) -> QuerySet[Appraisal]:
    rows = Appraisal.objects.filter(recording=recording_pk).select_related("appraised_by")
    return rows.order_by("-appraised_at", "-pk")
