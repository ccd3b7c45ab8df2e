"""The log for those who watch over it: events, one event's own bytes, the signed head, the key."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.access import own_log
from liuhen.custody import keys, proofs, queries
from liuhen.custody.models import CustodyEvent
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.errors import EvidenceInvalid
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.custody import EventFilterForm
from liuhen.web.pages import is_part, show


@needs(Permission.READ_CUSTODY)
def custody(request: HttpRequest) -> HttpResponse:
    form = EventFilterForm(request.GET)
    part = is_part(request, "events")
    return show(
        request,
        "custody/events.html" if part else "custody/list.html",
        _("存证日志"),
        form=form,
        page=queries.page(own_log.readable_by(request.user), **form.wanted()),
        head=proofs.newest_checkpoint(),
        verifier=keys.verifier().vkey,
    )


@needs(Permission.READ_CUSTODY)
def custody_event(request: HttpRequest, index: int) -> HttpResponse:
    event = queries.event_at(index, own_log.readable_by(request.user))
    return show(
        request,
        "custody/event.html",
        _("存证事件 #%(index)s") % {"index": index},
        told=queries.told(event),
        head=head_over(event),
    )


def head_over(event: CustodyEvent) -> Head | None:
    """The signed head the event was just proved under; None when log and event disagree."""
    try:
        return proofs.check(event)
    except EvidenceInvalid:
        return None


@needs(Permission.READ_CUSTODY)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed head as a file (C2SP tlog-checkpoint), to be kept elsewhere."""
    name = f"checkpoint-{now():%Y%m%dT%H%M%SZ}.txt"
    return as_file(proofs.newest_checkpoint().note, name)


@needs(Permission.READ_CUSTODY)
def public_key(request: HttpRequest) -> HttpResponse:
    """The key that checks every signature of this log (C2SP signed-note vkey)."""
    return as_file(keys.verifier().vkey + "\n", "liuhen-log.pub")


def as_file(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
