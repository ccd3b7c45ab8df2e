"""Repair, loss and compensation: the filter bar, and what is said at each step."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.devices import compensating
from liuhen.devices.losing import Loss
from liuhen.devices.mending_queries import PENDING, Filters
from liuhen.devices.models import CompensationCase, CompensationState, Fault, TicketState
from liuhen.devices.repairs import MOST_WORDS, Mended
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import those_who_record, units_of
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.recordings import OfficerChoice, day, moment

ANY = ("", _("全部"))
TICKET_STATES = [ANY, (PENDING, _("未办结")), *TicketState.choices]
LOSS_STATES = [ANY, (PENDING, _("未找回")), ("found", _("已找回"))]
CASE_STATES = [ANY, (PENDING, _("未办结")), *CompensationState.choices]
RADIOS = forms.RadioSelect(attrs={"class": "form-check-input"})


def words(label: Any, hint: Any = "", *, most: int = MOST_WORDS, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "placeholder": hint})
    return forms.CharField(label=label, max_length=most, widget=widget)


def line(label: Any, most: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


def yuan(label: Any, **more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"step": "0.01", "autocomplete": "off"})
    facts = {"max_digits": 12, "decimal_places": 2, "min_value": Decimal(0)} | more
    return forms.DecimalField(label=label, widget=widget, **facts)


class FilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    words = search_field(_("设备编号、人员、内容"))
    state = forms.ChoiceField(label=_("状态"), required=False)
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    since = day(_("登记日期自"))
    until = day(_("至"))

    def __init__(self, officer: Officer, states: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states
        self.fields["unit"].queryset = units_of(officer.agency)
        if Permission.SEE_DEVICES not in permissions_of(officer):
            del self.fields["unit"]

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        unit, since, until = (said.get(name) for name in ("unit", "since", "until"))
        return Filters(
            words=said.get("words", "").strip(),
            state=said.get("state", ""),
            unit=unit.pk if unit else None,
            since=midnight(since) if since else None,
            until=midnight(until + timedelta(days=1)) if until else None,
        )


class FaultForm(Form):
    fault = words(_("故障描述"), _("什么时候、在什么情况下、出现什么问题"))


class TakeUpForm(Form):
    diagnosis = words(_("原因诊断"))
    repairer = line(_("维修单位或人员"), 100)
    arrived_at = moment(
        _("到达时间"), required=False, help_text=_("维修人员到场或者设备送到的时间，未到可不填。")
    )


class FinishForm(Form):
    outcome = words(_("完成情况"), _("怎样修复、试用是否正常"))
    parts = line(_("配件"), 200, required=False)
    cost = yuan(_("费用（元）"), help_text=_("不收费的填 0。"))

    def mended(self) -> Mended:
        return Mended(**self.cleaned_data)


class GiveUpForm(Form):
    reason = words(_("无法修复的原因"), _("例如主板损坏、维修费用超过设备价值"))


class CloseForm(Form):
    feedback = words(_("反馈"), _("试用是否正常、对维修有何意见"))


class OpenCaseForm(Form):
    officer = OfficerChoice(None, label=_("责任人"), empty_label=_("请选择"))
    story = words(_("损坏经过"))

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        # The other forms on the page have fields of these names, too.
        super().__init__(*args, auto_id="case_%s", **kwargs)
        self.fields["officer"].queryset = those_who_record(agency)


class LossForm(Form):
    """`recordings_in` must be answered; not knowing is an answer."""

    KNOWN = {"yes": True, "no": False, "unknown": None}

    missed_at = moment(_("发现遗失的时间"))
    story = words(_("遗失经过"), _("何时何地最后见到、怎样发现遗失、已怎样查找"))
    recordings_in = forms.ChoiceField(
        label=_("其中的音像资料是否已全部移交"),
        choices=[("yes", _("已全部移交")), ("no", _("没有移交，或者没有全部移交")),
                 ("unknown", _("不清楚"))],
        widget=RADIOS,
        help_text=_("未确认全部移交的，列为督查部门的应办事项。"),
    )  # fmt: skip

    def loss(self) -> Loss:
        said = self.cleaned_data
        return Loss(said["missed_at"], said["story"], self.KNOWN[said["recordings_in"]])


class FoundForm(Form):
    note = words(_("找回情况"), _("何时何地由何人找到、设备和存储卡是否完好"), most=200)


class DecideForm(Form):
    fault = forms.ChoiceField(label=_("情形"), choices=Fault.choices, widget=RADIOS)
    amount = yuan(_("赔偿金额（元）"))
    reason = words(_("认定理由"), _("怎样认定的情形、金额怎样确定"))

    def __init__(self, case: CompensationCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="decide_%s", **kwargs)
        price = compensating.full_price(case)
        if price is not None:
            self.fields["amount"].help_text = _("设备原价 %(price)s 元。") % {"price": price}

    def verdict(self) -> dict[str, Any]:
        return self.cleaned_data | {"fault": Fault(self.cleaned_data["fault"])}


class WaiveForm(Form):
    reason = words(_("不予赔偿的理由"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="waive_%s", **kwargs)


class PaidForm(Form):
    receipt_no = line(_("收据号"), 50)


def at_minute(instant: datetime) -> datetime:
    """What a field that takes minutes is first filled with."""
    return instant.replace(second=0, microsecond=0)
