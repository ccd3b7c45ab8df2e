"""Corrections over the year: ordered, reported on with proof, accepted; some late or returned."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from liuhen.kernel.clock import in_china
from liuhen.ops.year_world import World

TERM, REPORTED, TOO_LATE, READ = 8, 4, 11, 2
"""Working days: time to put it right, when it is reported, or late, when the report is read."""
NEXT_TERM = 5
"""Of what was returned."""
EACH_LATE, EACH_RETURNED = 6, 5
"""So many to one."""
SECOND, THIRD = 1, 2
"""The first to be late and to be returned: also the smallest year has a late one."""


@dataclass(frozen=True)
class Fault:
    """What was found, in whose work, on which occasion; `officer` None: the unit's head sees to
    it."""

    source: str
    reference: str
    unit: Any
    officer: Any
    problem: str
    article: int


def order(world: World, fault: Fault, by: Any, at: datetime) -> None:
    from liuhen.supervision.corrections import ordering

    number = world.done["整改通知"]
    officer = fault.officer
    if officer is not None and officer.unit_id != fault.unit.pk:
        officer = None
    said = ordering.Order(
        source=fault.source,
        reference=fault.reference,
        unit=fault.unit,
        officer=officer,
        problem=fault.problem,
        demand="查明原因，补写情况说明；出发前检查设备、备足电池。",
        article=fault.article,
        until=in_china(world.later(at, TERM)).date(),
    )
    made = world.attempt("整改通知", partial(ordering.order, said, by=by, at=at))
    if made is None:
        return
    # What is late has to be read before the year is over: nobody would know why it is open.
    is_late = number % EACH_LATE == SECOND and world.later(at, TOO_LATE + READ) < world.end
    is_returned = number % EACH_RETURNED == THIRD
    reported_at = world.later(at, TOO_LATE if is_late else REPORTED)
    world.agenda.put(reported_at, partial(report, world, made, by, is_returned))


def report(world: World, made: Any, orderer: Any, is_returned: bool, at: datetime) -> None:
    """By who has to put it right: a paper that shows it, and what was done."""
    from liuhen.supervision.corrections import ordering, proof

    by = made.officer or made.unit.head
    paper = [statement_of(made, at)]
    world.attempt("整改材料", partial(proof.add, made, "情况说明.pdf", paper, by=by, at=at))
    words = "已补写情况说明，更换老化电池，并在队务会上通报。"
    done = partial(ordering.submit, made, report=words, by=by, at=at)
    if world.attempt("整改报告", done) is not None:
        world.agenda.put(world.later(at, READ), partial(read, world, made, orderer, is_returned))


def statement_of(made: Any, at: datetime) -> bytes:
    from liuhen.engines.paper.pdf import slip_pdf
    from liuhen.engines.paper.slips import Line, Slip

    line = Line((("内容", "演示用情况说明，内容从略。"),), is_words=True)
    return slip_pdf(Slip("情况说明", (made.agency.name, made.number), (line,), ()), at=at)


def read(world: World, made: Any, by: Any, is_returned: bool, at: datetime) -> None:
    """By who ordered it: accepted, or returned once."""
    from liuhen.supervision.corrections import ordering

    if not is_returned:
        opinion = "材料齐全，整改到位。"
        accept = partial(ordering.accept, made, opinion=opinion, by=by, at=at)
        world.attempt("整改验收", accept)
        return
    until = in_china(world.later(at, NEXT_TERM)).date()
    back = partial(
        ordering.send_back, made, opinion="未写明间断起止时间，请补充。", until=until, by=by, at=at
    )
    if world.attempt("整改退回", back) is not None:
        world.agenda.put(world.later(at, READ), partial(report, world, made, by, False))
