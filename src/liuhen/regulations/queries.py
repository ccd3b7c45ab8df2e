"""Reads: what holds, since when, where it comes from, what is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet

from liuhen.engines.policy.pack import Adopted, Article, Change, Pack, Rulebook, Rules
from liuhen.engines.policy.values import PARAMETERS, Value
from liuhen.people.models import Agency
from liuhen.regulations import current
from liuhen.regulations.errors import NoSuchArticle
from liuhen.regulations.models import Proposal, ProposalState


@dataclass(frozen=True)
class Held:
    """One parameter's value over a time; `value` None: the regulation then says nothing.

    `proposal` is the bureau's own change it comes from; None: the regulation itself.
    """

    value: Value | None
    from_date: date
    until: date | None  # its last day; None: no end known
    proposal: Proposal | None
    pack: Pack

    def is_on(self, day: date) -> bool:
        return self.from_date <= day and (self.until is None or day <= self.until)

    def is_after(self, day: date) -> bool:
        return self.from_date > day


class Standing:
    """All of a bureau's rules over time, read once: two queries."""

    def __init__(self, agency: Agency, *, before: Proposal | None = None) -> None:
        """`before`: as they stood when that proposal was decided, without it.

        Refuses: NoRegulation.
        """
        until = before.decided_at if before else None
        rows = current.approved(agency).select_related("proposed_by", "decided_by")
        self.adopted = current.adopted(agency, until=until)
        if before and until:
            rows = rows.filter(decided_at__lte=until).exclude(pk=before.pk)
            if before.pack_id:
                self.adopted = tuple(one for one in self.adopted if not is_made_by(one, before))
        self.own: list[tuple[Change, Proposal]] = [(current.change_of(row), row) for row in rows]
        self.book = Rulebook(self.adopted, tuple(change for change, _row in self.own))
        self.source = {id(change.value): row for change, row in self.own}

    def on(self, day: date) -> Rules:
        return self.book.on(day)

    def followed_on(self, day: date) -> Adopted:
        """The regulation of that day; before the first one, the first."""
        reached = [one for one in self.adopted if one.from_date <= day]
        return reached[-1] if reached else self.adopted[0]

    @cached_property
    def turns(self) -> list[tuple[date, Rules]]:
        """Each day on which anything changed or will, with what holds from then on."""
        days = {one.from_date for one in self.adopted}
        days |= {change.from_date for change, _row in self.own}
        for one in self.adopted:
            for series in one.pack.parameters.values():
                days |= {value.from_date for value in series if value.from_date}
        first = self.adopted[0].from_date
        return [(day, self.on(day)) for day in sorted(days) if day >= first]

    def history(self, parameter: str) -> list[Held]:
        """What a parameter was, is and will be, the oldest first."""
        found: list[Held] = []
        for day, rules in self.turns:
            value = rules.values.get(parameter)
            if found and found[-1].value is value and found[-1].pack is rules.pack:
                continue
            if found:
                ended = day - timedelta(days=1)
                found[-1] = replace(found[-1], until=ended)
            elif value is None:
                continue
            found.append(Held(value, day, None, self.source.get(id(value)), rules.pack))
        return found

    def present(self, day: date) -> dict[str, Held]:
        """Every parameter that has a value on `day`, in the order of the vocabulary."""
        now: dict[str, Held] = {}
        for name in PARAMETERS:
            held = next((one for one in self.history(name) if one.is_on(day)), None)
            if held and held.value is not None:
                now[name] = held
        return now


def is_made_by(one: Adopted, proposal: Proposal) -> bool:
    return (one.pack.pack_id, one.from_date) == (proposal.pack_id, proposal.from_date)


def article_of(rules: Rules, number: int) -> Article:
    """Refuses: NoSuchArticle."""
    found = rules.pack.articles.get(number)
    if found is None:
        raise NoSuchArticle(day=rules.day, number=number)
    return found


def neighbours(pack: Pack, number: int) -> tuple[int | None, int | None]:
    """The article before and the one after, where there is one."""
    before = [no for no in pack.articles if no < number]
    after = [no for no in pack.articles if no > number]
    return max(before, default=None), min(after, default=None)


def stated_by(rules: Rules, number: int) -> Mapping[str, Value]:
    """The parameters that rest on an article, or that it bears on."""
    return {
        name: value
        for name, value in rules.values.items()
        if value.article == number or number in value.see
    }


def proposals(agency: Agency, *, pending: bool) -> QuerySet[Proposal]:
    """Those that wait, or those decided; the newest first."""
    rows = Proposal.objects.filter(agency=agency).select_related("proposed_by", "decided_by")
    waiting = {"state": ProposalState.PROPOSED}
    return (rows.filter(**waiting) if pending else rows.exclude(**waiting)).order_by("-pk")


def number_pending(agency: Agency) -> int:
    return Proposal.objects.filter(agency=agency, state=ProposalState.PROPOSED).count()
