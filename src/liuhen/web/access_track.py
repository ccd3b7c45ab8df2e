"""How a viewing request came along, as the log tells it, and who can take the steps to come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.access.deciders import posts_in, who_can
from liuhen.access.models import Decision, Request, RequestState
from liuhen.access.models import Step as Turn
from liuhen.access.wording import posts_text
from liuhen.custody.kinds import Kind
from liuhen.custody.queries import Told
from liuhen.people.models import Officer
from liuhen.web.access_words import act_title, names_text
from liuhen.web.mending_text import Step, course

TITLES: dict[str, Promise] = {
    Kind.ACCESS_ASKED: gettext_lazy("提出申请"),
    Kind.ACCESS_RESUBMITTED: gettext_lazy("补正后重新提交"),
    Kind.ACCESS_FOUND: gettext_lazy("查得资料"),
    Kind.ACCESS_NO_SUCH: gettext_lazy("答复查无此资料"),
    Kind.ACCESS_STEP_APPROVED: gettext_lazy("同意"),
    Kind.ACCESS_RETURNED: gettext_lazy("退回补正"),
    Kind.ACCESS_REFUSED: gettext_lazy("不同意"),
    Kind.ACCESS_GRANTED: gettext_lazy("准许调阅"),
    Kind.ACCESS_REVOKED: gettext_lazy("收回许可"),
    Kind.ACCESS_ENDED: gettext_lazy("许可期满"),
    Kind.ACCESS_WITHDRAWN: gettext_lazy("撤回申请"),
}
SAID = ("comment", "search", "reason")
"""What somebody wrote with a step, under one of these names."""


def track_of(
    request: Request, turns: Sequence[Turn], history: Iterable[Told], *, at: datetime
) -> list[Step]:
    """What happened, oldest first; then each step to come, with who can take it today."""
    done = [
        Step(title_of(told), told.event.at, who_of(told), words_of(told.facts))
        for told in history
        if told.event.kind in TITLES
    ]
    return course(done, to_come(request, turns, at=at)) if done else []


def title_of(told: Told) -> str:
    """A decision names the post whose it was, and what kind of step."""
    title, facts = str(TITLES[told.event.kind]), told.facts
    if "act" not in facts:
        return title
    who = posts_text(posts_in(str(facts.get("posts", ""))))
    said = {"who": who, "act": act_title(str(facts["act"])), "decision": title}
    return _("%(who)s%(act)s：%(decision)s") % said


def who_of(told: Told) -> str:
    return _("系统") if told.who == "system" else told.who


def words_of(facts: dict[str, Any]) -> str:
    return next((str(facts[name]) for name in SAID if facts.get(name)), "")


def to_come(request: Request, turns: Sequence[Turn], *, at: datetime) -> list[str]:
    if request.state == RequestState.RETURNED:
        return [_("%(name)s补正后重新提交") % {"name": request.asked_by.name}]
    if request.state != RequestState.ASKED:
        return []
    waiting = pending(request, turns)
    able = who_can(waiting, at=at) if waiting else {}
    search = [] if request.items.exists() else [_("资料保管员查找")]
    return search + [turn_text(turn, [one.name for one in able[turn.pk]]) for turn in waiting]


def pending(request: Request, turns: Sequence[Turn]) -> list[Turn]:
    mine = [one for one in turns if one.round == request.round]
    return [one for one in mine if one.decision == Decision.PENDING]


def turn_text(turn: Turn, names: Sequence[str]) -> str:
    said = {"who": posts_text(posts_in(turn.posts)), "act": act_title(turn.act)}
    if not names:
        return _("%(who)s%(act)s（目前无人可以办理）") % said
    return _("%(who)s%(act)s（%(names)s）") % (said | {"names": names_text(names)})


def standing(rows: Sequence[Request], *, at: datetime) -> list[tuple[Request, str]]:
    """Each request of a list with who has the next word. A fixed number of queries."""
    asked = [one for one in rows if one.state == RequestState.ASKED]
    found = Turn.objects.filter(
        request__in=asked, round=F("request__round"), decision=Decision.PENDING
    )
    turns: dict[int, Turn] = {}
    for turn in found.order_by("position"):
        turns.setdefault(turn.request_id, turn)
    able = who_can(list(turns.values()), at=at) if turns else {}
    return [(one, stands_at(one, turns.get(one.pk), able)) for one in rows]


def stands_at(request: Request, turn: Turn | None, able: dict[int, list[Officer]]) -> str:
    if request.state == RequestState.RETURNED:
        return _("%(name)s补正") % {"name": request.asked_by.name}
    if turn is None:
        return _("资料保管员查找") if request.state == RequestState.ASKED else ""
    if not request.item_count:  # type: ignore[attr-defined]  # annotated by the list
        return _("资料保管员查找")
    return turn_text(turn, [one.name for one in able[turn.pk]])
