"""调阅申请: handed in, handed in again, taken back, answered that there is no such thing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.access import asking, grants, papers, reading
from liuhen.access import request_errors as errors
from liuhen.access.asking import Asked, Checked
from liuhen.access.chains import Chain
from liuhen.access.deciders import joined, posts_in, who_can
from liuhen.access.models import Request, RequestItem, RequestState, Step
from liuhen.access.moving import check_moves, move, record
from liuhen.access.states import Move, allows
from liuhen.access.wording import posts_text
from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.people.spelling import seen
from liuhen.recordings.models import Recording


@transaction.atomic
def ask(asked: Asked, *, by: Officer, at: datetime) -> Request:
    """Hand it in to the first who decides; where nobody need be asked it is granted at once.

    Refuses: as `asking.check`, AskedAlready, NobodyDecides.
    """
    log.wait_for_turn()
    checked = asking.check(asked, by=by, at=at)
    asking.check_new(checked, by=by)
    said, chain = checked.asked, checked.chain
    made = Request.objects.create(
        agency_id=by.agency_id,
        number=next_number(at),
        kind=said.kind,
        state=RequestState.ASKED,
        case=said.case,
        activity=said.activity,
        asked_by=by,
        asked_at=at,
        **words_of(checked),
        **rule_of(chain, at),
    )
    put(made, checked.items, chain, at=at)
    record(Kind.ACCESS_ASKED, made, by=by, at=at, **told(made, checked))
    settle(made, by=by, at=at)
    return made


@transaction.atomic
def resubmit(request: Request, asked: Asked, *, by: Officer, at: datetime) -> None:
    """What was sent back, put right; all who decide are asked anew. The papers of another
    outsider, or with another letter, count no more.

    Refuses: NoSuchRequest, NotYourRequest, RequestMoved, and as `ask`.
    """
    log.wait_for_turn()
    request = own(request, Move.RESUBMIT, by)
    checked = asking.check(asked, by=by, at=at)
    asking.check_new(checked, by=by)
    said, chain = checked.asked, checked.chain
    papers.forget_others(request, said.outsider, by=by, at=at)
    move(
        request,
        Move.RESUBMIT,
        kind=said.kind,
        case=said.case,
        activity=said.activity,
        round=request.round + 1,
        **words_of(checked),
        **rule_of(chain, at),
    )
    request.items.all().delete()
    put(request, checked.items, chain, at=at)
    record(Kind.ACCESS_RESUBMITTED, request, by=by, at=at, **told(request, checked))
    settle(request, by=by, at=at)


@transaction.atomic
def withdraw(request: Request, *, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchRequest, NotYourRequest, RequestMoved."""
    log.wait_for_turn()
    request = own(request, Move.WITHDRAW, by)
    move(request, Move.WITHDRAW, closed_at=at, closed_by=by)
    record(Kind.ACCESS_WITHDRAWN, request, by=by, at=at)


@transaction.atomic
def attach(request: Request, recordings: Sequence[Recording], *, by: Officer, at: datetime) -> None:
    """The custodian has found what was sought in words; now it can be decided on.

    Refuses: NoSuchRequest, NotPermitted, RequestMoved, FoundAlready, NoSuchRecording, NothingAsked,
    TooManyAsked, NotYourWork, NeverPublished, NobodyDecides.
    """
    log.wait_for_turn()
    request = to_answer(request, by)
    items = asking.found(request, recordings, by=by, at=at)
    add_items(request, items)
    check_decided(request, at=at)
    numbers = [one.number for one in items]
    record(Kind.ACCESS_FOUND, request, by=by, at=at, recordings=numbers)
    settle(request, by=by, at=at)


@transaction.atomic
def no_such(request: Request, *, search: str, by: Officer, at: datetime) -> None:
    """The answer that there is no such recording, with the search that was made.

    Refuses: NoSuchRequest, NotPermitted, RequestMoved, FoundAlready, SearchBlank.
    """
    log.wait_for_turn()
    request = to_answer(request, by)
    if not (search := seen(search)[: asking.MOST_WORDS]):
        raise errors.SearchBlank()
    move(request, Move.NO_SUCH, search=search, closed_at=at, closed_by=by)
    record(Kind.ACCESS_NO_SUCH, request, by=by, at=at, search=search)


