"""Intakes: the list, one with its files, and how far it is."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings import progress, queries
from liuhen.recordings.models import BatchState, IntakeBatch, IntakeItem, ItemState
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.dates import DatesForm
from liuhen.web.pages import show
from liuhen.web.reasons_text import PROBLEMS

ITEMS_PER_PAGE = 50
BATCHES_PER_PAGE = 30
FOLLOWING = (Permission.TAKE_IN, *SEEING)


@needs(*FOLLOWING)
def batches(request: HttpRequest) -> HttpResponse:
    form = DatesForm(request.GET)
    page = Paginator(rows_of(request, form), BATCHES_PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "batches/list.html", _("采集记录"), page=page, dates=form)


def rows_of(request: HttpRequest, form: DatesForm) -> QuerySet[IntakeBatch]:
    """Asked for in the days wanted, the latest first."""
    return form.within(queries.batches_of(request.user), "asked_at").order_by("-pk")


def found(request: HttpRequest, uid: str) -> IntakeBatch:
    batch = queries.batches_of(request.user).filter(uid=uid).first()
    if batch is None:
        raise Http404
    return batch


@needs(*FOLLOWING)
def batch(request: HttpRequest, uid: str) -> HttpResponse:
    one = found(request, uid)
    page = Paginator(items_of(request, one), ITEMS_PER_PAGE).get_page(request.GET.get("page"))
    how_far = progress.of(one, at=now())
    shown = [item.recording_id for item in page if item.recording_id]
    return show(
        request,
        "batches/detail.html",
        _("采集批次 %(uid)s") % {"uid": one.uid},
        batch=one,
        progress=how_far,
        counts=[(state, label, how_far.counts[state]) for state, label in ItemState.choices],
        wanted=request.GET.get("state", ""),
        page=page,
        visible=set(
            queries.visible_to(request.user).filter(pk__in=shown).values_list("pk", flat=True)
        ),
        problem=PROBLEMS.get(one.problem, one.problem),
    )


def items_of(request: HttpRequest, batch: IntakeBatch) -> QuerySet[IntakeItem]:
    items, wanted = queries.items_of(batch, request.user), request.GET.get("state", "")
    return items.filter(state=wanted) if wanted in ItemState.values else items


@needs(*FOLLOWING)
def batch_progress(request: HttpRequest, uid: str) -> HttpResponse:
    """The bar alone while it runs; once it ended, the browser is told to load the whole page."""
    one = found(request, uid)
    response = show(
        request, "batches/progress.html", batch=one, progress=progress.of(one, at=now())
    )
    if one.state in (BatchState.DONE, BatchState.STOPPED):
        response["HX-Refresh"] = "true"
    return response
