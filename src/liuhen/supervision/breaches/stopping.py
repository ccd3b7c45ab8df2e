"""停止执法 as a decision orders it: it begins with the decision and ends by itself on its last day,
or with the decision. Other decisions' days are not shortened by this one's end.
"""

from datetime import datetime

from liuhen.kernel.clock import in_china
from liuhen.people import suspending
from liuhen.people.models import Officer
from liuhen.people.policies import is_suspended
from liuhen.supervision.models import STANDING, Breach


def begin(breach: Breach, *, by: Officer, at: datetime) -> None:
    """In the decision's transaction; nothing where it stops nobody."""
    if breach.suspended_until is None or breach.officer is None:
        return
    officer = Officer.objects.get(pk=breach.officer.pk)
    until = max(breach.suspended_until, officer.suspended_until or breach.suspended_until)
    suspending.suspend(officer, until=until, reason=reason_of(breach), by=by, at=at)


def end(breach: Breach, *, by: Officer, at: datetime) -> None:
    """The decision is revoked, in that transaction: what other decisions order goes on. Days that
    somebody else has set meanwhile are not this decision's to take away."""
    today = in_china(at).date()
    if breach.suspended_until is None or breach.officer is None:
        return
    officer = Officer.objects.get(pk=breach.officer.pk)
    if not is_suspended(officer, today) or officer.suspended_until != breach.suspended_until:
        return
    others = Breach.objects.filter(officer=officer, state__in=STANDING).exclude(pk=breach.pk)
    rest = others.filter(suspended_until__gte=today).order_by("-suspended_until").first()
    reason = f"{reason_of(breach)}撤销"
    if rest is None or rest.suspended_until is None:
        suspending.lift(officer, reason=reason, by=by, at=at)
    elif rest.suspended_until != officer.suspended_until:
        suspending.suspend(officer, until=rest.suspended_until, reason=reason, by=by, at=at)


def reason_of(breach: Breach) -> str:
    """By number alone: more people read of a suspension than of what it is for."""
    return f"责任追究决定{breach.decision_no}"
