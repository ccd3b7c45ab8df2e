"""Which rules hold for a bureau on a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from liuhen.engines.policy.pack import Adopted, Change, Rulebook, Rules
from liuhen.engines.policy.values import PARAMETERS
from liuhen.packs import catalogue
from liuhen.people.models import Agency
from liuhen.regulations.errors import NoRegulation
from liuhen.regulations.models import Adoption, Proposal, ProposalState


def rulebook(agency: Agency, *, more: Iterable[Change] = ()) -> Rulebook:
    """What the bureau has adopted and changed; `more` tries changes out (simulation).

    Two queries. Refuses: NoRegulation.
    """
    changes = tuple(change_of(row) for row in approved(agency))
    return Rulebook(adopted(agency), changes + tuple(more))


def adopted(agency: Agency, *, until: datetime | None = None) -> tuple[Adopted, ...]:
    """The regulations the bureau follows, the first one first. Refuses: NoRegulation.

    `until` leaves out those adopted after that moment.
    """
    rows = Adoption.objects.filter(agency=agency).order_by("from_date")
    if until is not None:
        rows = rows.filter(adopted_at__lte=until)
    found = tuple(Adopted(catalogue.pack(row.pack_id), row.from_date) for row in rows)
    if not found:
        raise NoRegulation()
    return found


def approved(agency: Agency) -> QuerySet[Proposal]:
    """Its own changes of parameters, in the order in which they come to hold."""
    rows = Proposal.objects.filter(agency=agency, state=ProposalState.APPROVED)
    return rows.exclude(parameter="").order_by("from_date", "decided_at", "pk")


def change_of(row: Proposal) -> Change:
    """The change an approved proposal of a parameter's value makes."""
    value = PARAMETERS[row.parameter].model_validate(row.value)
    return Change(row.parameter, row.from_date, value, row.reason)


def rules(agency: Agency, day: date) -> Rules:
    """What holds on `day` (China's calendar). Refuses: NoRegulation."""
    return rulebook(agency).on(day)


def rules_if_any(agency: Agency, day: date) -> Rules | None:
    """The same; None: the bureau follows no regulation yet."""
    book = rulebook_if_any(agency)
    return book.on(day) if book else None


def rulebook_if_any(agency: Agency) -> Rulebook | None:
    try:
        return rulebook(agency)
    except NoRegulation:
        return None
