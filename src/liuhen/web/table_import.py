"""Taking in a list people fill in as Excel: one page for every such list, all its rows or none.

What was refused is kept in the session, to be sent back with what is wrong in each row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from liuhen.devices.tables import Checked
from liuhen.people.filled import Row
from liuhen.web import kept_rows
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.people_import import ImportForm
from liuhen.web.pages import show


@dataclass(frozen=True)
class Intake:
    """`take_in` takes all rows and answers what is said of it; `kept` names the refused rows'
    place in the session; `back` is where the list is shown."""

    title: str
    hint: str
    kept: str
    first_head: str
    most: int
    back: str
    back_title: str
    template_url: str
    errors_url: str
    read: Callable[[bytes], list[Row]]
    check: Callable[[list[Row]], Sequence[Checked]]
    take_in: Callable[[list[Row]], str]


def page(request: HttpRequest, intake: Intake) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    rows: list[Row] = []
    if form.is_valid():
        with refusals_on(form):
            rows = intake.read(form.content())
            said = intake.take_in(rows)
            kept_rows.keep(request, intake.kept, [])
            messages.success(request, said)
            return redirect(intake.back)
    wrong = [one for one in intake.check(rows) if one.faults]
    kept_rows.keep(request, intake.kept, rows if wrong else [])
    status = 422 if form.errors else 200
    return show(
        request,
        "supply/import.html",
        intake.title,
        status=status,
        form=form,
        wrong=wrong,
        intake=intake,
    )
