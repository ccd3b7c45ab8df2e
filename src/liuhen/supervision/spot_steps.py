"""What every step of a spot check does: who may, how it stands, one step on, an event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.supervision import spot_errors as errors
from liuhen.supervision import spot_rules
from liuhen.supervision.models import SpotCheck, SpotState
from liuhen.supervision.spot_rules import Basis
from liuhen.supervision.spot_states import SPOT, Step


def check_checkers(chosen: Sequence[Officer], basis: Basis, *, has_secrets: bool) -> None:
    """Refuses: NoCheckers, NotAChecker, CheckerSeesNoSecrets."""
    if not chosen:
        raise errors.NoCheckers()
    for one in chosen:
        spot_rules.check_may(one, basis)
        if has_secrets and not may(one, Permission.SEE_SECRET):
            raise errors.CheckerSeesNoSecrets(who=one.name)


def check_may_run(check: SpotCheck, by: Officer, *, at: datetime) -> None:
    """Who holds one of the posts today; of one with secrets, who sees them. Refuses: NotAChecker,
    CheckerSeesNoSecrets."""
    check_checkers([by], spot_rules.basis_for(by.agency, at=at), has_secrets=check.has_secrets)


def fresh(check: SpotCheck, by: Officer) -> SpotCheck:
    """As it stands now. Refuses: NoSuchCheck."""
    found = SpotCheck.objects.filter(pk=check.pk, agency_id=by.agency_id).first()
    if found is None:
        raise errors.NoSuchCheck(number=check.number)
    return found


def move(check: SpotCheck, step: Step, **said: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands. Refuses: WrongStep"""
    sources, target = SPOT[step]
    rows = SpotCheck.objects.filter(pk=check.pk, state__in=sources)
    moved = rows.update(state=target, **said)
    check.refresh_from_db()
    if not moved:
        raise errors.WrongStep(state=SpotState(check.state).label)


def subject_of(check: SpotCheck) -> str:
    return f"spot_check:{check.number}"


def record(
    kind: Kind, check: SpotCheck, /, *, by: Officer, at: datetime, **facts: Any
) -> CustodyEvent:
    return log.record(kind, subject=subject_of(check), by=by, at=at, **facts)
