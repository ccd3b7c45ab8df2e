"""How an order of correction reads on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from liuhen.custody import queries as custody
from liuhen.custody.kinds import Kind
from liuhen.supervision.corrections import ordering
from liuhen.supervision.models import Correction, CorrectionState
from liuhen.web.duties_text import Step, due_words
from liuhen.web.rules_text import article_title

COLOURS = {
    CorrectionState.ORDERED: "azure",
    CorrectionState.SUBMITTED: "purple",
    CorrectionState.ACCEPTED: "green",
    CorrectionState.WITHDRAWN: "secondary",
}
SAID = ("report", "opinion", "reason")


@dataclass(frozen=True)
class Told:
    """As it stands `at` this instant."""

    one: Correction
    at: datetime

    @property
    def is_overdue(self) -> bool:
        return self.one.state == CorrectionState.ORDERED and self.at >= self.one.due_at

    @property
    def state(self) -> str:
        return _("已逾期") if self.is_overdue else str(self.one.get_state_display())

    @property
    def colour(self) -> str:
        return "red" if self.is_overdue else COLOURS[CorrectionState(self.one.state)]

    @property
    def due(self) -> str:
        return due_words(self.one.due_at)

    @property
    def whose(self) -> str:
        return self.one.officer.name if self.one.officer else _("科室负责人")

    @property
    def article(self) -> str:
        return article_title(self.one.article)


def steps_of(correction: Correction) -> list[Step]:
    """What happened to it, oldest first, in the words said then."""
    return list(in_steps(custody.history_of(ordering.subject_of(correction))))


def in_steps(events: Iterable[custody.Told]) -> Iterable[Step]:
    for told in events:
        words = next((told.facts[name] for name in SAID if told.facts.get(name)), "")
        if told.event.kind in (Kind.CORRECTION_ORDERED, Kind.CORRECTION_RETURNED):
            due = due_words(datetime.fromisoformat(told.facts["due_at"]))
            words = f"{words} {_('期限')} {due}".strip()
        yield Step(told.event.get_kind_display(), told.event.at, told.who, words)
