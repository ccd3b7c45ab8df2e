"""限期整改 as a decision orders it: an order of correction to the person concerned, given with the
decision and taken back with it.

More people see a correction than a breach. It says by which decision it was ordered, and nothing
of what it is for: who has to put it right knows that from the decision.
"""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from liuhen.engines.policy.oversight import SanctionsSaid
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.supervision.breaches import errors
from liuhen.supervision.breaches import seeing as breaches
from liuhen.supervision.breaches.stopping import reason_of
from liuhen.supervision.corrections import ordering
from liuhen.supervision.corrections import seeing as corrections
from liuhen.supervision.corrections.ordering import Order
from liuhen.supervision.corrections.states import Step, allows
from liuhen.supervision.models import Breach, Correction, CorrectionSource

DEMAND = "按照决定书认定的事实和决定改正，并提交整改情况和有关材料。"


def check_day(until: date | None, at: datetime) -> None:
    """Refuses: DayPassed, DeadlinePassed."""
    if until is None:
        return
    if until < in_china(at).date():
        raise errors.DayPassed(day=until.isoformat())
    ordering.end_of(until, at)


def check_still_ahead(breach: Breach, at: datetime) -> None:
    """It may have waited for its decision for longer than the day proposed.
    Refuses: CorrectByPassed."""
    until = breach.correct_by_date
    if until is not None and until < in_china(at).date():
        raise errors.CorrectByPassed(day=until.isoformat())


def check_can_correct(breach: Breach) -> None:
    """Who cannot sign in any more can submit nothing. Refuses: NobodyToCorrect."""
    if breach.correct_by_date is None or breach.officer is None:
        return
    officer = Officer.objects.get(pk=breach.officer.pk)
    if not officer.is_active:
        raise errors.NobodyToCorrect(who=officer.name)


def begin(breach: Breach, listing: SanctionsSaid | None, *, by: Officer, at: datetime) -> None:
    """In the decision's transaction; nothing where it names no day. By the article of the sanctions
    the regulation lists, else by the one breached. Refuses: NothingToCorrectBy."""
    if breach.correct_by_date is None or breach.officer is None:
        return
    officer = Officer.objects.select_related("unit").get(pk=breach.officer.pk)
    article = listing.grounds[0].article if listing else breach.article
    if article is None:
        raise errors.NothingToCorrectBy()
    said = Order(
        source=CorrectionSource.DECISION,
        unit=officer.unit,
        problem=f"{reason_of(breach)}责令限期整改，见决定书。",
        demand=DEMAND,
        article=article,
        until=breach.correct_by_date,
        officer=officer,
        reference=breach.decision_no or "",
    )
    ordering.give(said, breach.pack_id, by=by, at=at)


def end(breach: Breach, *, by: Officer, at: datetime) -> None:
    """The decision is revoked, in that transaction: what was not accepted yet need not be done."""
    for correction in ordered_by(breach):
        if allows(Step.WITHDRAW, correction.state):
            ordering.take_back(correction, f"{reason_of(breach)}已撤销。", by=by, at=at)


def shown_to(breach: Breach, officer: Officer) -> QuerySet[Correction]:
    """What its decision ordered, as far as the officer sees corrections."""
    seen = corrections.visible_to(officer).values("pk")
    return ordered_by(breach).filter(pk__in=seen).order_by("pk")


def decision_of(correction: Correction, officer: Officer) -> Breach | None:
    """The breach by whose decision it was ordered; None: by none, or one that is not this
    officer's to know."""
    if correction.source != CorrectionSource.DECISION:
        return None
    known = Q(pk__in=breaches.visible_to(officer).values("pk"))
    known |= Q(pk__in=breaches.own(officer).values("pk"))
    return Breach.objects.filter(known, decision_no=correction.reference).first()


def ordered_by(breach: Breach) -> QuerySet[Correction]:
    """What its decision ordered to put right."""
    if breach.decision_no is None:
        return Correction.objects.none()
    return Correction.objects.filter(
        agency_id=breach.agency_id, source=CorrectionSource.DECISION, reference=breach.decision_no
    )
