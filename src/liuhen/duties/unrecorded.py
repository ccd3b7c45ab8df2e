"""What an exemption, an interruption and a stop make owed, and what discharges it.

A work record is owed by whoever said that nothing was recorded, its review by the regulation's
post; a report that recording cannot go on is owed a reader, and a written statement afterwards. No
regulation sets a time for any of these.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from liuhen.cases import deciders
from liuhen.cases.models import Activity, Exemption, Interruption, StopReport
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.duties import grounds
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.policy import recording as policy
from liuhen.engines.policy.answers import Ground, NoRule
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Cause, Post
from liuhen.people.models import Agency, Officer

WRITTEN_LATER = (Kind.EXEMPTION_ASKED, Kind.INTERRUPTION_ENTERED, Kind.INTERRUPTION_CHANGED)
HANDED_IN = (Kind.EXEMPTION_SUBMITTED, Kind.INTERRUPTION_SUBMITTED)
RETURNED = (Kind.EXEMPTION_RETURNED, Kind.INTERRUPTION_RETURNED)
DECIDED = (
    *RETURNED,
    *(Kind.EXEMPTION_APPROVED, Kind.EXEMPTION_REFUSED),
    *(Kind.INTERRUPTION_APPROVED, Kind.INTERRUPTION_REFUSED),
)
AGAIN = (*RETURNED, Kind.INTERRUPTION_CHANGED)
OF_STOPS = (Kind.STOP_REPORTED, Kind.STOP_SEEN, Kind.STOP_STATED)
OF_PAPERS = (*WRITTEN_LATER, *HANDED_IN, *DECIDED, *OF_STOPS, Kind.ACTIVITY_VOIDED)
VOIDED_WORDS = "执法活动已作废"

Row = Exemption | Interruption | StopReport


@dataclass(frozen=True)
class Rows:
    """The papers and reports some events are about, by what the facts call them and their key."""

    found: dict[tuple[str, int], Row] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)

    def of(self, event: CustodyEvent) -> Row | None:
        return next((self.found[key] for key in keys_in(event) if key in self.found), None)


TABLES: dict[str, Any] = {
    "exemption": Exemption,
    "interruption": Interruption,
    "stop": StopReport,
}
AUTHOR = {"exemption": "entered_by", "interruption": "entered_by", "stop": "reported_by"}


def keys_in(event: CustodyEvent) -> Iterator[tuple[str, int]]:
    facts = facts_of(event)
    return ((name, facts[name]) for name in TABLES if name in facts)


def rows_of(events: Iterable[CustodyEvent], only: Agency | None) -> Rows:
    """Four queries at most, however many events."""
    events = list(events)
    wanted: dict[str, set[int]] = {}
    for event in events:
        for name, pk in keys_in(event):
            wanted.setdefault(name, set()).add(pk)
    found: dict[tuple[str, int], Row] = {}
    for name, pks in wanted.items():
        rows = TABLES[name].objects.filter(pk__in=pks)
        if only is not None:
            rows = rows.filter(activity__agency=only)
        beside = ("activity__agency", "activity__unit", f"{AUTHOR[name]}__unit")
        found |= {(name, row.pk): row for row in rows.select_related(*beside)}
    return Rows(found, voided_in(events, only))


def voided_in(events: list[CustodyEvent], only: Agency | None) -> dict[str, Activity]:
    numbers = {
        event.subject.removeprefix("activity:")
        for event in events
        if event.kind == Kind.ACTIVITY_VOIDED
    }
    if not numbers:
        return {}
    rows = Activity.objects.filter(number__in=numbers, **({"agency": only} if only else {}))
    return {f"activity:{row.number}": row for row in rows.select_related("agency")}


def owed_by(event: CustodyEvent, rows: Rows, books: Books) -> list[Duty]:
    """None owed before the bureau followed a regulation."""
    row = rows.of(event)
    if row is None:
        return []
    rules = books.on(row.activity.agency, row.activity.arrived_at or event.at)
    if rules is None or rules.is_before_adoption:
        return []
    if isinstance(row, StopReport):
        return owed_by_stop(event, row, rules) if event.kind == Kind.STOP_REPORTED else []
    return owed_by_paper(event, row, rules)


def owed_by_paper(event: CustodyEvent, row: Exemption | Interruption, rules: Rules) -> list[Duty]:
    """By the state the event left it in: what became of it later has events of its own."""
    facts = facts_of(event)
    state = facts["state"]
    if event.kind == Kind.INTERRUPTION_CHANGED and (state != "draft" or facts["before"] == state):
        return []  # what it owes in that state, the step that led there made owed
    key = f"{name_of(row)}:{row.pk}"
    ground = ground_of(row, rules)
    if state in ("draft", "returned") and row.article is not None:
        # Once for the first writing, and once whenever it comes to be owed again.
        again = f":{event.index}" if event.kind in AGAIN else ""
        return [
            made(row, ground, rules, event, DutyKind.WORK_RECORD, f"{key}:record{again}",
                 owner=row.entered_by, unit=row.entered_by.unit)
        ]  # fmt: skip
    if state == "submitted" and row.posts:
        whose = falling_to(row, row.entered_by, row.posts, but=row.submitted_by_id)
        review = f"{key}:review:{event.index}"
        return [made(row, ground, rules, event, DutyKind.PAPER_REVIEW, review, **whose)]
    return []


def owed_by_stop(event: CustodyEvent, stop: StopReport, rules: Rules) -> list[Duty]:
    asked = policy.cannot_go_on(rules)
    ground = asked.grounds[0] if asked else None
    whose = falling_to(stop, stop.reported_by, stop.posts)
    key = f"stop:{stop.pk}"
    seen = made(stop, ground, rules, event, DutyKind.STOP_REPORT, f"{key}:seen", **whose)
    if not stop.needs_statement:
        return [seen]
    owner = {"owner": stop.reported_by, "unit": stop.reported_by.unit}
    statement = f"{key}:statement"
    return [seen, made(stop, ground, rules, event, DutyKind.STATEMENT, statement, **owner)]


def falling_to(row: Row, author: Officer, posts: str, *, but: int | None = None) -> dict[str, Any]:
    """The leader on site in person; else the first post somebody else holds, else the first.

    Whoever else may decide finds it in the list of papers.
    """
    named = deciders.posts_in(posts)
    lead = deciders.lead_of(row.activity) if Post.ON_SITE_LEADER in named else None
    if lead is not None and lead.pk not in (author.pk, but):
        return {"owner": lead, "unit": lead.unit}
    general = tuple(post for post in named if post != Post.ON_SITE_LEADER) or named
    held = (post for post in general if deciders.holders([post], row.activity, author, but))
    post = next(held, general[0])
    unit = deciders.unit_of(row.activity, author)
    return {"post": post, "unit": unit if post == Post.UNIT_HEAD else None}


def made(
    row: Row,
    ground: Ground | None,
    rules: Rules,
    event: CustodyEvent,
    kind: DutyKind,
    key: str,
    **whose: Any,
) -> Duty:
    assert row.article is not None  # else nothing is owed
    facts = {"activity": row.activity.number, name_of(row): row.pk, "event": event.index}
    return Duty(
        agency=row.activity.agency,
        key=key,
        kind=kind,
        pack_id=rules.pack.pack_id,
        article=row.article,
        started_at=event.at,
        facts=facts | {"grounds": grounds.to_json([ground] if ground else [])},
        **whose,
    )


def ground_of(row: Exemption | Interruption, rules: Rules) -> Ground | None:
    ask = policy.exemption if isinstance(row, Exemption) else policy.interruption
    try:
        return ask(rules, Cause(row.cause)).grounds[0]
    except NoRule:
        return None


def name_of(row: Row) -> str:
    return next(name for name, table in TABLES.items() if isinstance(row, table))


def discharge(event: CustodyEvent, rows: Rows) -> None:
    """Nobody's word is needed: the record itself shows it."""
    if event.kind == Kind.ACTIVITY_VOIDED:
        if event.subject in rows.activities:
            let_go(rows.activities[event.subject], event)
        return
    row = rows.of(event)
    if row is None:
        return
    # Only what was owed by then: a whole course may stand in one chunk of the log.
    open_ones = Duty.objects.filter(
        agency=row.activity.agency,
        key__startswith=f"{name_of(row)}:{row.pk}:",
        kind__in=done_by(event),
        state=DutyState.OPEN,
        facts__event__lt=event.index,
    )
    close(open_ones, row.activity.agency, event, DutyState.DONE)


