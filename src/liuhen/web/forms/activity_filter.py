"""The filter bar above the list of activities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.cases.activity_queries import STATES, Filters
from liuhen.cases.models import MatterKind, Verdict
from liuhen.people.models import Officer
from liuhen.web.activities_text import STATES as STATE_WORDS
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.recordings import ANY, OfficerChoice, choose_among, day, key


class FilterForm(Form):
    words = search_field(_("编号、地点、当事人、人员、设备"))
    since = day(_("活动日期自"))
    until = day(_("至"))
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    officer = OfficerChoice(None, label=_("执法人员"), required=False, empty_label=_("全部"))
    kind = forms.ChoiceField(label=_("归类"), required=False, choices=[*ANY, *MatterKind.choices])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[*ANY, *((code, said) for code, (_colour, said) in STATE_WORDS.items())],
    )
    verdict = forms.ChoiceField(
        label=_("记录情况"), required=False, choices=[*ANY, *Verdict.choices]
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self.fields, officer)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            words=said.get("words", ""),
            since=said.get("since"),
            until=said.get("until"),
            unit=key(said.get("unit")),
            officer=key(said.get("officer")),
            kind=said.get("kind", ""),
            state=said.get("state", "") if said.get("state") in STATES else "",
            verdict=said.get("verdict", ""),
        )
