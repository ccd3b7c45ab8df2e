"""Corrections: the filter bar, the order, and what is said at each step."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.pack import Rules
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.queries import those_who_record
from liuhen.supervision.corrections import ordering, seeing
from liuhen.supervision.corrections.ordering import Order
from liuhen.supervision.models import Correction, CorrectionSource, CorrectionState
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import ANY, line, words
from liuhen.web.forms.recordings import OfficerChoice, day
from liuhen.web.rules_text import article_choice

USUAL_TIME = timedelta(days=15)
OVERDUE = "overdue"
BY_HAND = [one for one in CorrectionSource.choices if one[0] != CorrectionSource.DECISION]
"""A decision on a breach orders its own."""
STATES = [ANY, *CorrectionState.choices, (OVERDUE, _("已逾期"))]


class CorrectionFilterForm(Form):
    words = search_field(_("编号、问题、责任人"))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    source = forms.ChoiceField(
        label=_("来源"), required=False, choices=[ANY, *CorrectionSource.choices]
    )
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = seeing.units_for(officer)

    def apply(self, rows: QuerySet[Correction], *, at: datetime) -> QuerySet[Correction]:
        """What can't be understood is left out, and said beside its field."""
        self.is_valid()
        asked = self.cleaned_data
        state, source, unit = (asked.get(name) for name in ("state", "source", "unit"))
        if state == OVERDUE:
            rows = rows.filter(state=CorrectionState.ORDERED, due_at__lte=at)
        elif state:
            rows = rows.filter(state=state)
        if source:
            rows = rows.filter(source=source)
        if unit:
            rows = rows.filter(unit=unit)
        for word in asked.get("words", "").split():
            found = Q(number__icontains=word) | Q(problem__icontains=word)
            rows = rows.filter(found | Q(officer__name__icontains=word))
        return rows


class OrderForm(Form):
    """`begun`: what the page it comes from knows already."""

    source = forms.ChoiceField(label=_("来源"), choices=BY_HAND)
    reference = line(_("来源编号"), 20, required=False)
    unit = forms.ModelChoiceField(None, label=_("被整改科室"), empty_label=_("请选择"))
    officer = OfficerChoice(
        None,
        label=_("整改责任人"),
        required=False,
        empty_label=_("科室负责人"),
        help_text=_("不选的，由科室负责人负责整改。"),
    )
    problem = words(_("存在的问题"), _("何时何地发现什么问题"))
    demand = words(_("整改要求"), _("应当怎样改正，需要提供哪些材料"))
    article = forms.TypedChoiceField(label=_("依据条款"), coerce=int)
    until = day(_("整改期限"))

    def __init__(
        self, by: Officer, rules: Rules, *args: Any, at: datetime, begun: Any = None, **kwargs: Any
    ) -> None:
        initial = {"until": in_china(at).date() + USUAL_TIME} | dict(begun or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["unit"].queryset = seeing.units_for(by)
        people = those_who_record(by.agency).filter(unit__in=seeing.units_for(by))
        self.fields["officer"].queryset = people.exclude(pk=by.pk)
        self.fields["article"].choices = [
            article_choice(article) for _no, article in sorted(rules.pack.articles.items())
        ]
        self.fields["until"].required = True

    def order(self) -> Order:
        return Order(**self.cleaned_data)


class ReportForm(Form):
    report = words(_("整改情况"), _("采取了哪些措施，结果怎样"), most=ordering.MOST_REPORT, rows=4)


class ProofForm(Form):
    file = forms.FileField(
        label=_("整改材料"), help_text=_("PDF、Word、Excel 或者图片；保存后不能修改。")
    )


class AcceptForm(Form):
    opinion = words(_("验收意见"), _("可以不填"), most=ordering.MOST_WORDS, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="accept_%s", **kwargs)
        self.fields["opinion"].required = False


class ReturnForm(Form):
    opinion = words(_("退回理由"), _("还有哪些没有改正"), most=ordering.MOST_WORDS, rows=2)
    until = day(_("新的整改期限"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="return_%s", **kwargs)
        self.fields["until"].required = True
        self.fields["until"].initial = in_china(at).date() + timedelta(days=7)


class WithdrawForm(Form):
    reason = words(_("撤回理由"), most=ordering.MOST_WORDS, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="withdraw_%s", **kwargs)
