"""What an activity's page tells of what was not recorded, and the ways to enter it."""

from typing import Any

from liuhen.cases import exemptions, interruptions, papers, stops
from liuhen.cases.activities import day_of
from liuhen.cases.explaining import explains
from liuhen.cases.models import Activity, StopReport
from liuhen.people.models import Officer
from liuhen.regulations import current
from liuhen.web.unrecorded_text import lack_text

TEMPLATE = "unrecorded/panel.html"


def told(activity: Activity, officer: Officer) -> dict[str, Any] | None:
    """None: there is no regulation, and so nothing to leave out."""
    rules = current.rules_if_any(activity.agency, day_of(activity))
    if rules is None:
        return None
    offer = exemptions.offer(rules)
    known = exemptions.known(activity)
    is_settled = known is not None and known.state != "refused"
    return {
        "activity": activity,
        "exemption": known,
        "interruptions": [
            (one, lack_text(explains(one, rules))) for one in interruptions.of(activity)
        ],
        "stops": list(StopReport.objects.filter(activity=activity).order_by("reported_at", "pk")),
        "may_enter": papers.may_enter(activity, officer),
        "offers_exemption": bool(offer.causes) and not is_settled and not is_late(activity, offer),
        "is_prior": offer.is_prior,
        "asks_report": stops.asked(rules) is not None,
    }


def is_late(activity: Activity, offer: exemptions.Offer) -> bool:
    """Consent that must be prior is not offered once the officers have arrived."""
    return offer.is_prior and activity.arrived_at is not None
