"""Does every draw come out again from the log, and do the answers stand as they were given?"""

from collections.abc import Iterator

from liuhen.custody import proofs, queries
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.drawing import frames
from liuhen.engines.drawing.frames import FrameUnreadable
from liuhen.supervision import spot_checks, spot_steps
from liuhen.supervision.models import SpotAnswer, SpotCheck
from liuhen.supervision.spot_errors import FrameChanged


def audit() -> Iterator[Deviation]:
    yield from audit_announced()
    yield from audit_drawn()
    yield from audit_answers()


def audit_announced() -> Iterator[Deviation]:
    """Each announcement has its row with the rule and the list as announced; each row its event."""
    rows = {spot_steps.subject_of(one): one for one in SpotCheck.objects.order_by("pk")}
    unseen = set(rows)
    for event in proofs.events_of_kind(Kind.SPOT_CHECK_ANNOUNCED):
        unseen.discard(event.subject)
        row = rows.get(event.subject)
        if row is None:
            yield Deviation("spot_check.row_missing", event.subject, f"event {event.index}")
            continue
        there, said = spot_checks.announced_facts(row), proofs.facts_of(event)
        for name in sorted(said):
            if said[name] != there.get(name):
                told = f"{name}: announced {said[name]}, now {there.get(name)}"
                yield Deviation("spot_check.row_changed", event.subject, told)
        if frames.digest(bytes(row.frame)) != said["frame_sha256"]:
            yield Deviation("spot_check.frame_changed", event.subject, "not the list announced")
    for subject in sorted(unseen):
        yield Deviation("spot_check.never_announced", subject, "no event announces it")


def audit_drawn() -> Iterator[Deviation]:
    """Drawn again from the stored list and the checkpoint over the announcement, it is what the
    log says was drawn, and what the rows say."""
    for event in proofs.events_of_kind(Kind.SPOT_CHECK_DRAWN):
        row = SpotCheck.objects.filter(number=event.subject.partition(":")[2]).first()
        if row is not None:  # else told already
            yield from redraw(row, event)
    subjects = CustodyEvent.objects.filter(kind=Kind.SPOT_CHECK_DRAWN).values_list(
        "subject", flat=True
    )
    said = set(subjects)
    for row in SpotCheck.objects.exclude(root="").defer("frame"):
        if spot_steps.subject_of(row) not in said:
            yield Deviation(
                "spot_check.never_drawn", spot_steps.subject_of(row), "no event says what"
            )


def redraw(row: SpotCheck, event: CustodyEvent) -> Iterator[Deviation]:
    said = proofs.facts_of(event)
    announced = proofs.event_of(event.subject, Kind.SPOT_CHECK_ANNOUNCED)
    head = queries.checkpoint_over(announced)
    root = bytes(head.root).hex() if head else ""
    try:
        again = [one.item for one in spot_checks.drawn_from(row, root)]
    except (FrameChanged, FrameUnreadable):
        return  # told already
    if (said["root"], said["items"]) != (root, again):
        told = "the log says something else was drawn than the list and the checkpoint give"
        yield Deviation("spot_check.draw_differs", event.subject, told)
    there = list(row.items.order_by("position").values_list("item", flat=True))
    if (row.root, there) != (said["root"], said["items"]):
        told = "the rows are not what was drawn"
        yield Deviation("spot_check.items_changed", event.subject, told)


def audit_answers() -> Iterator[Deviation]:
    """What stands is what was said last, and nothing stands that was not said."""
    said: dict[tuple[str, str, str], str] = {}
    for event in proofs.events_of_kind(Kind.SPOT_CHECK_ANSWERED):
        facts = proofs.facts_of(event)
        said[event.subject, facts["item"], facts["question"]] = facts["answer"]
    rows = SpotAnswer.objects.values_list(
        "item__check_of__number", "item__item", "question", "answer"
    )
    there = {(f"spot_check:{no}", item, code): answer for no, item, code, answer in rows}
    for key in sorted(said.keys() | there.keys()):
        if said.get(key) != there.get(key):
            told = f"{key[1]} {key[2]}: said {said.get(key)}, now {there.get(key)}"
            yield Deviation("spot_check.answer_changed", key[0], told)
