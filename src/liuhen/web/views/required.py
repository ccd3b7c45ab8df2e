"""必填信息: what lacks before archiving, by field and unit, and filling it in for many at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import filling, required
from liuhen.custody import keyset
from liuhen.engines.policy.vocabulary import Field
from liuhen.kernel.clock import now
from liuhen.people.models import Unit
from liuhen.people.permissions import Permission, may
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.regulations.words import label
from liuhen.web.cases_text import filled_told, told_of
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.case_files import FillForm, RequiredFilterForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show
from liuhen.web.rules_text import article_title

PER_PAGE = 50
MOST_AT_ONCE = 500


@needs(*SEEING)
def required_fields(request: HttpRequest) -> HttpResponse:
    return page(request, FillForm(request.user))


def page(request: HttpRequest, fill_form: FillForm, status: int = 200) -> HttpResponse:
    """Figures, filter bar and list; to htmx only the list, under the same address."""
    officer: Any = request.user
    book = current.rulebook_if_any(officer.agency)
    spans = required.spans_of(book)
    asked = asked_by(spans)
    form = RequiredFilterForm(officer, asked, request.GET)
    rows = rows_of(officer, spans, form)
    found = keyset.take(rows, request.GET.get("cursor"), by="recorded_at", size=PER_PAGE)
    lines = [
        (row, told_of(missing))
        for row in found.rows
        if (missing := required.missing_of(row, book)) is not None
    ]
    part = is_part(request, "results")
    return show(
        request,
        "cases/required_rows.html" if part else "cases/required.html",
        _("必填信息"),
        status=status,
        form=form,
        page=found,
        lines=lines,
        fill_form=fill_form if may(officer, Permission.HANDLE_CASES) else None,
        newest=spans[-1] if spans else None,
        **{} if part else figures_of(officer, spans, asked),
    )


def rows_of(officer: Any, spans: Any, form: RequiredFilterForm) -> Any:
    rows = required.with_lacks(filtered(officer, spans, form))
    beside = ("activity_recording__activity__case", "activity_recording__activity__party")
    return rows.select_related("officer", "unit", *beside).defer("examination")


def filtered(officer: Any, spans: Any, form: RequiredFilterForm) -> Any:
    form.is_valid()
    said = form.cleaned_data
    only = Field(said["field"]) if said.get("field") else None
    rows = required.lacking(officer, spans, only=only)
    unit = said.get("unit")
    narrowed = recordings.Filters(words=said.get("words", ""), unit=unit.pk if unit else None)
    return narrowed.apply(rows)


def asked_by(spans: Any) -> list[Field]:
    fields = dict.fromkeys(one for span in spans for one in span.fields)
    return [one for one in fields if one in required.LACKS]


def figures_of(officer: Any, spans: Any, asked: list[Field]) -> dict[str, Any]:
    """A row for each unit, and one of all together."""
    found = required.figures(officer, spans)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[one.unit for one in found])}
    rows = [
        {
            "unit": units.get(one.unit) if one.unit else None,
            "total": one.total,
            "lacking": one.lacking,
            "counts": [(field.value, one.by_field.get(field, 0)) for field in asked],
        }
        for one in found
    ]
    rows.sort(key=lambda row: (row["unit"] is None, -row["lacking"]))
    article = spans[-1].article if spans else None
    return {
        "figures": rows,
        "heads": [(one.value, label(one)) for one in asked],
        "fields": [label(one) for one in (spans[-1].fields if spans else ())],
        "article": article,
        "article_said": article_title(article) if article else "",
        "total": sum(one.total for one in found),
        "lacking": sum(one.lacking for one in found),
        "sums": [(one.value, sum(f.by_field.get(one, 0) for f in found)) for one in asked],
    }


@require_POST
@needs(Permission.HANDLE_CASES)
def fill_required(request: HttpRequest) -> HttpResponse:
    """The recordings ticked: their activities get the case and the party typed."""
    form = FillForm(request.user, request.POST)
    if form.is_valid():
        with refusals_on(form):
            chosen = chosen_of(request)
            if not chosen:
                messages.error(request, _("请先勾选要补填的资料。"))
                return redirect("web:required")
            done = filling.fill(chosen, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, filled_told(done.activities, done.left, done.without))
            return redirect("web:required")
    return page(request, form, status=422)


def chosen_of(request: HttpRequest) -> list[Recording]:
    numbers = request.POST.getlist("recording")[:MOST_AT_ONCE]
    return list(recordings.visible_to(request.user).filter(number__in=numbers))
