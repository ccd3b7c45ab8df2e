"""空白表格: every paper blank, as PDF. For everyone with an account."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from liuhen.engines.paper.pdf import slip_pdf
from liuhen.engines.paper.registers import Register, register_pdf
from liuhen.kernel.clock import now
from liuhen.web.blank_papers import BLANKS, BY_CODE
from liuhen.web.doors import signed_in
from liuhen.web.pages import as_pdf, show


@signed_in
def blank_papers(request: HttpRequest) -> HttpResponse:
    groups = [(name, list(some)) for name, some in groupby(BLANKS, lambda one: one.group)]
    return show(request, "papers/blank.html", _("空白表格"), groups=groups)


@signed_in
def blank_paper(request: HttpRequest, code: str) -> HttpResponse:
    if code not in BY_CODE:
        raise Http404
    blank = BY_CODE[code]
    with translation.override("zh-hans"):  # whatever language the reader's pages have
        made = blank.make(request.user.agency)
    content = (register_pdf if isinstance(made, Register) else slip_pdf)(made, at=now())
    return as_pdf(content, f"{blank.title}（空白）.pdf")
