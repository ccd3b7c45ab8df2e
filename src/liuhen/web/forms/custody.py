from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.custody.kinds import Kind
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import day

FILTERS = ("kind", "subject", "actor", "since", "until")


class EventFilterForm(Form):
    kind = forms.ChoiceField(
        label=_("事项"), required=False, choices=[("", _("全部")), *Kind.choices]
    )
    subject = forms.CharField(
        label=_("对象"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "recording:2026-000001", "data-search": ""}),
    )
    actor = forms.CharField(label=_("操作人登录名"), required=False, max_length=100)
    since = day(_("日期自"))
    until = day(_("至"))
    before = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**62)

    def wanted(self) -> dict[str, Any]:
        """As `custody.queries.page` asks for it; what can't be understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "kind": said.get("kind", ""),
            "subject": said.get("subject", ""),
            "actor": said.get("actor", ""),
            "since": said.get("since"),
            "until": said.get("until"),
            "before": said.get("before"),
            "after": said.get("after"),
        }

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.get(name) for name in FILTERS)
