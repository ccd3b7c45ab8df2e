"""A bureau changes its rules: one person proposes, another decides, the past stays as it was."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import rfc8785
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.loading import PackInvalid, check_value
from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.values import PARAMETERS, Value
from liuhen.kernel.clock import in_china
from liuhen.packs import catalogue
from liuhen.people import given, permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission
from liuhen.regulations import current, errors
from liuhen.regulations.models import Adoption, Proposal, ProposalState
from liuhen.regulations.setting_up import adopt

FARTHEST = timedelta(days=3660)


@transaction.atomic
def propose(
    agency: Agency,
    parameter: str,
    value: Mapping[str, Any],
    *,
    from_date: date,
    reason: str,
    by: Officer,
    at: datetime,
) -> Proposal:
    """Propose a parameter's value from a day on.

    Args:
        value: as in a pack, without `from`; it names the article it rests on.
        from_date: today or later by China's calendar.
    Refuses: NotPermitted, UnknownParameter, ValueInvalid, NothingChanges, TooEarly,
        TooFar, NoReason, AlreadyPending.
    """
    check_asked(agency, from_date, reason, by=by, at=at)
    log.wait_for_turn()
    rules = current.rulebook(agency).on(from_date)
    stored = as_stored(checked_value(parameter, value, rules.pack))
    held = rules.values.get(parameter)
    if held is not None and as_stored(held) == stored:
        raise errors.NothingChanges(day=from_date)
    return kept(
        agency, by=by, at=at, from_date=from_date, reason=reason, parameter=parameter, value=stored
    )


@transaction.atomic
def propose_adoption(
    agency: Agency, pack_id: str, *, from_date: date, reason: str, by: Officer, at: datetime
) -> Proposal:
    """Propose to follow another pack from a day on.

    Refuses: NotPermitted, NoSuchPack, AlreadyFollowed, AdoptedThatDay, ChangesAfter, TooEarly,
        TooFar, NoReason, AlreadyPending.
    """
    check_asked(agency, from_date, reason, by=by, at=at)
    if pack_id not in {pack.pack_id for pack in catalogue.offered()}:
        raise errors.NoSuchPack()
    log.wait_for_turn()
    check_adoption(agency, pack_id, from_date)
    return kept(agency, by=by, at=at, from_date=from_date, reason=reason, pack_id=pack_id)


def kept(agency: Agency, *, by: Officer, at: datetime, **facts: Any) -> Proposal:
    try:
        with transaction.atomic():
            made = Proposal.objects.create(agency=agency, proposed_by=by, proposed_at=at, **facts)
    except IntegrityError:
        raise errors.AlreadyPending() from None
    record(Kind.RULE_CHANGE_PROPOSED, made, by=by, at=at)
    return made


@transaction.atomic
def approve(proposal: Proposal, *, by: Officer, at: datetime, note: str = "") -> None:
    """Let the change hold from its day on.

    Refuses: NotPermitted, SignInGiven, OwnProposal, AlreadyDecided, DayPassed,
        RegulationChanged, and for another pack AlreadyFollowed, AdoptedThatDay, ChangesAfter.
    """
    check_decider(proposal, by, at)
    if proposal.proposed_by_id == by.pk:
        raise errors.OwnProposal()
    log.wait_for_turn()
    if proposal.from_date < in_china(at).date():
        raise errors.DayPassed(day=proposal.from_date)
    check_same_regulation(proposal)
    if proposal.pack_id:
        check_adoption(proposal.agency, proposal.pack_id, proposal.from_date)
    # The log tells what held before, so it is written before the change does.
    facts = told(proposal)
    decide(proposal, ProposalState.APPROVED, by=by, at=at, note=note)
    log.record(
        Kind.RULE_CHANGE_APPROVED, subject=subject_of(proposal), by=by, at=at, note=note, **facts
    )
    if proposal.pack_id:
        adopt(proposal.agency, proposal.pack_id, from_date=proposal.from_date, by=by, at=at)


@transaction.atomic
def refuse(proposal: Proposal, *, by: Officer, at: datetime, note: str) -> None:
    """Refuses: NotPermitted, SignInGiven, NoteMissing, AlreadyDecided."""
    check_decider(proposal, by, at)
    if not note.strip():
        raise errors.NoteMissing()
    log.wait_for_turn()
    decide(proposal, ProposalState.REFUSED, by=by, at=at, note=note)
    record(Kind.RULE_CHANGE_REFUSED, proposal, by=by, at=at, note=note)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Officer, at: datetime) -> None:
    """Refuses: NotTheProposer, NotPermitted, AlreadyDecided."""
    if proposal.proposed_by_id != by.pk:
        raise errors.NotTheProposer()
    permissions.check(by, Permission.PROPOSE_RULES)
    log.wait_for_turn()
    decide(proposal, ProposalState.WITHDRAWN, by=by, at=at)
    record(Kind.RULE_CHANGE_WITHDRAWN, proposal, by=by, at=at)


def decide(
    proposal: Proposal, state: ProposalState, *, by: Officer, at: datetime, note: str = ""
) -> None:
    """Compare-and-set: two deciders, one effect. The log's turn is the caller's, and before the
    row: in another order two deciders would wait for each other (PostgreSQL)."""
    waiting = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PROPOSED)
    try:
        with transaction.atomic():
            moved = waiting.update(state=state, decided_by=by, decided_at=at, decision_note=note)
    except IntegrityError:  # proposal_by_two
        raise errors.OwnProposal() from None
    if not moved:
        raise errors.AlreadyDecided()


def check_asked(agency: Agency, from_date: date, reason: str, *, by: Officer, at: datetime) -> None:
    """Who asks, from when, and why."""
    permissions.check(by, Permission.PROPOSE_RULES)
    check_own(agency, by)
    today = in_china(at).date()
    if from_date < today:
        raise errors.TooEarly(day=from_date)
    if from_date > today + FARTHEST:
        raise errors.TooFar(day=from_date)
    if not reason.strip():
        raise errors.NoReason()


def check_decider(proposal: Proposal, by: Officer, at: datetime) -> None:
    permissions.check(by, Permission.APPROVE_RULES)
    check_own(proposal.agency, by)
    given.check_own(by, at=at)


def check_own(agency: Agency, by: Officer) -> None:
    if by.agency_id != agency.pk:
        raise permissions.NotPermitted()


def checked_value(parameter: str, value: Mapping[str, Any], pack: Pack) -> Value:
    """A value rests on an article of `pack`, the regulation followed from that day."""
    if parameter not in PARAMETERS:
        raise errors.UnknownParameter(name=parameter)
    try:
        return check_value(parameter, dict(value), pack=pack)
    except PackInvalid as invalid:
        both = gettext("{wrong}{right}")
        said = [
            both.format(wrong=one.wrong.put(gettext), right=one.right.put(gettext))
            for one in invalid.problems
        ]
        raise errors.ValueInvalid(problems="".join(said)) from None


def check_adoption(agency: Agency, pack_id: str, from_date: date) -> None:
    adopted = current.adopted(agency)
    if any(one.from_date == from_date for one in adopted):
        raise errors.AdoptedThatDay(day=from_date)
    before = [one for one in adopted if one.from_date < from_date]
    if before and before[-1].pack.pack_id == pack_id:
        raise errors.AlreadyFollowed(day=from_date)
    # A change was made to the regulation it was proposed under, whose articles it cites.
    after = current.approved(agency).filter(from_date__gte=from_date).last()
    if after:
        raise errors.ChangesAfter(day=after.from_date)


def check_same_regulation(proposal: Proposal) -> None:
    """No other regulation was adopted for its day since it was proposed."""
    since = Adoption.objects.filter(agency=proposal.agency, adopted_at__gt=proposal.proposed_at)
    if proposal.parameter and since.filter(from_date__lte=proposal.from_date).exists():
        raise errors.RegulationChanged()


def as_stored(value: Value) -> dict[str, Any]:
    """A value as a pack has it, without `from`; JSON."""
    return value.model_dump(mode="json", by_alias=True, exclude={"from_date"}, exclude_none=True)


def canonical(stored: Mapping[str, Any] | None) -> str | None:
    """RFC 8785 text, the same for the same value for ever."""
    return rfc8785.dumps(dict(stored)).decode() if stored is not None else None


def record(kind: Kind, proposal: Proposal, *, by: Officer, at: datetime, **more: Any) -> None:
    log.record(kind, subject=subject_of(proposal), by=by, at=at, **told(proposal), **more)


def subject_of(proposal: Proposal) -> str:
    return f"proposal:{proposal.pk}"


def told(proposal: Proposal) -> dict[str, Any]:
    """What the log keeps of it: before and after in full, in the log's own words."""
    rules = current.rulebook(proposal.agency).on(proposal.from_date)
    facts = {
        "agency": proposal.agency.name,
        "from_date": proposal.from_date.isoformat(),
        "reason": proposal.reason,
    }
    if proposal.pack_id:
        return facts | {"pack_before": rules.pack.pack_id, "pack_after": proposal.pack_id}
    held = rules.values.get(proposal.parameter)
    return facts | {
        "parameter": proposal.parameter,
        "before": canonical(as_stored(held) if held else None),
        "after": canonical(proposal.value),
    }
