"""Whether an activity may stand as it is said to have been."""

from collections.abc import Iterable
from datetime import datetime

from liuhen.cases import activity_errors as errors
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.people.models import Officer
from liuhen.people.queries import those_who_enforce

LEAST_OFFICERS = 2
"""行政处罚法（2021）第四十二条：执法人员不得少于两人。"""


def check(
    facts: ActivityFacts, *, by: Officer, at: datetime, was: ActivityFacts | None = None
) -> None:
    """That it may stand so. Refuses: as `register`, but for who enters it."""
    if len(set(facts.officers)) < LEAST_OFFICERS:
        raise errors.TwoOfficersNeeded(n=len(set(facts.officers)))
    check_officers(facts.officers, by=by, known=was.officers if was else ())
    if facts.lead is not None and facts.lead not in facts.officers:
        raise errors.LeadNotAmong(name=facts.lead.name)
    if not facts.place.strip():
        raise errors.PlaceMissing()
    check_position(facts)
    check_moments(facts, at=at)
    beside = [facts.unit, facts.party, facts.case, facts.listed, *facts.devices]
    if any(one is not None and one.agency_id != by.agency_id for one in beside):
        raise errors.OfAnotherBureau()
    is_new = facts.listed is not None and not (was and was.listed == facts.listed)
    if is_new and facts.listed and facts.listed.dropped_at is not None:
        raise errors.MatterGone(name=str(facts.listed))


def check_officers(officers: Iterable[Officer], *, by: Officer, known: Iterable[Officer]) -> None:
    """Who stood in it before may stay, whatever has become of the account since."""
    new = set(officers) - set(known)
    fit = set(those_who_enforce(by.agency).filter(pk__in=[one.pk for one in new]))
    for officer in sorted(new - fit, key=lambda one: one.pk):
        raise errors.OfficerNotFit(name=officer.name)


def check_position(facts: ActivityFacts) -> None:
    north, east = facts.latitude, facts.longitude
    if north is None and east is None:
        return
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        raise errors.PositionHalf()


def check_moments(facts: ActivityFacts, *, at: datetime) -> None:
    known = [moment for moment in facts.moments if moment is not None]
    if known != sorted(known) or (known and facts.arrived_at is None):
        raise errors.TimesOutOfOrder()
    if known and known[-1] > at:
        raise errors.InTheFuture()
