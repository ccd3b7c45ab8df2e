"""Do breaches stand as the log says? Whoever would let one go, or make one up, in the tables alone
is found out."""

from collections import defaultdict
from collections.abc import Iterator

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.supervision.breaches import course
from liuhen.supervision.models import Breach, BreachStep

KINDS = [kind for kind in Kind if kind.value.startswith("breach.")]


def audit() -> Iterator[Deviation]:
    """Log ↔ rows: each step's event has its row in the words of then; the breach stands as after
    its last event; none is without events."""
    told: dict[str, list[CustodyEvent]] = defaultdict(list)
    events = CustodyEvent.objects.filter(kind__in=KINDS).order_by("index")
    for event in events.iterator(chunk_size=1000):
        told[event.subject].append(event)
    rows = {course.subject_of(row): row for row in Breach.objects.order_by("pk")}
    for subject, of_one in told.items():
        if subject not in rows:
            yield Deviation("breach.row_missing", subject, f"event {of_one[0].index}")
        else:
            yield from compare(rows[subject], of_one)
    for subject in rows.keys() - told.keys():
        yield Deviation("breach.never_suspected", subject, "no event says so")


def compare(row: Breach, events: list[CustodyEvent]) -> Iterator[Deviation]:
    subject = course.subject_of(row)
    steps = {step.n: step for step in BreachStep.objects.filter(breach=row).select_related("by")}
    for event in events:
        facts = proofs.facts_of(event)
        step = steps.pop(facts["step"], None)
        if step is None:
            yield Deviation("breach.step_missing", subject, f"step {facts['step']}")
        elif course.digest_of_step(step) != facts["said_sha256"]:
            yield Deviation("breach.step_changed", subject, f"step {step.n}: other words")
    for n in steps:
        yield Deviation("breach.step_made_up", subject, f"step {n}: no event says so")
    if course.digest_of_row(row) != proofs.facts_of(events[-1])["row_sha256"]:
        yield Deviation("breach.row_changed", subject, f"not as after event {events[-1].index}")
