"""The words of viewing requests: what each kind is for, the colour of a state, how it goes."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.access.models import Viewing
from liuhen.access.rights import Ground
from liuhen.engines.policy.vocabulary import Act, RequestKind
from liuhen.regulations.wording import label
from liuhen.web.duties_text import span_words
from liuhen.web.rules_text import article_title

K = RequestKind
KINDS: dict[RequestKind, Promise] = {
    K.OWN_CASE: gettext_lazy("本人录制、参加或者承办的执法活动的资料，制度要求经过审批的。"),
    K.VIEW: gettext_lazy("本单位人员因工作需要查看他人的资料，在系统内播放，不带走。"),
    K.CASE_WORK: gettext_lazy("诉讼、复议、信访、执法监督或者案情研判需要调取查看。"),
    K.COPY: gettext_lazy("需要复制件留用；作为案件证据的，选“作为证据提取”。"),
    K.EVIDENCE: gettext_lazy("作为案件证据提取原件的复制件，提取时一并制作文字说明。"),
    K.OFFICIAL: gettext_lazy(
        "法院、检察院、公安、纪检监察、审计等机关持调阅函和有效证件查阅或者调取。"
    ),
    K.PARTY: gettext_lazy("当事人、代理人或者律师申请查阅，核对有效证件后代为提出。"),
    K.PUBLICATION: gettext_lazy("用于宣传、普法、新闻发布等。标有秘密或者隐私的资料一律不得公开。"),
}
"""What each is for, in the order in which they are offered."""

STATE_COLOURS = {
    "asked": "azure",
    "returned": "orange",
    "granted": "green",
    "refused": "red",
    "no_such": "secondary",
    "withdrawn": "secondary",
    "ended": "secondary",
}


def kind_title(kind: str) -> str:
    return str(label(RequestKind(kind)))


def act_title(act: str) -> str:
    return str(label(Act(act)))


def course_text(steps: Iterable[tuple[str, str]]) -> str:
    """资料管理部门负责人审核 → 主管领导批准; `steps`: (who, act) in their order."""
    said = [f"{who}{act_title(act)}" for who, act in steps]
    return " → ".join(said) if said else _("无须审批，提交后即可办理")


def names_text(names: Iterable[str]) -> str:
    return _("、").join(names)


def masked(number: str) -> str:
    """An identity number as it may stand on a screen: enough to tell two apart."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else number


GROUNDS: dict[str, Promise] = {
    Ground.OWN_WORK: gettext_lazy("本人承办"),
    Ground.PLAYBACK: gettext_lazy("调阅回放检查"),
    Ground.DAILY_CHECK: gettext_lazy("日常检查"),
    Ground.GRANT: gettext_lazy("经批准"),
    Ground.SHOWN: gettext_lazy("经批准，由保管人出示"),
    Ground.EVIDENCE: gettext_lazy("作为证据提取"),
    Ground.SPOT_CHECK: gettext_lazy("抽查"),
    Ground.REVIEW: gettext_lazy("评查"),
}
WHAT: dict[str, Promise] = {"view": gettext_lazy("查看"), "copy": gettext_lazy("复制")}


def viewer_text(viewing: Viewing) -> str:
    """Who looked; with whom it was shown to, where that was somebody outside."""
    name = viewing.viewer.name
    if not viewing.for_whom:
        return name
    return _("%(outsider)s（%(name)s出示）") % {"outsider": viewing.for_whom, "name": name}


def length_text(viewing: Viewing) -> str:
    """How long; "" while it is open or nobody knows."""
    return span_words(timedelta(seconds=viewing.seconds)) if viewing.seconds is not None else ""


def ground_text(viewing: Viewing) -> str:
    """By what right, with its article."""
    said = str(GROUNDS.get(viewing.ground, viewing.ground))
    if viewing.assignment:
        said = f"{said} {viewing.assignment.reference}"
    return f"{said}（{article_title(viewing.article)}）" if viewing.article else said


def what_text(viewing: Viewing) -> str:
    return str(WHAT.get(viewing.what, viewing.what))
