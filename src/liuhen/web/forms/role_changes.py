from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency
from liuhen.people.queries import all_changes_of
from liuhen.people.roles import Role
from liuhen.web.forms.look import Form


class ProposeRoleForm(Form):
    """Give or take one role."""

    change = forms.ChoiceField(
        label=_("调整"), choices=[("grant", _("授予岗位")), ("take", _("收回岗位"))]
    )
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    reason = forms.CharField(label=_("原因"), max_length=200)

    def wanted(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "role": Role(said["role"]),
            "is_grant": said["change"] == "grant",
            "reason": said["reason"],
        }


class ChangesField(forms.ModelMultipleChoiceField):
    """A number no database has is no choice; asked for in a list, SQLite fails at it."""

    def clean(self, value: Any) -> Any:
        if any(len(str(pk)) > 18 for pk in value or ()):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": "…"}
            )
        return super().clean(value)


class DecideForm(Form):
    """A yes or a no to the changes ticked."""

    change = ChangesField(None, error_messages={"required": _("请先勾选要办理的岗位调整。")})
    decision = forms.ChoiceField(choices=[("confirm", ""), ("refuse", "")])
    reason = forms.CharField(label=_("不同意的原因"), max_length=200, required=False)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["change"].queryset = all_changes_of(agency)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("decision") == "refuse" and not said.get("reason"):
            self.add_error("reason", _("请填写不同意的原因。"))
        return said
