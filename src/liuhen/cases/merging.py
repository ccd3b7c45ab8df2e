"""Two rows that are one party become one: proposed by one person, decided by another.

The dropped row stays, pointing at the kept one; all that hung on it hangs on the kept one after.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from liuhen.cases import linked_words, parties, queries, twins
from liuhen.cases import party_errors as errors
from liuhen.cases.errors import NoSuchParty
from liuhen.cases.models import Activity, Case, CaseParty, Document, Party, PartyMerge
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people import permissions
from liuhen.people.models import Decision, Officer
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.people.spelling import seen

DECIDING = frozenset({Permission.SEE_UNIT, Permission.SEE_AGENCY})
"""With HANDLE_CASES: those who see more than their own cases."""

STRONGER = (CaseParty.Part.PARTY, CaseParty.Part.THIRD_PARTY, CaseParty.Part.WITNESS)
"""In a case both took part in, the part nearest to the matter stays."""

NAMED_AT_ONCE = 1000
"""Of what moved, in one event: an entry of the log has 65,535 bytes."""


@transaction.atomic
def propose(kept: Party, dropped: Party, *, reason: str, by: Officer, at: datetime) -> PartyMerge:
    """Ask that `dropped` become one with `kept`; nothing moves before another person agrees.

    Refuses: NotPermitted, MergeReasonBlank, NoSuchParty, Merged, SameParty, KindsDiffer,
    PartiesDiffer, MergePending.
    """
    permissions.check(by, Permission.HANDLE_CASES)
    if not (reason := seen(reason)):
        raise errors.MergeReasonBlank()
    log.wait_for_turn()
    kept, dropped = parties.standing(kept, by), parties.standing(dropped, by)
    check_can_be_one(kept, dropped)
    for party in (kept, dropped):
        if pending_about(party).exists():
            raise errors.MergePending(name=party.name)
    merge = PartyMerge.objects.create(
        kept=kept, dropped=dropped, reason=reason, proposed_by=by, proposed_at=at
    )
    record(Kind.PARTY_MERGE_PROPOSED, merge, by=by, at=at, reason=reason)
    return merge


@transaction.atomic
def confirm(merge: PartyMerge, *, by: Officer, at: datetime) -> None:
    """The second person's yes: everything of the dropped one is the kept one's from now on.

    Refuses: NotPermitted, NoSuchParty, OwnMerge, MergeDecided, Merged, KindsDiffer,
    PartiesDiffer.
    """
    merge = to_decide(merge, by)
    kept, dropped = parties.standing(merge.kept, by), parties.standing(merge.dropped, by)
    check_can_be_one(kept, dropped)
    decide(merge, Decision.CONFIRMED, by=by, at=at)
    moved = move(kept, dropped)
    filled = unite(kept, dropped)
    linked_words.follow_party(kept)
    for party in (dropped, kept):
        twins.refresh(party, at=at)
    facts = {"merge": merge.pk, "kept": kept.pk, "dropped": dropped.pk, "name": dropped.name}
    facts |= {"proposed_by": merge.proposed_by.login, "filled": filled}
    subject = parties.subject_of(kept)
    log.record_all(
        [Act(Kind.PARTY_MERGED, subject, by, at, facts | part) for part in moved.in_parts()]
    )


@transaction.atomic
def refuse(merge: PartyMerge, *, reason: str, by: Officer, at: datetime) -> None:
    """The second person's no, with a reason; the two are held apart from now on.

    Refuses: NotPermitted, MergeReasonBlank, NoSuchParty, OwnMerge, MergeDecided.
    """
    if not (reason := seen(reason)):
        raise errors.MergeReasonBlank()
    merge = to_decide(merge, by)
    decide(merge, Decision.REFUSED, by=by, at=at, objection=reason)
    for twin in twins.of_pair(merge.kept_id, merge.dropped_id):
        twins.keep_apart(twin, by=by, at=at)
    record(Kind.PARTY_MERGE_REFUSED, merge, by=by, at=at, reason=reason)


@transaction.atomic
def withdraw(merge: PartyMerge, *, by: Officer, at: datetime) -> None:
    """The proposer thinks better of it. Refuses: NotYourMerge, MergeDecided."""
    if merge.proposed_by_id != by.pk:
        raise errors.NotYourMerge()
    log.wait_for_turn()
    decide(merge, Decision.WITHDRAWN, by=by, at=at)
    record(Kind.PARTY_MERGE_WITHDRAWN, merge, by=by, at=at)


def seen_by(officer: Officer) -> QuerySet[PartyMerge]:
    """The merges an officer may read of: one's own, those between parties one sees, and for the
    unit's head what the unit's officers proposed."""
    rows = PartyMerge.objects.filter(kept__agency_id=officer.agency_id)
    rows = rows.select_related("kept", "dropped", "proposed_by", "decided_by")
    if Permission.SEE_AGENCY in permissions_of(officer):
        return rows
    seen_parties = queries.parties_for(officer).values("pk")
    mine = Q(proposed_by=officer) | Q(kept__in=seen_parties)
    if Permission.SEE_UNIT in permissions_of(officer) and officer.unit_id:
        mine |= Q(proposed_by__unit_id=officer.unit_id)
    return rows.filter(mine)


def merge_for(pk: int, officer: Officer) -> PartyMerge:
    """Refuses: NoSuchMerge."""
    found = seen_by(officer).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchMerge()
    return found


def may_decide(merge: PartyMerge, officer: Officer) -> bool:
    is_open = merge.decision == Decision.PENDING
    return is_open and merge.proposed_by_id != officer.pk and is_decider(officer)


def is_decider(officer: Officer) -> bool:
    granted = permissions_of(officer)
    return Permission.HANDLE_CASES in granted and bool(granted & DECIDING)


def to_decide(merge: PartyMerge, by: Officer) -> PartyMerge:
    """The merge as it stands, once it is known that `by` may decide on it."""
    check_decides(merge, by)
    log.wait_for_turn()
    rows = PartyMerge.objects.select_related("kept", "dropped", "proposed_by")
    merge = rows.get(pk=merge.pk)
    if merge.kept.agency_id != by.agency_id:
        raise NoSuchParty()
    if merge.decision != Decision.PENDING:
        raise errors.MergeDecided()
    return merge


def check_decides(merge: PartyMerge, by: Officer) -> None:
    """Refuses: NotPermitted, OwnMerge."""
    if not is_decider(by):
        raise NotPermitted()
    if merge.proposed_by_id == by.pk:
        raise errors.OwnMerge()


def decide(
    merge: PartyMerge, decision: Decision, *, by: Officer, at: datetime, objection: str = ""
) -> None:
    # Compare-and-set: two deciders, one effect.
    pending = PartyMerge.objects.filter(pk=merge.pk, decision=Decision.PENDING)
    if not pending.update(decision=decision, decided_by=by, decided_at=at, objection=objection):
        raise errors.MergeDecided()


def pending_about(party: Party) -> QuerySet[PartyMerge]:
    rows = PartyMerge.objects.filter(decision=Decision.PENDING)
    return rows.filter(Q(kept=party) | Q(dropped=party))


def check_can_be_one(kept: Party, dropped: Party) -> None:
    """Refuses: SameParty, KindsDiffer, PartiesDiffer."""
    if kept.pk == dropped.pk:
        raise errors.SameParty()
    if kept.kind != dropped.kind:
        raise errors.KindsDiffer(kept=kept.name, dropped=dropped.name)
    if twins.are_two(kept, dropped):
        raise errors.PartiesDiffer(kept=kept.name, dropped=dropped.name)


@dataclass(frozen=True)
class Moved:
    """What hung on the dropped one. `joined`: cases both took part in, with the part each had."""

    cases: list[int]
    joined: list[dict[str, Any]]
    activities: list[str]
    documents: list[int]
    merged_before: list[int]

    def in_parts(self) -> list[dict[str, Any]]:
        """The same for as many events as it takes; at least one."""
        told = [(name, one) for name, ones in vars(self).items() for one in ones]
        parts = [told[n : n + NAMED_AT_ONCE] for n in range(0, len(told), NAMED_AT_ONCE)] or [[]]
        return [
            {name: [one for of, one in part if of == name] for name in vars(self)}
            | {"part": n, "parts": len(parts)}
            for n, part in enumerate(parts, 1)
        ]


def move(kept: Party, dropped: Party) -> Moved:
    joined = join_cases(kept, dropped)
    entries = CaseParty.objects.filter(party=dropped)
    cases = list(entries.order_by("case_id").values_list("case_id", flat=True))
    entries.update(party=kept)
    activities = Activity.objects.filter(party=dropped)
    numbers = list(activities.order_by("pk").values_list("number", flat=True))
    also = Concat(F("search_text"), Value(f" {kept.name}"), output_field=TextField())
    activities.update(party=kept, search_text=also)
    Case.objects.filter(pk__in=cases).update(search_text=also)
    papers = Document.objects.filter(party=dropped)
    documents = list(papers.order_by("pk").values_list("pk", flat=True))
    papers.update(party=kept)
    before = Party.objects.filter(merged_into=dropped)
    merged_before = list(before.order_by("pk").values_list("pk", flat=True))
    before.update(merged_into=kept)
    return Moved(cases, joined, numbers, documents, merged_before)


def join_cases(kept: Party, dropped: Party) -> list[dict[str, Any]]:
    """A case has a party once: of two entries the one with the stronger part stays."""
    mine = {row.case_id: row for row in CaseParty.objects.filter(party=kept)}
    joined = []
    for row in CaseParty.objects.filter(party=dropped, case_id__in=mine).order_by("case_id"):
        own = mine[row.case_id]
        joined.append({"case": row.case_id, "kept_part": own.part, "dropped_part": row.part})
        if STRONGER.index(CaseParty.Part(row.part)) < STRONGER.index(CaseParty.Part(own.part)):
            CaseParty.objects.filter(pk=own.pk).update(part=row.part)
        row.delete()
    return joined


FILLED = ("representative", "phone", "address", "remark")


def unite(kept: Party, dropped: Party) -> list[str]:
    """What only the dropped one knew, the kept one knows after; answers the fields' names.

    The dropped row keeps all it had. It gives its number up first: no two may have one.
    """
    Party.objects.filter(pk=dropped.pk).update(merged_into=kept)
    filled = {name: getattr(dropped, name) for name in FILLED if not getattr(kept, name)}
    filled = {name: said for name, said in filled.items() if said}
    if kept.id_no is None and dropped.id_no is not None:
        filled |= {"id_kind": dropped.id_kind, "id_no": dropped.id_no}
    words = f"{kept.search_text} {dropped.name} {dropped.representative}".strip()
    Party.objects.filter(pk=kept.pk).update(search_text=words, **filled)
    kept.refresh_from_db()
    dropped.refresh_from_db()
    return sorted(filled)


def record(kind: Kind, merge: PartyMerge, *, by: Officer, at: datetime, **facts: Any) -> None:
    log.record(
        kind,
        subject=parties.subject_of(merge.kept),
        by=by,
        at=at,
        merge=merge.pk,
        kept=merge.kept_id,
        dropped=merge.dropped_id,
        **facts,
    )
