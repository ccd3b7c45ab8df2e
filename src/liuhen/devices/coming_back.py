"""What follows from the state in which a device comes back, within its return."""

from datetime import datetime

from liuhen.devices import compensating, repairs, states
from liuhen.devices.mending_queries import open_ticket
from liuhen.devices.models import Checkout, Condition, TicketState
from liuhen.devices.states import Step
from liuhen.people.models import Officer


def settle(checkout: Checkout, *, by: Officer, at: datetime) -> None:
    """A fault goes to repair, damage opens a case against the user as well; else back in stock.

    In the transaction of the return, after its own event. What was reported while the device was
    out, or opened against its user then, is not done twice and is no reason to refuse the return.
    """
    device = checkout.device
    if checkout.condition in (Condition.FAULTY, Condition.DAMAGED):
        fault = checkout.condition_note
        ticket = open_ticket(device) or repairs.report(
            device, fault=fault, by=by, at=at, checkout=checkout
        )
        about = compensating.Facts(device, checkout.officer, fault, checkout, ticket)
        if checkout.condition == Condition.DAMAGED and not compensating.is_open_about(about):
            compensating.open_case(
                device,
                officer=checkout.officer,
                story=fault,
                by=by,
                at=at,
                checkout=checkout,
                ticket=ticket,
            )
    states.move(device, Step.TAKE_BACK_FAULTY if is_broken(checkout) else Step.TAKE_BACK)


def is_broken(checkout: Checkout) -> bool:
    """A fault is being seen to, or was given up while the device was still out."""
    newest = checkout.tickets.order_by("-pk").first()
    is_past_mending = newest is not None and newest.state == TicketState.GIVEN_UP
    return is_past_mending or open_ticket(checkout.device) is not None
