"""The filter of the list 记录完整性."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.cases.completeness import Filters
from liuhen.cases.models import ListedMatter, Verdict
from liuhen.people.models import Agency, Unit
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import day

VERDICTS = [("", _("全部")), ("incomplete", _("需要处理")), *Verdict.choices]


class FilterForm(Form):
    """Everything is optional; what can't be understood is left out."""

    verdict = forms.ChoiceField(label=_("核对结果"), choices=VERDICTS, required=False)
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    matter = forms.ModelChoiceField(
        None, label=_("执法事项"), required=False, empty_label=_("全部")
    )
    first = day(_("到达日期起"))
    last = day(_("到达日期止"))

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency).order_by("name")
        listed = ListedMatter.objects.filter(agency=agency, dropped_at=None)
        self.fields["matter"].queryset = listed.order_by("seq", "pk")
        self.is_valid()

    def filters(self) -> Filters:
        said = self.cleaned_data
        unit, matter = said.get("unit"), said.get("matter")
        return Filters(
            said.get("verdict", ""),
            unit.pk if unit else None,
            matter.pk if matter else None,
            said.get("first"),
            said.get("last"),
        )
