"""Spot checks: how one is to be drawn, and what is said at each step."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.supervision import spot_answers, spot_checks, spot_rules
from liuhen.supervision.models import SpotState, Stratum
from liuhen.supervision.spot_checks import Plan
from liuhen.supervision.spot_rules import Basis
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import words
from liuhen.web.forms.recordings import day

ANY = ("", _("全部"))
USUAL_LOOK = timedelta(days=14)
MOST_LEAST = 20


class SpotFilterForm(Form):
    words = search_field(_("抽查编号"))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *SpotState.choices])


def number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)


class PlanForm(Form):
    """`percent` begins with the rule's ratio, if it names one."""

    since = day(_("期间自"))
    until = day(_("至"))
    strata = forms.MultipleChoiceField(
        label=_("分组抽取"),
        required=False,
        choices=Stratum.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    percent = number(_("抽查比例（%）"), 1, 100)
    least = number(_("每组至少抽取（项）"), 0, MOST_LEAST)
    checkers = forms.ModelMultipleChoiceField(
        None, label=_("检查人"), widget=forms.CheckboxSelectMultiple
    )
    looks_until = day(_("检查截止日期"))
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=spot_checks.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, by: Officer, basis: Basis, *args: Any, at: datetime, **kwargs: Any) -> None:
        today = in_china(at).date()
        last = today.replace(day=1) - timedelta(days=1)
        begun = {
            "since": last.replace(day=1),
            "until": last,
            "strata": [Stratum.UNIT],
            "percent": basis.percent,
            "least": 1,
            "checkers": [by.pk],
            "looks_until": today + USUAL_LOOK,
        }
        super().__init__(*args, initial=begun, **kwargs)
        keys = [one.pk for one in spot_rules.checkers(by.agency, basis)]
        self.fields["checkers"].queryset = Officer.objects.filter(pk__in=keys).order_by("name")
        for name in ("since", "until", "looks_until"):
            self.fields[name].required = True
        self.fields["strata"].help_text = _now("每组按同一比例抽取；都不选的，不分组。")
        self.fields["reason"].help_text = _now(
            "制度没有写明比例、比例与制度不同，或者同一期间再次抽查的，必须填写；理由印在登记表上。"
        )

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            since=said["since"],
            until=said["until"],
            percent=said["percent"],
            looks_until=said["looks_until"],
            checkers=list(said["checkers"]),
            strata=[Stratum(one) for one in said["strata"]],
            least=said["least"],
            reason=said["reason"],
        )


class ConclusionForm(Form):
    conclusion = words(
        _("抽查结论"),
        _("检查了什么，发现哪些问题，如何督促改正"),
        most=spot_answers.MOST_CONCLUSION,
        rows=3,
    )


class AbandonForm(Form):
    reason = words(_("放弃理由"), most=spot_checks.MOST_WORDS, rows=2)


class GiveForm(Form):
    """Another checker for one line; its position stands in a hidden field."""

    position = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    checker = forms.ModelChoiceField(None, label=_("检查人"), empty_label=None)

    def __init__(self, by: Officer, basis: Basis, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="give_%s", **kwargs)
        keys = [one.pk for one in spot_rules.checkers(by.agency, basis)]
        self.fields["checker"].queryset = Officer.objects.filter(pk__in=keys).order_by("name")
