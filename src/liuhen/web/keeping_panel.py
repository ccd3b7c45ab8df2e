"""What the pages of recordings, activities and cases tell of long keeping and holds, and the ways
to mark, to hold and to enter a complaint."""

from typing import Any

from liuhen.cases import triggers
from liuhen.cases.models import Activity
from liuhen.cases.triggers import Thing
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.retention import holders, holds
from liuhen.retention.models import Hold, HoldGround, HoldState
from liuhen.web.forms.keeping import LongTermForm

TEMPLATE = "keeping/part.html"
COMPLAINED = (HoldGround.COMPLAINT, HoldGround.PETITION, HoldGround.OBJECTION)


def told(thing: Thing, officer: Officer) -> dict[str, Any]:
    """`form` None: not this officer's to mark, or the regulation lists nothing."""
    at = now()
    listed = triggers.offered(thing, at) if triggers.may_mark(thing, officer) else []
    marks = [(one, triggers.may_lift(one, officer)) for one in triggers.standing(thing)]
    left = [one for one in listed if one not in {mark.trigger for mark, _may in marks}]
    grounds = holders.grounds_for(officer, at)
    return {
        "thing": thing,
        "column": triggers.column_of(thing),
        "key": triggers.key_of(thing),
        "marks": marks,
        "form": LongTermForm(left) if left else None,
        "holds": holds_on(thing),
        "sees_holds": holders.sees_holds(officer, at),
        "may_hold": bool(grounds),
        "may_complain": bool(set(grounds) & set(COMPLAINED)),
    }


def holds_on(thing: Thing) -> list[Hold]:
    """Of a recording all that cover it; of an activity or a case those placed on it."""
    if isinstance(thing, Recording):
        return holds.on(thing)
    rows = Hold.objects.filter(**{triggers.column_of(thing): thing})
    rows = rows.exclude(state=HoldState.LIFTED).select_related("placed_by")
    return list(rows.order_by("pk"))


def of_activity(activity: Activity, officer: Officer) -> dict[str, Any] | None:
    """None: nothing is marked or held, and nothing of it is this officer's to do."""
    shown = told(activity, officer)
    worth = ("marks", "form", "holds", "may_hold")
    return shown if any(shown[name] for name in worth) else None
