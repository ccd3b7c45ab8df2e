"""What a fault and a loss of a device make owed, and what discharges it.

A repair goes through the post the regulation names. A lost device that may still have held
recordings is a matter for supervision: they were not handed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.devices.models import Checkout, LossReport, RepairTicket
from liuhen.duties import grounds
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.policy import issuing
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording

OF_TICKETS = (Kind.REPAIR_REPORTED, Kind.REPAIR_FINISHED, Kind.REPAIR_GIVEN_UP)
OF_LOSSES = (Kind.DEVICE_LOST, Kind.DEVICE_FOUND)
OF_DEVICES = OF_TICKETS + OF_LOSSES


@dataclass(frozen=True)
class Rows:
    """The tickets and losses some events are about, by primary key."""

    tickets: dict[int, RepairTicket] = field(default_factory=dict)
    losses: dict[int, LossReport] = field(default_factory=dict)


def rows_of(events: Iterable[CustodyEvent], only: Agency | None) -> Rows:
    """Two queries at most, however many events."""
    ticket_keys, loss_keys = set(), set()
    for event in events:
        if event.kind in OF_TICKETS:
            ticket_keys.add(facts_of(event)["ticket"])
        elif event.kind in OF_LOSSES:
            loss_keys.add(facts_of(event)["loss"])
    tickets: QuerySet[RepairTicket] = RepairTicket.objects.filter(pk__in=ticket_keys)
    losses: QuerySet[LossReport] = LossReport.objects.filter(pk__in=loss_keys)
    if only is not None:
        tickets, losses = tickets.filter(agency=only), losses.filter(device__agency=only)
    return Rows(
        {row.pk: row for row in tickets.select_related("agency", "device__unit")},
        {row.pk: row for row in losses.select_related("device__agency", "checkout")},
    )


def owed_by(event: CustodyEvent, rows: Rows, books: Books) -> Duty | None:
    if event.kind == Kind.REPAIR_REPORTED:
        ticket = rows.tickets.get(facts_of(event)["ticket"])
        return repair_of(ticket, books.on(ticket.agency, event.at)) if ticket else None
    if event.kind == Kind.DEVICE_LOST:
        loss = rows.losses.get(facts_of(event)["loss"])
        return loss_of(loss, books.on(loss.device.agency, event.at)) if loss else None
    return None


def repair_of(ticket: RepairTicket, rules: Rules | None) -> Duty | None:
    """None: the regulation names nobody, and the list of tickets is enough."""
    found = issuing.repair(rules) if rules and not rules.is_before_adoption else None
    if rules is None or found is None:
        return None
    return Duty(
        agency=ticket.agency,
        key=repair_key(ticket.pk),
        kind=DutyKind.REPAIR,
        pack_id=rules.pack.pack_id,
        article=found.grounds[0].article,
        device=ticket.device,
        unit=ticket.device.unit,
        post=found.post,
        started_at=ticket.reported_at,
        facts={"grounds": grounds.to_json(found.grounds), "ticket": ticket.pk},
    )


def loss_of(loss: LossReport, rules: Rules | None) -> Duty | None:
    """None: all it recorded is in for sure, or the regulation sets no time for handing in.

    No unit: its head, whom it may concern, is not to waive what falls to supervision.
    """
    found = issuing.lost_with_recordings(rules) if rules and not rules.is_before_adoption else None
    if rules is None or found is None or is_surely_in(loss):
        return None
    return Duty(
        agency=loss.device.agency,
        key=loss_key(loss.pk),
        kind=DutyKind.LOSS,
        pack_id=rules.pack.pack_id,
        article=found.article,
        device=loss.device,
        post=Post.SUPERVISION,
        started_at=loss.reported_at,
        facts={"grounds": grounds.to_json([found]), "loss": loss.pk},
    )


def is_surely_in(loss: LossReport) -> bool:
    """Said to be in, and something of the device's last use has been sealed by then.

    What is sealed later changes nothing: read again, the log tells the same.
    """
    if not loss.recordings_in:
        return False
    use = loss.checkout or last_use(loss)
    if use is None:
        return True
    sealed = Recording.objects.filter(device_id=loss.device_id, sealed_at__gte=use.handed_at)
    return sealed.filter(sealed_at__lte=loss.reported_at).exists()


def last_use(loss: LossReport) -> Checkout | None:
    rows = Checkout.objects.filter(device_id=loss.device_id, handed_at__lte=loss.reported_at)
    return rows.order_by("-handed_at", "-pk").first()


def discharge(event: CustodyEvent, rows: Rows) -> None:
    """A repair that is done or given up, a device that is found: nobody's word is needed."""
    facts = facts_of(event)
    if event.kind in (Kind.REPAIR_FINISHED, Kind.REPAIR_GIVEN_UP):
        if facts["ticket"] in rows.tickets:
            ticket = rows.tickets[facts["ticket"]]
            close(ticket.agency, repair_key(ticket.pk), event)
    elif event.kind == Kind.DEVICE_FOUND and facts["loss"] in rows.losses:
        loss = rows.losses[facts["loss"]]
        close(loss.device.agency, loss_key(loss.pk), event)


def close(agency: Agency, key: str, event: CustodyEvent) -> None:
    """It has no time to run out, so it is never late."""
    Duty.objects.filter(agency=agency, key=key, state=DutyState.OPEN).update(
        state=DutyState.DONE,
        closed_at=event.at,
        closed_by=Officer.objects.filter(agency=agency, login=event.actor).first(),
    )


def repair_key(pk: int) -> str:
    return f"repair:{pk}"


def loss_key(pk: int) -> str:
    return f"loss:{pk}"
