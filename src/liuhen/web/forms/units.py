from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Unit, UnitKind
from liuhen.people.queries import leaders, those_who_can_head
from liuhen.people.units import UnitFacts
from liuhen.web.forms.look import Form


class UnitForm(Form):
    """A unit's facts; without `unit` those of a new one."""

    name = forms.CharField(label=_("科室名称"), max_length=100)
    kind = forms.ChoiceField(label=_("类型"), choices=UnitKind.choices)
    head = forms.ModelChoiceField(None, label=_("负责人"), required=False, empty_label=_("未指定"))
    leader = forms.ModelChoiceField(
        None,
        label=_("分管局领导"),
        required=False,
        empty_label=_("未指定"),
        help_text=_(
            "须主管领导批准的调阅，由案件、资料所在科室的分管领导办理；未指定的，任一主管领导均可办理。"
        ),
    )
    is_busy = forms.BooleanField(label=_("执法任务较重"), required=False)

    def __init__(self, agency: Agency, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit:
            kwargs["initial"] = {
                "name": unit.name,
                "kind": unit.kind,
                "head": unit.head_id,
                "leader": unit.leader_id,
                "is_busy": unit.is_busy,
            }
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = those_who_can_head(agency)
        self.fields["leader"].queryset = leaders(agency)

    def facts(self) -> UnitFacts:
        said = self.cleaned_data
        return UnitFacts(
            said["name"], UnitKind(said["kind"]), said["is_busy"], said["head"], said["leader"]
        )
