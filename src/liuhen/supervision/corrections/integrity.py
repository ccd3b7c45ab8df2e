"""Do the orders of correction stand as the log has them?"""

from collections.abc import Iterator

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.supervision.corrections import ordering
from liuhen.supervision.models import Correction, CorrectionState

S = CorrectionState
LEADS_TO = (
    (Kind.CORRECTION_ORDERED, S.ORDERED),
    (Kind.CORRECTION_SUBMITTED, S.SUBMITTED),
    (Kind.CORRECTION_RETURNED, S.ORDERED),
    (Kind.CORRECTION_ACCEPTED, S.ACCEPTED),
    (Kind.CORRECTION_WITHDRAWN, S.WITHDRAWN),
)


def audit() -> Iterator[Deviation]:
    """Each order has its row as it was given, each row its order; each stands where its last event
    left it, with the deadline named last."""
    rows = {
        ordering.subject_of(one): one
        for one in Correction.objects.select_related("unit", "officer").order_by("pk")
    }
    states: dict[str, tuple[int, S]] = {}
    deadlines: dict[str, tuple[int, str]] = {}
    for kind, state in LEADS_TO:
        for event in proofs.events_of_kind(kind):
            said = proofs.facts_of(event)
            if kind == Kind.CORRECTION_ORDERED:
                yield from compare(event.subject, said, rows.get(event.subject))
            if event.index > states.get(event.subject, (-1, state))[0]:
                states[event.subject] = (event.index, state)
            if "due_at" in said and event.index > deadlines.get(event.subject, (-1, ""))[0]:
                deadlines[event.subject] = (event.index, said["due_at"])
    for subject, row in rows.items():
        if subject not in states:
            yield Deviation("correction.never_ordered", subject, "no event orders it")
            continue
        said_so = (states[subject][1], deadlines[subject][1])
        there = (row.state, ordering.told(row.due_at))
        if said_so != there:
            told = f"the log left it {said_so}, now {there}"
            yield Deviation("correction.moved_aside", subject, told)


def compare(subject: str, said: dict[str, object], row: Correction | None) -> Iterator[Deviation]:
    if row is None:
        yield Deviation("correction.row_missing", subject, "the order's row is gone")
        return
    there = ordering.ordered_facts(row)
    for name in sorted(said):
        # A unit may be called otherwise by now; the deadline is compared with the last one named.
        if name not in ("due_at", "unit_name") and said[name] != there.get(name):
            told = f"{name}: ordered {said[name]}, now {there.get(name)}"
            yield Deviation("correction.row_changed", subject, told)
