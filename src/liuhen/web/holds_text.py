"""What holds and complaints are about and how far they have come, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from liuhen.people.models import Officer
from liuhen.retention import complaints, holds
from liuhen.retention.models import SUBJECTS, Complaint, Hold, HoldScope, HoldState
from liuhen.web.mending_text import Step, course
from liuhen.web.templatetags.screen import minute

COLOURS = {
    HoldState.LIVE: "red",
    HoldState.LIFT_ASKED: "orange",
    HoldState.LIFTED: "secondary",
}
MOST_COUNTED = 100
"""Beyond it a tab says 99+."""

PAGES = {
    HoldScope.ACTIVITY: ("web:activity", "number"),
    HoldScope.CASE: ("web:case", "pk"),
    HoldScope.PARTY: ("web:party", "pk"),
    HoldScope.DEVICE: ("web:device", "pk"),
}


@dataclass(frozen=True)
class Told:
    """A hold as a row or page shows it."""

    hold: Hold

    @property
    def about(self) -> str:
        """执法活动 HD-2026-000001; what is named apart is counted on the page."""
        scope = HoldScope(self.hold.scope)
        if scope not in SUBJECTS:
            return str(scope.label)
        return f"{scope.label} {getattr(self.hold, scope)}"

    @property
    def way(self) -> str:
        """Where what it is about is shown; "" where there is no such page."""
        scope = HoldScope(self.hold.scope)
        if scope not in PAGES:
            return ""
        page, name = PAGES[scope]
        return reverse(page, args=[getattr(getattr(self.hold, scope), name)])

    @property
    def span(self) -> str:
        """The time it is narrowed to, as far as it is."""
        since, until = self.hold.since, self.hold.until
        if since and until:
            return _("%(since)s 至 %(until)s") % {"since": minute(since), "until": minute(until)}
        if since:
            return _("%(since)s 以后") % {"since": minute(since)}
        return _("%(until)s 以前") % {"until": minute(until)} if until else ""

    @property
    def colour(self) -> str:
        return COLOURS[HoldState(self.hold.state)]


@dataclass(frozen=True)
class Tab:
    name: str
    title: str
    way: str
    count: int = 0


def tabs_of(officer: Officer, at: datetime) -> list[Tab]:
    """Holds and complaints stand side by side; what waits for this officer is counted."""
    asked = reverse("web:holds")
    waits = holds.waiting_for(officer, at).order_by()[:MOST_COUNTED].count()
    still_open = complaints.seen_by(officer, at).filter(closed_at=None)
    return [
        Tab("live", _("保全中"), f"{asked}?tab=live"),
        Tab("waiting", _("待同意解除"), f"{asked}?tab=waiting", waits),
        Tab("lifted", _("已解除"), f"{asked}?tab=lifted"),
        Tab(
            "complaints",
            _("投诉与信访"),
            reverse("web:complaints"),
            still_open.order_by()[:MOST_COUNTED].count(),
        ),
    ]


def steps_of(hold: Hold) -> list[Step]:
    steps = [Step(_("保全"), hold.placed_at, hold.placed_by.name, hold.reason)]
    to_come = [_("申请解除"), _("另一人同意解除")]
    if hold.lift_asked_at and hold.lift_asked_by:
        asked = Step(_("申请解除"), hold.lift_asked_at, hold.lift_asked_by.name, hold.lift_reason)
        steps.append(asked)
        to_come = to_come[1:]
    if hold.lifted_at and hold.lifted_by:
        steps.append(Step(_("同意解除"), hold.lifted_at, hold.lifted_by.name))
        to_come = []
    return course(steps, to_come)


def steps_of_complaint(complaint: Complaint) -> list[Step]:
    hold = complaint.hold
    steps = [
        Step(_("收到"), complaint.received_at, str(complaint.get_channel_display())),
        Step(_("登记并保全"), complaint.entered_at, complaint.entered_by.name, hold.number),
    ]
    if complaint.closed_at and complaint.closed_by:
        said = f"{complaint.get_outcome_display()}：{complaint.outcome_text}"
        steps.append(Step(_("办结"), complaint.closed_at, complaint.closed_by.name, said))
        return course(steps, [] if hold.lifted_at else [_("解除保全")])
    return course(steps, [_("办结"), _("解除保全")])
