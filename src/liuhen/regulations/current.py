"""Which rules hold for a bureau on a day."""

from collections.abc import Iterable
from datetime import date

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
    rows = Adoption.objects.filter(agency=agency).order_by("from_date")
    adopted = tuple(Adopted(catalogue.pack(row.pack_id), row.from_date) for row in rows)
    if not adopted:
        raise NoRegulation()
    approved = Proposal.objects.filter(agency=agency, state=ProposalState.APPROVED).exclude(
        parameter=""
    )
    changes = tuple(change_of(row) for row in approved.order_by("from_date", "decided_at", "pk"))
    return Rulebook(adopted, changes + tuple(more))


def change_of(row: Proposal) -> Change:
    value = PARAMETERS[row.parameter].model_validate(row.value)
    return Change(row.parameter, row.from_date, value, row.reason)


def rules(agency: Agency, day: date) -> Rules:
    """What holds on `day` (China's calendar). Refuses: NoRegulation."""
    return rulebook(agency).on(day)
