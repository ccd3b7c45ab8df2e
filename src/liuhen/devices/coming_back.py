"""What follows from the state in which a device comes back, within its return."""

from datetime import datetime

from liuhen.devices import compensating, repairs, states
from liuhen.devices.mending_queries import open_ticket
from liuhen.devices.models import Checkout, Condition
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
    states.move(device, Step.TAKE_BACK_FAULTY if open_ticket(device) else Step.TAKE_BACK)
