"""How activities, their states and what speaks for a proposal read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases.activity_queries import ENDED, PLANNED, UNDER_WAY, VOIDED, state_of
from liuhen.cases.matching import Reason
from liuhen.cases.models import Activity, Aside, Verdict
from liuhen.custody.kinds import Kind
from liuhen.custody.queries import Told
from liuhen.engines.policy.vocabulary import Right, Trigger
from liuhen.regulations import words

STATES: dict[str, tuple[str, Promise]] = {
    PLANNED: ("secondary", gettext_lazy("尚未到达")),
    UNDER_WAY: ("azure", gettext_lazy("进行中")),
    ENDED: ("green", gettext_lazy("已结束")),
    VOIDED: ("secondary", gettext_lazy("已作废")),
}
VERDICT_COLOURS = {
    Verdict.PENDING: "secondary",
    Verdict.COMPLETE: "green",
    Verdict.EXPLAINED: "yellow",
    Verdict.UNEXPLAINED: "red",
    Verdict.NOT_RECORDED: "red",
    Verdict.EXEMPT: "azure",
    Verdict.NOT_REQUIRED: "secondary",
}
ASIDE_COLOURS = {Aside.Why.NOT_ENFORCEMENT: "red", Aside.Why.MISTAKE: "yellow"}
REASONS: dict[Reason, Promise] = {
    Reason.DEVICE: gettext_lazy("设备"),
    Reason.OFFICER: gettext_lazy("人员"),
    Reason.TIME: gettext_lazy("时间"),
    Reason.PLACE: gettext_lazy("地点"),
}


def state_text(activity: Activity) -> tuple[str, str]:
    """Colour and words."""
    colour, said = STATES[state_of(activity)]
    return colour, str(said)


def reasons_text(reasons: Iterable[Reason]) -> str:
    """设备、人员、时间相符；地点不符."""
    fitting = [str(REASONS[one]) for one in reasons if one in REASONS]
    said = _("%(what)s相符") % {"what": _("、").join(fitting)}
    return said + _("，地点不符") if Reason.OTHER_PLACE in reasons else said


def matter_of(activity: Activity) -> str:
    """Its line of the matter list, else how the regulation calls it."""
    return str(activity.listed) if activity.listed else str(activity.get_kind_display())


def officers_of(activity: Activity) -> Sequence[Any]:
    """Those who took part, the leader on site first; as they were fetched with it."""
    return [entry.officer for entry in activity.activity_officers.all()]


def names_of(activity: Activity) -> str:
    return _("、").join(officer.name for officer in officers_of(activity))


def rights_of(activity: Activity) -> str:
    return _("、").join(str(words.RIGHTS[Right(one)]) for one in activity.rights)


def triggers_of(activity: Activity) -> str:
    return _("、").join(str(words.TRIGGERS[Trigger(one)]) for one in activity.triggers)


def brief(told: Told) -> str:
    """What an event was about, in a few words: the recording, the reason, what was changed."""
    facts = told.facts
    if told.event.kind == Kind.ACTIVITY_CHANGED:
        return _("、").join(str(CHANGED[name]) for name in facts if name in CHANGED)
    return str(facts.get("recording") or facts.get("reason") or "")


CHANGED: dict[str, Promise] = {
    "matter": gettext_lazy("执法事项"),
    "stage": gettext_lazy("执法环节"),
    "unit": gettext_lazy("承办科室"),
    "place": gettext_lazy("地点"),
    "party_name": gettext_lazy("当事人"),
    "case_no": gettext_lazy("案号"),
    "officers": gettext_lazy("执法人员"),
    "lead": gettext_lazy("现场负责人"),
    "devices": gettext_lazy("设备"),
    "arrived_at": gettext_lazy("到达时间"),
    "inspection_ended_at": gettext_lazy("检查结束时间"),
    "left_at": gettext_lazy("离开时间"),
    "returned_at": gettext_lazy("返回单位时间"),
    "excuse": gettext_lazy("移交情形"),
    "disputable": gettext_lazy("争议判断"),
    "rights": gettext_lazy("涉及的权益"),
    "triggers": gettext_lazy("现场情形"),
    "note": gettext_lazy("备注"),
}
"""What the log calls a fact → what the page does."""
