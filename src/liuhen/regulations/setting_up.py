"""A bureau begins: its name, its first accounts, its regulation."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import staff
from liuhen.people.models import Agency, Invitation, Officer
from liuhen.people.staff import NewOfficer
from liuhen.regulations.models import Adoption


@transaction.atomic
def set_up(
    *,
    agency_name: str,
    pack_id: str,
    from_date: date,
    people: Iterable[NewOfficer],
    at: datetime,
    invitation: Invitation | None = None,
) -> Agency:
    """Set the bureau up and let it follow `pack_id` from a day on.

    Refuses: AlreadySetUp, AgencyTaken, InvitationUsed, LoginTaken.
    """
    agency = staff.set_up(agency_name=agency_name, people=people, at=at, invitation=invitation)
    adopt(agency, pack_id, from_date=from_date, by="set-up", at=at)
    return agency


def adopt(
    agency: Agency, pack_id: str, *, from_date: date, by: Officer | str, at: datetime
) -> Adoption:
    """In the caller's transaction."""
    made = Adoption.objects.create(
        agency=agency, pack_id=pack_id, from_date=from_date, adopted_at=at
    )
    log.record(
        Kind.REGULATION_ADOPTED,
        subject=f"agency:{agency.pk}",
        by=by,
        at=at,
        pack_id=pack_id,
        from_date=from_date.isoformat(),
    )
    return made