def own(request: Request, step: Move, by: Officer) -> Request:
    """As it stands. Refuses: NoSuchRequest, NotYourRequest, RequestMoved."""
    request = reading.as_it_stands(request, by)
    if request.asked_by_id != by.pk:
        raise errors.NotYourRequest(officer=request.asked_by.name)
    check_moves(request, step)
    return request


def may_withdraw(request: Request, by: Officer) -> bool:
    return request.asked_by_id == by.pk and by.is_active and allows(Move.WITHDRAW, request.state)


def may_resubmit(request: Request, by: Officer) -> bool:
    return request.asked_by_id == by.pk and by.is_active and allows(Move.RESUBMIT, request.state)


def may_answer(request: Request, by: Officer) -> bool:
    """Whether the custodian's search is what the request waits for."""
    is_open = request.state == RequestState.ASKED and request.agency_id == by.agency_id
    return is_open and may(by, Permission.SERVE_OUTSIDERS) and not request.items.exists()


def to_answer(request: Request, by: Officer) -> Request:
    """As it stands. Refuses: NoSuchRequest, NotPermitted, RequestMoved, FoundAlready."""
    request = reading.as_it_stands(request, by)
    permissions.check(by, Permission.SERVE_OUTSIDERS)
    check_moves(request, Move.NO_SUCH)
    if request.items.exists():
        raise errors.FoundAlready()
    return request


def put(request: Request, items: Sequence[Recording], chain: Chain, *, at: datetime) -> None:
    """The recordings and the steps of this round. Refuses: NobodyDecides."""
    add_items(request, items)
    Step.objects.bulk_create(
        Step(
            request=request,
            round=request.round,
            position=n,
            posts=joined(step.posts),
            act=step.act,
        )
        for n, step in enumerate(chain.steps, 1)
    )
    check_decided(request, at=at)


def add_items(request: Request, items: Sequence[Recording]) -> None:
    RequestItem.objects.bulk_create(RequestItem(request=request, recording=one) for one in items)


def check_decided(request: Request, *, at: datetime) -> None:
    """There is somebody for every step. Refuses: NobodyDecides."""
    steps = list(request.steps.filter(round=request.round).order_by("position"))
    able = who_can(steps, at=at)
    for step in steps:
        if not able[step.pk]:
            raise errors.NobodyDecides(request.article, posts=posts_text(posts_in(step.posts)))


def settle(request: Request, *, by: Officer, at: datetime) -> None:
    """Nobody need be asked: granted as soon as it is known what."""
    steps = request.steps.filter(round=request.round)
    if request.items.exists() and not steps.exists():
        move(request, Move.GRANT, closed_at=at, closed_by=by)
        grants.grant(request, until=request.wanted_until, by=by, at=at)


def next_number(at: datetime) -> str:
    """`2026-DY-000001`: the year and a count without holes; the log's turn is held."""
    return numbering.next_number(f"{in_china(at).year}-DY-", Request)


def words_of(checked: Checked) -> dict[str, Any]:
    said = checked.asked
    return {
        "purpose": said.purpose,
        "sought": said.sought,
        "wants_copy": said.wants_copy,
        "wanted_until": checked.until,
        "organ": said.outsider.organ,
        "letter_no": said.outsider.letter_no,
        "person": said.outsider.person,
        "identity": said.outsider.identity,
    }


def rule_of(chain: Chain, at: datetime) -> dict[str, Any]:
    return {
        "pack_id": chain.pack_id,
        "article": chain.article,
        "letter": chain.letter,
        "evidence_note": chain.evidence_note,
        "handed_in_at": at,
    }


def told(request: Request, checked: Checked) -> dict[str, Any]:
    """What the log says of it: enough to tell when its row is gone; no identity number."""
    said = checked.asked
    return {
        "request_kind": str(said.kind),
        "round": request.round,
        "purpose": said.purpose,
        "recordings": [one.number for one in checked.items],
        "case": said.case and said.case.case_no,
        "activity": said.activity and said.activity.number,
        "sought": said.sought,
        "wants_copy": said.wants_copy,
        "wanted_until": checked.until.isoformat(),
        "organ": said.outsider.organ,
        "letter_no": said.outsider.letter_no,
        "person": said.outsider.person,
        "pack_id": checked.chain.pack_id,
        "article": checked.chain.article,
        "steps": [joined(step.posts) for step in checked.chain.steps],
    }
