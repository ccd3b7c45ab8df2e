"""Do breaches stand as the log says? Whoever would let one go, or make one up, in the tables alone
is found out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.supervision.breaches import course
from liuhen.supervision.models import Breach, BreachStep

KINDS = [kind for kind in Kind if kind.value.startswith("breach.")]
AT_ONCE = 1000

Digests = dict[int, str]
"""Of a breach's steps, by their numbers."""


@dataclass
class Said:
    """What the log has of one breach: `first` and `last` are events, `row` is the digest of how it
    stood after the last one."""

    first: int
    last: int = 0
    row: str = ""
    steps: Digests = field(default_factory=dict)


def audit() -> Iterator[Deviation]:
    """Log ↔ rows: each step's event has its row in the words of then; the breach stands as after
    its last event; none is without events. Three queries, and one for every thousand breaches:
    their sanctions."""
    told = told_in_log()
    breaches = Breach.objects.order_by("pk").prefetch_related("sanctions")
    rows = {course.subject_of(row): row for row in breaches.iterator(chunk_size=AT_ONCE)}
    steps = steps_there()
    for subject, said in told.items():
        if subject not in rows:
            yield Deviation("breach.row_missing", subject, f"event {said.first}")
            continue
        row = rows[subject]
        yield from compare_steps(subject, said, steps.get(row.pk, {}))
        if course.digest_of_row(row) != said.row:
            yield Deviation("breach.row_changed", subject, f"not as after event {said.last}")
    for subject in rows.keys() - told.keys():
        yield Deviation("breach.never_suspected", subject, "no event says so")


def told_in_log() -> dict[str, Said]:
    """By the breach's subject. Digests alone are kept: a log holds very many steps."""
    told: dict[str, Said] = {}
    for event in proofs.events_of_kind(*KINDS):
        facts = proofs.facts_of(event)
        said = told.setdefault(event.subject, Said(event.index))
        said.steps[facts["step"]] = facts["said_sha256"]
        said.last, said.row = event.index, facts["row_sha256"]
    return told


def steps_there() -> dict[int, Digests]:
    """By the breach's key."""
    found: dict[int, Digests] = defaultdict(dict)
    rows = BreachStep.objects.select_related("by").order_by("pk")
    for step in rows.iterator(chunk_size=AT_ONCE):
        found[step.breach_id][step.n] = course.digest_of_step(step)
    return found


def compare_steps(subject: str, said: Said, there: Mapping[int, str]) -> Iterator[Deviation]:
    for n, digest in said.steps.items():
        if n not in there:
            yield Deviation("breach.step_missing", subject, f"step {n}")
        elif there[n] != digest:
            yield Deviation("breach.step_changed", subject, f"step {n}: other words")
    for n in sorted(there.keys() - said.steps.keys()):
        yield Deviation("breach.step_made_up", subject, f"step {n}: no event says so")
