from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.cases import finding
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.recordings import FilterForm
from liuhen.web.pages import is_part, show

LAYOUTS = ("grid", "table")


@needs(*SEEING)
def recordings(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    form = FilterForm(request.user, request.GET)
    part = is_part(request, "results")
    return show(
        request,
        "recordings/results.html" if part else "recordings/list.html",
        _("音像资料"),
        form=form,
        page=finding.page(request.user, form.filters(), request.GET.get("cursor")),
        layout=layout_of(request),
    )


def layout_of(request: HttpRequest) -> str:
    """Pictures or a table, as the officer last wanted it."""
    asked = request.GET.get("layout")
    if asked in LAYOUTS:
        request.session["layout"] = asked
    return str(request.session.get("layout", LAYOUTS[0]))