DONE_BY: dict[Kind, tuple[DutyKind, ...]] = {
    **dict.fromkeys(HANDED_IN, (DutyKind.WORK_RECORD,)),
    **dict.fromkeys(DECIDED, (DutyKind.PAPER_REVIEW,)),
    Kind.STOP_SEEN: (DutyKind.STOP_REPORT,),
    Kind.STOP_STATED: (DutyKind.STATEMENT,),
}


def done_by(event: CustodyEvent) -> tuple[DutyKind, ...]:
    if event.kind == Kind.INTERRUPTION_CHANGED and facts_of(event)["state"] == "entered":
        # The cause it has now asks for no work record.
        return (DutyKind.WORK_RECORD,)
    return DONE_BY.get(Kind(event.kind), ())


def let_go(activity: Activity, event: CustodyEvent) -> None:
    """The activity was entered by mistake: nothing of it is owed any more."""
    kinds = {kind for done in DONE_BY.values() for kind in done}
    rows = Duty.objects.filter(agency=activity.agency, kind__in=kinds, state=DutyState.OPEN)
    rows = rows.filter(facts__activity=activity.number, facts__event__lt=event.index)
    close(rows, activity.agency, event, DutyState.WAIVED, reason=VOIDED_WORDS)


def close(
    rows: Any, agency: Agency, event: CustodyEvent, state: DutyState, *, reason: str = ""
) -> None:
    """They have no time to run out, so none is late."""
    by = Officer.objects.filter(agency=agency, login=event.actor).first()
    if state == DutyState.WAIVED and by is None:
        state = DutyState.DONE
    rows.update(state=state, closed_at=event.at, closed_by=by, reason=reason)
