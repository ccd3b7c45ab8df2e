"""Which parties may be one and the same: looked for when one is entered or changed, by indexes.

Blocking keeps it cheap: the same number under another kind, the same name, the same name without
its legal form, or one slip of the pen among its neighbours in the order of names.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from liuhen.cases import naming, party_errors, queries
from liuhen.cases.models import IdKind, Party, PartyKind, PartyTwin
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.people.spelling import plain

Why = PartyTwin.Why
MOST_PAIRS = 20
NEIGHBOURS = 50
"""Read on either side of a name in the order of names: a slip seldom carries it further."""


def refresh(party: Party, *, at: datetime) -> None:
    """Find the party's twins anew, in the caller's transaction. What people held apart stays so."""
    mine = PartyTwin.objects.filter(one=party) | PartyTwin.objects.filter(other=party)
    apart = set(mine.exclude(apart_at=None).values_list("one_id", "other_id"))
    mine.filter(apart_at=None).delete()
    if party.merged_into_id is not None:
        return
    found: dict[tuple[int, int], Why] = {}
    for other, why in candidates(party):
        pair = (min(party.pk, other.pk), max(party.pk, other.pk))
        if pair not in apart and len(found) < MOST_PAIRS:
            found.setdefault(pair, why)
    PartyTwin.objects.bulk_create(
        PartyTwin(agency_id=party.agency_id, one_id=a, other_id=b, why=why, found_at=at)
        for (a, b), why in found.items()
    )


def candidates(party: Party) -> Iterator[tuple[Party, Why]]:
    """The surest first."""
    others = Party.objects.filter(agency_id=party.agency_id, merged_into=None).exclude(pk=party.pk)
    if party.id_no:
        kinds = [kind for kind in IdKind.values if kind != party.id_kind]
        for other in others.filter(id_kind__in=kinds, id_no=party.id_no):
            yield other, Why.NUMBER
    for other in others.filter(kind=party.kind, name_key=party.name_key).order_by("-pk")[:100]:
        if not are_two(party, other):
            yield other, Why.CONTACT if share_contact(party, other) else Why.NAME
    if party.kind == PartyKind.ORGANISATION:
        for other in similar(party, others.filter(kind=party.kind)):
            if not are_two(party, other):
                yield other, Why.SIMILAR


def are_two(one: Party, other: Party) -> bool:
    """Two numbers of one kind are two parties, whatever they are called."""
    return bool(
        one.id_no and other.id_no and one.id_kind == other.id_kind and one.id_no != other.id_no
    )


def share_contact(one: Party, other: Party) -> bool:
    pairs = ((one.phone, other.phone), (one.address, other.address))
    return any(a and plain(a) == plain(b) for a, b in pairs)


def similar(party: Party, others: QuerySet[Party]) -> Iterator[Party]:
    core = party.core_key
    yield from others.filter(core_key=core).exclude(name_key=party.name_key)[:MOST_PAIRS]
    after = others.filter(core_key__gt=core).order_by("core_key")[:NEIGHBOURS]
    before = others.filter(core_key__lt=core).order_by("-core_key")[:NEIGHBOURS]
    for other in [*after, *before]:
        if naming.is_one_slip_apart(core, other.core_key):
            yield other


def seen_by(officer: Officer) -> QuerySet[PartyTwin]:
    """The pairs still open of which the officer sees both parties."""
    rows = PartyTwin.objects.filter(agency_id=officer.agency_id, apart_at=None)
    rows = rows.filter(one__merged_into=None, other__merged_into=None)
    rows = rows.select_related("one", "other")
    if Permission.SEE_AGENCY in permissions.permissions_of(officer):
        return rows
    parties = queries.parties_for(officer).values("pk")
    return rows.filter(one__in=parties, other__in=parties)


@transaction.atomic
def hold_apart(twin: PartyTwin, *, by: Officer, at: datetime) -> None:
    """Somebody looked: they are two. Said once already: no event.

    Refuses: NotPermitted, NoSuchMerge.
    """
    permissions.check(by, Permission.HANDLE_CASES)
    log.wait_for_turn()
    if not seen_by(by).filter(pk=twin.pk).exists():
        raise party_errors.NoSuchMerge()
    keep_apart(twin, by=by, at=at)


def keep_apart(twin: PartyTwin, *, by: Officer, at: datetime) -> None:
    """The same in the caller's transaction, for who may decide it."""
    held = PartyTwin.objects.filter(pk=twin.pk, apart_at=None)
    if held.update(apart_at=at, apart_by=by):
        log.record(
            Kind.PARTIES_HELD_APART,
            subject=f"party:{twin.one_id}",
            by=by,
            at=at,
            other=twin.other_id,
        )


def of_pair(one: int, other: int) -> QuerySet[PartyTwin]:
    first, second = sorted((one, other))
    return PartyTwin.objects.filter(one_id=first, other_id=second, apart_at=None)
