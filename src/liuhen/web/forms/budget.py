"""A line of the year's plan, and what was spent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.devices.budget import MOST_QUANTITY, LineFacts, Spent
from liuhen.devices.models import BudgetCategory, BudgetLine, BudgetYear
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import day


def money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, **more)


def words(label: Any, most: int, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class YearForm(Form):
    """Which year is looked at."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)

    def __init__(self, years: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]


class LineForm(Form):
    name = forms.CharField(label=_("名称"), max_length=100)
    model = forms.CharField(label=_("型号"), max_length=50, required=False)
    category = forms.ChoiceField(label=_("类别"), choices=BudgetCategory.choices)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=MOST_QUANTITY, initial=1)
    amount = money(_("预算（元）"), min_value=Decimal(0), help_text=_("该项目的总金额。"))
    reason = words(_("理由"), 300)
    effect = words(_("预期效果"), 300)

    def facts(self) -> LineFacts:
        said = self.cleaned_data
        return LineFacts(**said | {"category": BudgetCategory(said["category"])})


def initial_of(line: BudgetLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in LineForm.base_fields}


class SpendForm(Form):
    """Without a submitted plan there is no line to spend against."""

    line = forms.ModelChoiceField(
        None, label=_("计划项目"), required=False, empty_label=_("计划外支出")
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=BudgetCategory.choices, help_text=_("选了计划项目的，按项目类别。")
    )
    amount = money(_("金额（元）"), help_text=_("更正多记的支出填负数。"))
    spent_date = day(_("支出日期"))
    note = words(_("说明"), 200)

    def __init__(self, budget: BudgetYear | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spent_date"].required = True
        lines = BudgetLine.objects.none()
        if budget is not None and budget.submitted_at is not None:
            lines = budget.lines.order_by("category", "pk")
        self.fields["line"].queryset = lines

    def spent(self) -> Spent:
        said = self.cleaned_data
        return Spent(**said | {"category": BudgetCategory(said["category"])})
