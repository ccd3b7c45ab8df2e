"""调阅登记簿: it fills itself as recordings are opened; here it is read, and a look is ended."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from liuhen.access.models import Viewing
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import midnight
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings import queries

LONGEST = timedelta(hours=4)
"""As long as a ticket lives: a browser that says farewell later was not looking all the time."""


@transaction.atomic
def close(viewing: Viewing, *, by: Officer, at: datetime) -> None:
    """The player is shut: how long it was open stands in the register. Said twice, or by another
    than who looked, it changes nothing."""
    log.wait_for_turn()
    lasted = min(max(at - viewing.opened_at, timedelta(0)), LONGEST)
    seconds = round(lasted.total_seconds())
    rows = Viewing.objects.filter(pk=viewing.pk, viewer=by, seconds=None)
    if not rows.update(seconds=seconds):
        return
    subject = f"recording:{viewing.recording.number}"
    log.record(
        Kind.VIEWING_CLOSED, subject=subject, by=by, at=at, viewing=viewing.pk, seconds=seconds
    )


def rows_for(officer: Officer) -> QuerySet[Viewing]:
    """The bureau's register, newest first by `opened_at`, without what is kept secret from the
    reader. Refuses: NotPermitted."""
    permissions.check(officer, Permission.READ_REGISTER)
    rows = Viewing.objects.filter(agency_id=officer.agency_id)
    if Permission.SEE_SECRET not in permissions_of(officer):
        rows = rows.filter(recording__in=queries.visible_to(officer).values("pk"))
    beside = ("recording", "viewer", "viewer__unit", "grant__request", "grant__request__case")
    return rows.select_related(*beside, "assignment")


@dataclass(frozen=True)
class Filters:
    """What the filter bar asks for; None or "" means everything. Dates are China's, both
    included. `words`: a recording's, a request's or a check's number, a name, an outsider."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    viewer: int | None = None
    for_outsiders: bool = False

    def apply(self, rows: QuerySet[Viewing]) -> QuerySet[Viewing]:
        if self.since:
            rows = rows.filter(opened_at__gte=midnight(self.since))
        if self.until:
            rows = rows.filter(opened_at__lt=midnight(self.until + timedelta(days=1)))
        if self.viewer is not None:
            rows = rows.filter(viewer_id=self.viewer)
        if self.for_outsiders:
            rows = rows.exclude(for_whom="")
        for word in self.words.split():
            rows = rows.filter(
                Q(recording__number__startswith=word)
                | Q(grant__request__number__startswith=word)
                | Q(assignment__reference__startswith=word)
                | Q(viewer__name__icontains=word)
                | Q(for_whom__icontains=word)
                | Q(purpose__icontains=word)
            )
        return rows
