"""The steps an officer may take with a breach now: each a form, and the one operation it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import (
    deciding,
    following_up,
    inquiring,
    seeing,
    sifting,
)
from liuhen.supervision.breaches.following_up import How
from liuhen.supervision.models import STANDING, Breach, BreachState
from liuhen.web.forms import breaches as forms

S = BreachState
Run = Callable[[Breach, Any, Officer, datetime], object]
Check = Callable[[Breach, Officer], None]


@dataclass(frozen=True)
class Panel:
    """`states` where it is offered, and `when` if that is not all; `labels`: what its fields are
    called here. `is_main`: open; else it stands folded below. `check`: who may, where that is not
    everyone of its group."""

    heading: Any
    button: Any
    done: Any
    form: type[forms.StepForm]
    run: Run
    states: tuple[BreachState, ...]
    when: Callable[[Breach, datetime], bool] = lambda breach, at: True
    labels: Mapping[str, Any] | None = None
    hint: Any = ""
    ask: Any = ""
    is_main: bool = True
    check: Check | None = None

    def form_for(self, breach: Breach, by: Officer, step: str, data: Any = None) -> forms.StepForm:
        made = self.form(breach, by, step, data)
        for name, said in (self.labels or {}).items():
            made.fields[name].label = said
        return made


def words(operation: Callable[..., object]) -> Run:
    return lambda breach, form, by, at: operation(
        breach, words=form.cleaned_data["words"], by=by, at=at
    )


def reason(operation: Callable[..., object]) -> Run:
    return lambda breach, form, by, at: operation(
        breach, reason=form.cleaned_data["reason"], by=by, at=at
    )


INQUIRE: dict[str, Panel] = {
    "confirm": Panel(
        _("立案调查"), _("立案"), _("已立案。请登记调查情况，并告知本人陈述申辩。"),
        forms.ConfirmForm,
        lambda breach, form, by, at: sifting.confirm(breach, form.charge(), by=by, at=at),
        (S.CANDIDATE,),
    ),
    "dismiss": Panel(
        _("排除线索"), _("排除"), _("已排除，理由留存备查。"), forms.ReasonForm,
        reason(sifting.dismiss), (S.CANDIDATE,), is_main=False,
        labels={"reason": _("排除理由")},
    ),
    "reopen": Panel(
        _("恢复线索"), _("恢复"), _("已恢复为待核实的线索。"), forms.ReasonForm,
        reason(sifting.reopen), (S.DISMISSED,), is_main=False,
        labels={"reason": _("恢复理由")},
    ),
    "note": Panel(
        _("登记调查情况"), _("登记"), _("已登记。"), forms.WordsForm,
        words(inquiring.note), (S.INQUIRY,),
        labels={"words": _("何时向何人了解、查看了什么、结果如何")},
    ),
    "tell": Panel(
        _("告知陈述申辩"), _("告知本人"), _("已告知，本人可以在“我的监督记录”中陈述申辩。"),
        forms.TellForm,
        lambda breach, form, by, at: inquiring.tell(breach, by=by, at=at, **form.cleaned_data),
        (S.INQUIRY,), is_main=False,
        hint=_("告知后，本人在系统中可以看到该事项。再次告知的，以较晚的截止日期为准。"),
    ),
    "not-stated": Panel(
        _("登记未在系统中陈述的情况"), _("登记"), _("已登记。"), forms.WordsForm,
        words(inquiring.not_stated), (S.INQUIRY,),
        when=lambda breach, at: breach.told_at is not None, is_main=False,
        labels={"words": _("口头、书面陈述的内容，或者不作陈述的情况")},
    ),
    "consult": Panel(
        _("征求法制机构意见"), _("征求意见"), _("已征求意见，法制机构可以查看该案。"),
        forms.WordsForm, words(inquiring.consult), (S.INQUIRY,), is_main=False,
        labels={"words": _("征求意见的事项")},
    ),
    "propose": Panel(
        _("提出处理意见"), _("报局领导决定"), _("处理意见已报局领导决定。"), forms.ProposeForm,
        lambda breach, form, by, at: deciding.propose(breach, form.proposal(), by=by, at=at),
        (S.INQUIRY,), when=inquiring.is_heard,
    ),
    "deliver": Panel(
        _("登记送达"), _("登记送达"), _("已登记送达。"), forms.DeliverForm,
        lambda breach, form, by, at: following_up.hand_over(
            breach, How(form.cleaned_data["how"]), words=form.cleaned_data["words"], by=by, at=at
        ),
        (*STANDING, S.CLEARED), when=lambda breach, at: breach.delivered_at is None,
        is_main=False, hint=_("本人在系统中签收的，不必登记。"),
    ),
}  # fmt: skip

DECIDE: dict[str, Panel] = {
    "decide": Panel(
        _("作出决定"), _("按处理意见决定"), _("决定已作出，请送达本人。"), forms.DecideForm,
        lambda breach, form, by, at: deciding.decide(breach, by=by, at=at, **form.cleaned_data),
        (S.PROPOSED,), check=deciding.check_decides,
        ask=_("确定按上述处理意见作出决定？决定即时生效。"),
    ),
    "send-back": Panel(
        _("退回补充调查"), _("退回"), _("已退回补充调查。"), forms.ReasonForm,
        reason(deciding.send_back), (S.PROPOSED,), is_main=False, check=deciding.check_decides,
        labels={"reason": _("退回理由")},
    ),
    "uphold": Panel(
        _("维持原决定"), _("维持"), _("已维持原决定。"), forms.ReasonForm,
        reason(following_up.uphold), (S.APPEALED,), check=following_up.check_reviews,
        labels={"reason": _("复核意见")},
    ),
    "revoke": Panel(
        _("撤销决定"), _("撤销决定"),
        _("决定已撤销，停止执法同时解除，未验收的整改一并撤回。"), forms.ReasonForm,
        reason(following_up.revoke), STANDING, is_main=False, check=following_up.check_reviews,
        labels={"reason": _("撤销理由")}, ask=_("确定撤销该决定？"),
    ),
    "compensate": Panel(
        _("设备赔偿立案"), _("赔偿立案"), _("已赔偿立案，请在“报修与赔偿”中办理。"),
        forms.WordsForm,
        lambda breach, form, by, at: inquiring.compensate(
            breach, story=form.cleaned_data["words"], by=by, at=at
        ),
        (S.PROPOSED, *STANDING), when=lambda breach, at: breach.device_id is not None,
        is_main=False, labels={"words": _("损坏、遗失经过")},
    ),
}  # fmt: skip

ADVISE: dict[str, Panel] = {
    "advise": Panel(
        _("提出法制意见"), _("提出意见"), _("意见已提出。"), forms.WordsForm,
        words(inquiring.advise), (S.INQUIRY, S.PROPOSED),
        when=lambda breach, at: breach.consulted_at is not None,
        labels={"words": _("法制意见")},
    ),
}  # fmt: skip

OWN: dict[str, Panel] = {
    "state": Panel(
        _("陈述申辩"), _("提交陈述申辩"), _("陈述申辩已提交。"), forms.WordsForm,
        words(inquiring.state), (S.INQUIRY,), labels={"words": _("陈述申辩内容")},
        hint=_("提交后不能修改，可以补充提交。"),
    ),
    "sign": Panel(
        _("签收决定"), _("签收"), _("已签收。"), forms.EmptyForm,
        lambda breach, form, by, at: following_up.sign(breach, by=by, at=at),
        (*STANDING, S.CLEARED), when=lambda breach, at: breach.delivered_at is None,
        hint=_("签收只表示收到，不影响申诉。"),
    ),
    "appeal": Panel(
        _("申诉"), _("提出申诉"), _("申诉已提出，由其他局领导复核。"), forms.WordsForm,
        words(following_up.appeal), (S.DECIDED,), is_main=False,
        labels={"words": _("申诉理由")}, hint=_("可以申诉一次，复核期间原决定照常执行。"),
    ),
}  # fmt: skip

CARRIED_OUT = _("执行情况已登记。")
P = Permission
GROUPS: tuple[tuple[dict[str, Panel], str, Check], ...] = (
    (INQUIRE, "web:inquire_breach", sifting.check_handles),
    (DECIDE, "web:decide_breach", lambda b, by: seeing.check_works(b, by, P.DECIDE_BREACHES)),
    (ADVISE, "web:advise_breach", lambda b, by: seeing.check_works(b, by, P.ADVISE_BREACHES)),
)


@dataclass(frozen=True)
class Shown:
    """A panel on the page."""

    panel: Panel
    form: forms.StepForm
    action: str
    is_open: bool


def panels_for(
    breach: Breach, by: Officer, at: datetime, bound: Mapping[str, forms.StepForm]
) -> list[Shown]:
    """What this officer may do now; `bound`: forms that were sent and not accepted."""
    found: list[Shown] = []
    for group, name, check in GROUPS:
        if not passes(check, breach, by):
            continue
        for step, panel in group.items():
            if panel.check is not None and not passes(panel.check, breach, by):
                continue
            args = [breach.number] if name == "web:advise_breach" else [breach.number, step]
            found += shown(panel, step, reverse(name, args=args), breach, by, at, bound)
    return found


def own_panels(
    breach: Breach, by: Officer, at: datetime, bound: Mapping[str, forms.StepForm]
) -> list[Shown]:
    found: list[Shown] = []
    for step, panel in OWN.items():
        way = reverse("web:own_breach_step", args=[breach.number, step])
        found += shown(panel, step, way, breach, by, at, bound)
    return found


def shown(
    panel: Panel,
    step: str,
    action: str,
    breach: Breach,
    by: Officer,
    at: datetime,
    bound: Mapping[str, forms.StepForm],
) -> list[Shown]:
    sent = bound.get(step)
    if sent is None and (breach.state not in panel.states or not panel.when(breach, at)):
        return []
    form = sent or panel.form_for(breach, by, step)
    return [Shown(panel, form, action, panel.is_main or sent is not None)]


def passes(check: Check, breach: Breach, by: Officer) -> bool:
    try:
        check(breach, by)
    except Refusal:
        return False
    return True


def panel_named(group: Mapping[str, Panel], step: str) -> Panel:
    if step not in group:
        raise Http404
    return group[step]
