"""Who orders corrections to whom, and who sees which."""

from django.db.models import Q, QuerySet

from liuhen.engines.policy.vocabulary import Post
from liuhen.people import permissions
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import units_of
from liuhen.regulations import posts
from liuhen.supervision.breaches.concerned import concerning
from liuhen.supervision.corrections import errors
from liuhen.supervision.models import Correction, CorrectionSource, CorrectionState

LOOKING = (Permission.SEE_OWN, Permission.SEE_UNIT, Permission.ORDER_CORRECTIONS)
"""Who may be ordered something, or order it."""


def orders_everywhere(officer: Officer) -> bool:
    """Who oversees the whole bureau, and the head of the office that keeps the recordings, who
    inspects by some regulations; a unit's head, within the unit."""
    granted = permissions_of(officer)
    if Permission.ORDER_CORRECTIONS not in granted:
        return False
    if Permission.SEE_AGENCY in granted:
        return True
    return posts.holds_any(officer, (Post.OFFICE_HEAD,))


def units_for(officer: Officer) -> QuerySet[Unit]:
    """To which units the officer may order something."""
    units = units_of(officer.agency)
    if orders_everywhere(officer):
        return units
    if Permission.ORDER_CORRECTIONS not in permissions_of(officer):
        return units.none()
    return units.filter(pk__in=posts.headed_by(officer))


def check_orders(officer: Officer, unit: Unit | None) -> None:
    """Refuses: NotPermitted, OutsideUnit."""
    permissions.check(officer, Permission.ORDER_CORRECTIONS)
    if unit is None or not units_for(officer).filter(pk=unit.pk).exists():
        raise errors.OutsideUnit()


def visible_to(officer: Officer) -> QuerySet[Correction]:
    """All for who oversees the bureau; a unit's head, the unit's; one's own and one's orders."""
    rows = Correction.objects.filter(agency_id=officer.agency_id)
    if not officer.is_active:
        return rows.none()
    if orders_everywhere(officer):
        return rows
    own = Q(officer=officer) | Q(ordered_by=officer)
    return rows.filter(own | Q(unit__in=posts.headed_by(officer)))


def correction_for(number: str, officer: Officer) -> Correction:
    """Refuses: NoSuchCorrection, alike for what is not there and what is not shown."""
    beside = ("agency", "unit__head", "officer", "ordered_by", "submitted_by", "decided_by")
    rows = visible_to(officer).select_related(*beside)
    found = None if "\0" in number else rows.filter(number=number).first()
    if found is None:
        raise errors.NoSuchCorrection(number=number.replace("\0", ""))
    return found


def is_whose(correction: Correction, officer: Officer) -> bool:
    """Is it this officer who has to put it right? Without a name, the unit's head."""
    if correction.officer_id is not None:
        return officer.is_active and correction.officer_id == officer.pk
    return correction.unit_id in posts.headed_by(officer)


def decides(correction: Correction, officer: Officer) -> bool:
    """Who ordered it; where that is nobody any more, who leads. Never whom it concerns."""
    if concerns(correction, officer) or not officer.is_active:
        return False
    orderer = correction.ordered_by
    if permissions.may(orderer, Permission.ORDER_CORRECTIONS) and not concerns(correction, orderer):
        return officer.pk == orderer.pk
    return posts.holds_any(officer, (Post.LEADER, Post.BUREAU_HEAD))


def concerns(correction: Correction, officer: Officer) -> bool:
    """Who has to put it right; of one that a decision ordered, whoever that breach concerns."""
    if is_whose(correction, officer):
        return True
    if not is_by_decision(correction):
        return False
    return concerning(officer).filter(decision_no=correction.reference).exists()


def is_by_decision(correction: Correction) -> bool:
    """It stands and falls with the decision that ordered it."""
    return correction.source == CorrectionSource.DECISION


def count_waiting(officer: Officer) -> int:
    """Reports that wait for this officer's word."""
    rows = Correction.objects.filter(agency_id=officer.agency_id, ordered_by=officer)
    return rows.filter(state=CorrectionState.SUBMITTED).count()
