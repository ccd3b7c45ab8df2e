"""The user's own word, given under the own account: I have received it, I have handed it back."""

from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import errors
from liuhen.devices.models import Checkout
from liuhen.devices.register import subject_of
from liuhen.people.models import Officer


@transaction.atomic
def sign(checkout: Checkout, *, by: Officer, at: datetime) -> Checkout:
    """Sign for what is not signed yet: the receipt, and the return once there is one.

    Refuses: NotTheUser, SignedAlready.
    """
    log.wait_for_turn()
    checkout = Checkout.objects.select_related("device").get(pk=checkout.pk)
    if checkout.officer_id != by.pk:
        raise errors.NotTheUser()
    moments = owed(checkout)
    if not moments:
        raise errors.SignedAlready()
    # Compare-and-set: two clicks, one signature.
    unsigned = Checkout.objects.filter(pk=checkout.pk, **dict.fromkeys(moments))
    if not unsigned.update(**dict.fromkeys(moments, at)):
        raise errors.SignedAlready()
    log.record(
        Kind.DEVICE_USE_SIGNED,
        subject=subject_of(checkout.device),
        by=by,
        at=at,
        checkout=checkout.pk,
        signed=moments,
    )
    checkout.refresh_from_db()
    return checkout


def owed(checkout: Checkout) -> list[str]:
    """Which of the user's two signatures are still wanting."""
    wanting = [] if checkout.user_signed_at else ["user_signed_at"]
    if checkout.returned_at and not checkout.return_signed_at:
        wanting.append("return_signed_at")
    return wanting
