"""The words of spot checks: colours, names of what is drawn, how it went."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.supervision.models import Answer, SpotCheck, SpotItem, SpotState, Stratum
from liuhen.web.rules_text import article_title
from liuhen.web.templatetags.screen import minute

COLOURS: dict[str, str] = {
    SpotState.ANNOUNCED: "azure",
    SpotState.DRAWN: "orange",
    SpotState.CLOSED: "green",
    SpotState.ABANDONED: "secondary",
}
ANSWER_COLOURS: dict[str, str] = {
    Answer.YES: "green",
    Answer.NO: "red",
    Answer.NOT_APPLICABLE: "secondary",
}
SHORT: dict[str, Promise] = {
    "recorded": gettext_lazy("已记录"),
    "no_gap": gettext_lazy("无间断"),
    "handled": gettext_lazy("移交管理"),
    "angle": gettext_lazy("角度"),
    "conduct": gettext_lazy("规范"),
}
"""A question in a table's head; one the bureau added is told in full."""


def short(question: dict[str, str]) -> str:
    return str(SHORT.get(question["code"], question["text"]))


def strata_text(check: SpotCheck) -> str:
    chosen = [one for one in check.strata.split("/") if one]
    return _("、").join(str(Stratum(one).label) for one in chosen) or _("不分组")


def rule_text(check: SpotCheck) -> str:
    """每组 10%，至少 1 项."""
    if not check.least:
        return _("每组 %(percent)d%%") % {"percent": check.percent}
    return _("每组 %(percent)d%%，至少 %(least)d 项") % {
        "percent": check.percent,
        "least": check.least,
    }


def item_no(item: SpotItem) -> str:
    return item.item.partition(":")[2]


def item_title(item: SpotItem) -> str:
    """What it is, in a line."""
    if item.activity is not None:
        party = item.activity.party.name if item.activity.party else item.activity.party_name
        said = [str(item.activity.get_kind_display()), party, item.activity.place]
        return " ".join(one for one in said if one)
    assert item.recording is not None
    kind = str(item.recording.get_kind_display())
    return _("未归入执法活动的%(kind)s") % {"kind": kind}


def item_when(item: SpotItem) -> str:
    one = item.activity
    if one is not None:
        return minute(one.arrived_at)
    assert item.recording is not None
    return minute(item.recording.recorded_at)


def ground_text(check: SpotCheck) -> str:
    return article_title(check.article) if check.article else ""
