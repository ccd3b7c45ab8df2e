"""A request goes from one state to another, and the log says so."""

from datetime import datetime
from typing import Any

from liuhen.access import request_errors as errors
from liuhen.access.models import Request, RequestState
from liuhen.access.states import REQUEST, Move, allows
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer


def check_moves(request: Request, step: Move) -> None:
    """Refuses: RequestMoved."""
    if not allows(step, request.state):
        raise errors.RequestMoved(state=RequestState(request.state).label)


def move(request: Request, step: Move, **facts: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands. Refuses:
    RequestMoved."""
    sources, target = REQUEST[step]
    rows = Request.objects.filter(pk=request.pk, state__in=sources, round=request.round)
    moved = rows.update(state=target, **facts)
    request.refresh_from_db()
    if not moved:
        raise errors.RequestMoved(state=RequestState(request.state).label)


def subject_of(request: Request) -> str:
    return f"request:{request.number}"


def record(
    kind: Kind, request: Request, /, *, by: Officer | str, at: datetime, **facts: Any
) -> None:
    log.record(kind, subject=subject_of(request), by=by, at=at, **facts)
