"""The daily check, and looking back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Officer
from liuhen.supervision.watching import daily, lookbacks
from liuhen.web.forms.look import Form
from liuhen.web.forms.mending import RADIOS, line, words

YES_NO = [("yes", _("是")), ("no", _("否"))]


class DailyForm(Form):
    """Ticked is what was not in order: a day without anything to say is one press."""

    unit = forms.ModelChoiceField(None, label=_("科室"), empty_label=None)
    wrong = forms.MultipleChoiceField(
        label=_("不符合的请勾选"), required=False, choices=daily.POINTS,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    note = words(_("问题和处理情况"), _("没有问题的可以不填"), most=daily.MOST_NOTE, rows=2)

    def __init__(self, by: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = daily.units_of(by)
        self.fields["note"].required = False


class LookbackForm(Form):
    number = line(_("资料编号"), 20)
    is_whole = forms.ChoiceField(label=_("是否全程记录"), choices=YES_NO, widget=RADIOS)
    is_proper = forms.ChoiceField(label=_("执法是否规范"), choices=YES_NO, widget=RADIOS)
    seen = words(_("回放情况"), _("看了哪一段，看到什么"), most=lookbacks.MOST_SEEN)

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "is_whole": said["is_whole"] == "yes",
            "is_proper": said["is_proper"] == "yes",
            "seen": said["seen"],
        }
