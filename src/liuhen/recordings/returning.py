"""A device comes back with its card: one act at the counter, the intake starts right there."""

from datetime import datetime

from django.db import transaction

from liuhen.devices import taking_back
from liuhen.devices.models import Checkout
from liuhen.devices.taking_back import Return
from liuhen.people.models import Officer
from liuhen.recordings import batches, placing
from liuhen.recordings.models import IntakeBatch


@transaction.atomic
def take_back(
    checkout: Checkout,
    given: Return,
    *,
    by: Officer,
    at: datetime,
    card: str | None = None,
    clear_source: bool = False,
) -> IntakeBatch | None:
    """The device's return and, where its card is in a reader, what is on it: both, or neither.

    Refuses: what `devices.taking_back.take_back` and `batches.ask_from_page` refuse.
    """
    ended = taking_back.take_back(checkout, given, by=by, at=at)
    # What came in while the device was out is placed by both readings of its clock now.
    placing.again(ended, at=at)
    if not card:
        return None
    return batches.ask_from_page(
        card,
        by=by,
        at=at,
        device_no=ended.device.device_no,
        officer=ended.officer,
        checkout=ended,
        clear_source=clear_source,
    )
