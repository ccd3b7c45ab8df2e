from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.people.permissions import Permission
from liuhen.recordings import health
from liuhen.web.doors import needs
from liuhen.web.pages import show


@needs(Permission.RUN_CHECKS)
def state(request: HttpRequest) -> HttpResponse:
    facts = health.facts()
    return show(
        request,
        "state.html",
        _("系统状态"),
        facts=facts,
        problems=sum(1 for fact in facts if fact.problem),
    )
