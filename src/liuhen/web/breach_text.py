"""How a breach reads on a screen: what it may be, how it stands, what happened to it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.supervision.breaches import seeing
from liuhen.supervision.breaches.following_up import How
from liuhen.supervision.models import STANDING, Breach, BreachState, BreachStep
from liuhen.web.mending_text import Step, course
from liuhen.web.rules_text import article_title, numeral

S = BreachState
COLOURS = {
    S.CANDIDATE: "orange",
    S.DISMISSED: "secondary",
    S.INQUIRY: "azure",
    S.PROPOSED: "purple",
    S.DECIDED: "red",
    S.CLEARED: "green",
    S.APPEALED: "yellow",
    S.UPHELD: "red",
    S.REVOKED: "secondary",
}
HOW = {
    How.SIGNED: gettext_lazy("本人在系统中签收"),
    How.HANDED: gettext_lazy("当面送达"),
    How.REFUSED: gettext_lazy("拒绝签收，留置送达"),
    How.POSTED: gettext_lazy("邮寄送达"),
}
TABS = {
    "leads": (gettext_lazy("待核实"), (S.CANDIDATE,)),
    "open": (gettext_lazy("办理中"), (S.INQUIRY, S.PROPOSED, S.APPEALED)),
    "closed": (gettext_lazy("已处理"), (S.DECIDED, S.UPHELD, S.CLEARED, S.REVOKED)),
    "dismissed": (gettext_lazy("已排除"), (S.DISMISSED,)),
}
DECISIONS = (*STANDING, S.CLEARED, S.REVOKED)
MOST_COUNTED = 100
"""Beyond it a tab says 99+."""

OWN_STEPS = frozenset(
    {
        Kind.BREACH_TOLD, Kind.BREACH_STATED, Kind.BREACH_NOT_STATED, Kind.BREACH_DECIDED,
        Kind.BREACH_CLEARED, Kind.BREACH_DELIVERED, Kind.BREACH_CARRIED_OUT, Kind.BREACH_APPEALED,
        Kind.BREACH_UPHELD, Kind.BREACH_REVOKED,
    }
)  # fmt: skip
"""What the one concerned reads of the course: not who was asked what, nor what was proposed."""


@dataclass(frozen=True)
class Told:
    breach: Breach

    @property
    def colour(self) -> str:
        return COLOURS[BreachState(self.breach.state)]

    @property
    def item(self) -> str:
        """第二十七条第（八）项 其他严重违反……; "" where nothing is named."""
        breach = self.breach
        if breach.article is None or breach.item_no is None:
            return ""
        return f"{item_title(breach)} {breach.item_text}"

    @property
    def whose(self) -> str:
        return self.breach.officer.name if self.breach.officer else ""


def item_title(breach: Breach) -> str:
    assert breach.article is not None
    assert breach.item_no is not None
    said = {"article": article_title(breach.article), "no": numeral(breach.item_no)}
    return _("%(article)s第（%(no)s）项") % said


@dataclass(frozen=True)
class Tab:
    name: str
    title: Any
    way: str
    count: int = 0


def tabs_of(officer: Officer) -> list[Tab]:
    """What waits is counted; what is over is not."""
    rows, asked = seeing.visible_to(officer), reverse("web:breaches")
    tabs = []
    for name, (title, states) in TABS.items():
        waits = name in ("leads", "open")
        n = rows.filter(state__in=states).order_by()[:MOST_COUNTED].count() if waits else 0
        tabs.append(Tab(name, title, f"{asked}?tab={name}", n))
    return tabs


def of_tab(rows: QuerySet[Breach], tab: str) -> QuerySet[Breach]:
    return rows.filter(state__in=TABS[tab][1])


def steps_of(breach: Breach, *, own: bool = False) -> list[Step]:
    """What happened to it, oldest first; for the one concerned, what is theirs to know."""
    rows = breach.steps.select_related("by").order_by("n")
    if own:
        rows = rows.filter(kind__in=OWN_STEPS)
    done = [step_in_words(row) for row in rows]
    return course(done, []) if done else []


def step_in_words(row: BreachStep) -> Step:
    who = row.by.name if row.by else _("系统")
    return Step(row.get_kind_display(), row.at, who, words_of(row))


def words_of(row: BreachStep) -> str:
    parts = [row.words]
    if row.kind == Kind.BREACH_DELIVERED:
        parts.insert(0, str(HOW[How(row.facts["how"])]))
    if row.kind == Kind.BREACH_TOLD:
        parts.append(_("陈述申辩截止日期：%(day)s") % {"day": row.facts["until"]})
    if row.kind == Kind.BREACH_SUSPECTED:
        return ""  # it stands above
    return "\n".join(part for part in parts if part)


def delivered_how(breach: Breach) -> str:
    row = breach.steps.filter(kind=Kind.BREACH_DELIVERED).first()
    return str(HOW[How(row.facts["how"])]) if row else ""
