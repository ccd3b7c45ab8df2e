"""What a bureau keeps beside its regulation: the full text, and its working days."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.engines.policy.pack import Pack
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Agency
from liuhen.people.permissions import Permission
from liuhen.regulations import calendar, calendar_table, errors, full_texts, office_files
from liuhen.regulations.calendar_table import YEARS
from liuhen.regulations.full_texts import Gaps
from liuhen.regulations.models import FullText
from liuhen.regulations.queries import Standing
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.rules import CalendarForm, FullTextForm
from liuhen.web.pages import show
from liuhen.web.views.rules import frame

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def rule_texts(request: HttpRequest) -> HttpResponse:
    return texts_page(request, FullTextForm())


def texts_page(request: HttpRequest, form: FullTextForm, status: int = 200) -> HttpResponse:
    agency, at = request.user.agency, now()
    standing = Standing(agency)
    pack = pack_asked(request, standing)
    return show(
        request,
        "rules/texts.html",
        _("制度全文"),
        status=status,
        form=form,
        pack=pack,
        packs=list({one.pack.pack_id: one.pack for one in standing.adopted}.values()),
        uploads=uploads_of(agency, pack),
        **frame(request, at),
    )


def uploads_of(agency: Agency, pack: Pack) -> list[tuple[FullText, Gaps | None]]:
    """The newest first, each with where its articles and the pack's differ; None: it has none."""
    return [
        (one, full_texts.gaps(pack, one.articles) if one.articles else None)
        for one in full_texts.uploads(agency, pack.pack_id)
    ]


def pack_asked(request: HttpRequest, standing: Standing) -> Pack:
    """Any regulation the bureau followed, follows or will follow; else today's."""
    asked = request.POST.get("pack") or request.GET.get("pack")
    adopted = {one.pack.pack_id: one.pack for one in standing.adopted}
    return adopted.get(asked) or standing.followed_on(in_china(now()).date()).pack


@require_POST
@needs(Permission.KEEP_RULES)
def add_rule_text(request: HttpRequest) -> HttpResponse:
    agency, at = request.user.agency, now()
    form = FullTextForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        with refusals_on(form):
            pack = pack_asked(request, Standing(agency))
            content = content_of(sent)
            full_texts.keep(agency, pack, content, file_name=sent.name, by=request.user, at=at)
            messages.success(request, _("已保存《%(name)s》。") % {"name": sent.name})
            return redirect(f"{reverse('web:rule_texts')}?pack={pack.pack_id}")
    return texts_page(request, form, status=422)


def content_of(sent: UploadedFile) -> bytes:
    """The upload's bytes, once its size is known to be bearable. Refuses: FileTooLarge."""
    if sent.size > office_files.MOST_BYTES:
        raise errors.FileTooLarge(most=office_files.MOST_BYTES // office_files.MIB)
    return bytes(sent.read())


@signed_in
def rule_text(request: HttpRequest, text: int) -> HttpResponse:
    """The file as it was uploaded; a browser saves it and never opens it as a page."""
    kept = get_object_or_404(FullText, pk=text, agency_id=request.user.agency_id)
    return download(bytes(kept.content), kept.file_name, "application/octet-stream")


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


@signed_in
def rule_calendar(request: HttpRequest) -> HttpResponse:
    return calendar_page(request, CalendarForm())


def calendar_page(
    request: HttpRequest, form: CalendarForm, status: int = 200, **more: object
) -> HttpResponse:
    year = year_asked(request)
    return show(
        request,
        "rules/calendar.html",
        _("工作日安排"),
        status=status,
        form=form,
        year=year,
        before=year - 1 if year - 1 in YEARS else None,
        after=year + 1 if year + 1 in YEARS else None,
        is_published=calendar.is_published(year),
        days=calendar.special_days(request.user.agency, year),
        **more,
        **frame(request, now()),
    )


def year_asked(request: HttpRequest) -> int:
    asked = request.GET.get("year", str(in_china(now()).year))
    if not asked.isdecimal() or len(asked) > 4 or int(asked) not in YEARS:
        raise Http404
    return int(asked)


@require_POST
@needs(Permission.KEEP_RULES)
def import_calendar(request: HttpRequest) -> HttpResponse:
    form, wrong = CalendarForm(request.POST, request.FILES), []
    if form.is_valid():
        sent = form.cleaned_data["file"]
        with refusals_on(form):
            try:
                n = calendar.import_table(
                    request.user.agency,
                    content_of(sent),
                    file_name=sent.name,
                    by=request.user,
                    at=now(),
                )
            except errors.TableRefused as no:
                wrong = no.facts["rows"]
                raise
            messages.success(request, _("已导入 %(n)d 天的安排。") % {"n": n})
            return redirect("web:rule_calendar")
    return calendar_page(request, form, status=422, wrong=wrong)


@needs(Permission.KEEP_RULES)
def calendar_template(request: HttpRequest) -> HttpResponse:
    return download(calendar_table.template(), _("工作日安排模板.xlsx"), EXCEL)
