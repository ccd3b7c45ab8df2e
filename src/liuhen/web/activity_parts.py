"""What stands on an activity's page beside its own facts: each a template and what it shows.

A part answers None where it has nothing to show to this officer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liuhen.cases.models import Activity
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.web import coverage_shown, keeping_panel, unrecorded_panel

Shown = dict[str, Any] | None
ADDING = frozenset({Permission.HANDLE_CASES, Permission.RECORD_ACTIVITIES})


@dataclass(frozen=True)
class Part:
    """`is_wide`: in the wide column, else beside it."""

    template: str
    told: Callable[[Activity, Officer], Shown]
    is_wide: bool = True

    @property
    def full_template(self) -> str:
        return f"web/{self.template}"


def documents(activity: Activity, officer: Officer) -> Shown:
    """Its papers, those withdrawn left out, and the way to hand more in."""
    found = list(activity.documents.filter(withdrawn_at=None).order_by("pk"))
    may_add = bool(permissions_of(officer) & ADDING) and activity.voided_at is None
    return {"documents": found, "may_add": may_add} if found or may_add else None


PARTS: tuple[Part, ...] = (
    Part("coverage/panel.html", coverage_shown.part),
    Part(unrecorded_panel.TEMPLATE, unrecorded_panel.told, is_wide=False),
    Part("activities/documents.html", documents, is_wide=False),
    Part(keeping_panel.TEMPLATE, keeping_panel.of_activity, is_wide=False),
)
"""In this order; each topic adds its own."""


def of(activity: Activity, officer: Officer) -> list[tuple[Part, dict[str, Any]]]:
    told = [(part, part.told(activity, officer)) for part in PARTS]
    return [(part, shown) for part, shown in told if shown is not None]
