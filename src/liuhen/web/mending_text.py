"""How a repair, a loss and a compensation read on a screen: their number, colour and course."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from liuhen.devices.models import (
    CompensationCase,
    CompensationState,
    LossReport,
    RepairTicket,
    TicketState,
)
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer

TICKET_COLOURS = {
    TicketState.REPORTED: "orange",
    TicketState.UNDER_WAY: "azure",
    TicketState.FINISHED: "cyan",
    TicketState.CLOSED: "green",
    TicketState.GIVEN_UP: "red",
}
CASE_COLOURS = {
    CompensationState.OPEN: "orange",
    CompensationState.DECIDED: "azure",
    CompensationState.PAID: "green",
    CompensationState.WAIVED: "secondary",
}


@dataclass(frozen=True)
class Step:
    """One station of the course; `at` None: not yet, or nobody wrote down when."""

    title: str
    at: datetime | None = None
    who: str = ""
    words: str = ""
    is_done: bool = True
    is_last: bool = False


def course(done: list[Step], to_come: list[str]) -> list[Step]:
    """The last one done is where the matter stands."""
    here = replace(done[-1], is_last=True)
    return [*done[:-1], here, *(Step(title, is_done=False) for title in to_come)]


def steps_of(ticket: RepairTicket) -> list[Step]:
    """What happened, then what is still to come."""
    state = TicketState(ticket.state)
    steps = [Step(_("报修"), ticket.reported_at, name(ticket.reported_by), ticket.fault)]
    if ticket.taken_up_by:
        # When it was taken up, only the log knows; when the repairer had it, the ticket.
        who = f"{name(ticket.taken_up_by)} · {ticket.repairer}"
        steps.append(Step(_("受理维修"), ticket.arrived_at, who, ticket.diagnosis))
    if ticket.finished_at:
        title = _("无法修复") if state == TicketState.GIVEN_UP else _("维修完成")
        steps.append(Step(title, ticket.finished_at, name(ticket.finished_by), ticket.outcome))
    if ticket.closed_at:
        steps.append(Step(_("验收反馈"), ticket.closed_at, name(ticket.closed_by), ticket.feedback))
    to_come = {
        TicketState.REPORTED: [_("受理维修"), _("维修完成"), _("验收反馈")],
        TicketState.UNDER_WAY: [_("维修完成"), _("验收反馈")],
        TicketState.FINISHED: [_("验收反馈")],
    }
    return course(steps, to_come.get(state, []))


def steps_of_case(case: CompensationCase) -> list[Step]:
    state = CompensationState(case.state)
    steps = [Step(_("立案"), case.opened_at, name(case.opened_by), case.story)]
    if case.decided_at:
        title = _("不予赔偿") if state == CompensationState.WAIVED else _("决定赔偿")
        steps.append(Step(title, case.decided_at, name(case.decided_by), case.reason))
    if case.paid_at:
        receipt = _("收据号 %(no)s") % {"no": case.receipt_no}
        steps.append(Step(_("赔付登记"), case.paid_at, "", receipt))
    to_come = {
        CompensationState.OPEN: [_("决定赔偿"), _("赔付登记")],
        CompensationState.DECIDED: [_("赔付登记")],
    }
    return course(steps, to_come.get(state, []))


def handed_in(loss: LossReport) -> str:
    """Whether all it recorded was handed in, as its finder said."""
    said = {
        True: _("已全部移交"),
        False: _("没有移交，或者没有全部移交"),
        None: _("不清楚"),
    }
    return said[loss.recordings_in]


def ticket_no(ticket: RepairTicket) -> str:
    """As it stands on the paper."""
    return f"BX-{in_china(ticket.reported_at):%Y}-{ticket.pk:05d}"


def case_no(case: CompensationCase) -> str:
    return f"PC-{in_china(case.opened_at):%Y}-{case.pk:05d}"


def name(officer: Officer | None) -> str:
    return officer.name if officer else ""
