"""What a recording's page says of who may open it, and of its secrecy marks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from liuhen.access import rights
from liuhen.access.models import Request
from liuhen.access.rights import Ground, Right
from liuhen.access.states import OPEN
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.people.models import Officer
from liuhen.recordings import secrecy
from liuhen.recordings.models import Recording
from liuhen.web.access_words import GROUNDS
from liuhen.web.duties_text import due_words
from liuhen.web.forms.access import SecrecyForm
from liuhen.web.rules_text import article_number


@dataclass(frozen=True)
class Locked:
    """Why it does not open, and the way to ask: the kind that fits, or the request under way."""

    said: str
    article: int | None
    kind: RequestKind
    request: Request | None


def stage(
    recording: Recording, officer: Officer, *, at: datetime, serves: str = ""
) -> dict[str, Any]:
    """Over the poster: the right by which it opens, or why it does not. `serves`: the request from
    which the viewer comes; one that gives nothing any more is forgotten."""
    right = rights.under(officer, [recording], serves, at=at).get(recording.pk) if serves else None
    if right is not None:
        return {"right_said": right_text(right), "may_copy": right.may_copy, "serves": serves}
    right = rights.right_to_play(officer, recording, at=at)
    if right is None:
        return {"locked": locked(recording, officer, at=at)}
    return {"right_said": right_text(right), "may_copy": right.may_copy}


def locked(recording: Recording, officer: Officer, *, at: datetime) -> Locked:
    no = rights.refusal(officer, recording, at=at)
    kind = RequestKind.OWN_CASE if no.is_own else RequestKind.VIEW
    under_way = Request.objects.filter(
        asked_by=officer, state__in=OPEN, items__recording=recording
    ).order_by("-pk")
    return Locked(no.text, article_number(no.article), kind, under_way.first())


def right_text(right: Right) -> str:
    """What opening it will be entered as; "" for one's own work."""
    if right.assignment is not None:
        for_check = f"{GROUNDS[right.ground]} {right.assignment.reference}"
        return _("打开即登记为%(check)s查看") % {"check": for_check}
    if right.grant is None:
        return ""
    found = right.grant.request
    said = {"no": found.number, "until": due_words(right.grant.until)}
    if right.ground == Ground.SHOWN:
        who = f"{found.organ} {found.person}".strip()
        return _("打开即登记为向%(who)s出示（%(no)s，至 %(until)s）") % (said | {"who": who})
    return _("经 %(no)s 批准，可查看至 %(until)s") % said


def secrecy_shown(recording: Recording, officer: Officer) -> dict[str, Any]:
    marks = list(secrecy.marks_of(recording))
    return {
        "marks": marks,
        "may_lift": {one.pk for one in marks if secrecy.may_lift(one, officer)},
        "form": SecrecyForm() if secrecy.may_mark(recording, officer) else None,
    }
