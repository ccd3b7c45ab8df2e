"""Many accounts at once, from an Excel file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from liuhen.kernel.clock import now
from liuhen.people import importing, queries, roster
from liuhen.people.filled import Row
from liuhen.people.permissions import Permission
from liuhen.web import kept_rows, sheets
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.people_import import ImportForm
from liuhen.web.pages import show

ROWS = "import_rows"
"""Session key: the rows last sent in and refused, for the file that says what is wrong."""


@never_cache
@needs(Permission.MANAGE_PEOPLE)
@sensitive_variables("made")
def import_people(request: HttpRequest) -> HttpResponse:
    """The first passwords are in this one answer and nowhere else."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    rows: list[Row] = []
    if form.is_valid():
        with refusals_on(form):
            rows = roster.read(form.content())
            made = importing.take_in(request.user.agency, rows, by=request.user, at=now())
            kept_rows.keep(request, ROWS, [])
            return show(request, "people/imported.html", _("导入完成"), made=made)
    # Wrong rows are shown with what is wrong; a file that can't be read has none.
    hopefuls = importing.check(request.user.agency, rows)
    wrong = [one for one in hopefuls if one.faults]
    kept_rows.keep(request, ROWS, [one.row for one in hopefuls] if wrong else [])
    return show(
        request,
        "people/import.html",
        _("批量导入人员"),
        status=422 if form.errors else 200,
        form=form,
        wrong=wrong,
        heads=roster.HEADS,
        most=roster.MOST_PEOPLE,
    )


@needs(Permission.MANAGE_PEOPLE)
def template(request: HttpRequest) -> HttpResponse:
    units = [unit.name for unit in queries.units_of(request.user.agency)]
    return sheets.file(roster.template(units), _("人员导入模板.xlsx"))


@never_cache
@needs(Permission.MANAGE_PEOPLE)
def errors(request: HttpRequest) -> HttpResponse:
    """The rows last sent in, each with what is wrong with it now."""
    kept = kept_rows.kept(request, ROWS)
    if not kept:
        return redirect("web:import_people")
    hopefuls = importing.check(request.user.agency, kept)
    return sheets.file(
        roster.with_faults((one.row, one.said) for one in hopefuls), _("人员导入错误说明.xlsx")
    )
