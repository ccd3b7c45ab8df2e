"""Marks for long keeping, holds and complaints: what is entered of them."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuhen.cases import case_files
from liuhen.cases.models import Activity, Case, Party
from liuhen.cases.triggers import MOST_REASON
from liuhen.devices.errors import NoSuchDevice
from liuhen.devices.models import Device
from liuhen.devices.queries import with_number
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording
from liuhen.regulations.words import TRIGGERS
from liuhen.retention import complaints, holds
from liuhen.retention.complaints import Told
from liuhen.retention.models import SUBJECTS, Channel, HoldGround, HoldScope, Outcome
from liuhen.retention.scopes import MOST_NAMED, Scope
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, line, words
from liuhen.web.forms.parties import PartyField, party_meant
from liuhen.web.forms.recordings import OfficerChoice, moment

ANY = ("", _("全部"))
GAPS = re.compile(r"[\s,，、;；]+")
SOME = 5
BOUNDED = (HoldScope.PARTY, HoldScope.OFFICER, HoldScope.DEVICE, HoldScope.PERIOD)
"""Whose time may be narrowed."""


class LongTermForm(Form):
    trigger = forms.ChoiceField(label=_("情形"), widget=RADIOS)
    reason = line(_("情况"), MOST_REASON, help_text=_("例如：当事人当场表示将投诉。"))

    def __init__(self, offered: list[Trigger], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="keep_%s", **kwargs)
        self.fields["trigger"].choices = [(one.value, TRIGGERS[one]) for one in offered]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"trigger": Trigger(self.cleaned_data["trigger"])}


class ScopeForm(Form):
    """What is held, by the kind of scope: one field for it, and bounds in time where they help."""

    numbers = words(_("资料编号"), "2026-000001", most=12 * MOST_NAMED, rows=4)
    activity = line(_("执法活动编号"), 20)
    case = line(_("案号"), 100)
    party = PartyField(label=_("当事人"))
    officer = OfficerChoice(None, label=_("执法人员"), empty_label=_("请选择"))
    device = line(_("设备编号"), 50)
    since = moment(_("录制时间自"), required=False)
    until = moment(_("至"), required=False)

    def __init__(self, kind: HoldScope, by: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.by = kind, by
        self.fields["officer"].queryset = Officer.objects.filter(agency_id=by.agency_id).order_by(
            "name", "pk"
        )
        self.fields["numbers"].help_text = gettext("逐份列出，用空格、顿号或者换行隔开。")
        wanted = {"numbers"} if kind == HoldScope.RECORDINGS else {str(kind)} & set(SUBJECTS)
        bounds = {"since", "until"} if kind in BOUNDED else set()
        for name in ScopeForm.base_fields:
            if name not in wanted | bounds:
                del self.fields[name]
        for name in bounds:
            self.fields[name].required = kind == HoldScope.PERIOD
            if kind != HoldScope.PERIOD:
                self.fields[name].help_text = gettext("不填的不限。")

    def clean_numbers(self) -> list[Recording]:
        wanted = list(dict.fromkeys(GAPS.split(self.cleaned_data["numbers"].strip())))
        # PostgreSQL takes no NUL even to compare; no number has one.
        real = [number for number in wanted if "\0" not in number]
        rows = Recording.objects.filter(agency_id=self.by.agency_id, number__in=real)
        # What is kept secret from somebody is as unknown to them as what is not there.
        rows = rows.exclude(recordings.hides(self.by, "pk"))
        found = {one.number: one for one in rows.defer("examination", "search_text")}
        if missing := [number for number in wanted if number not in found]:
            said = gettext("本单位没有编号为%(numbers)s的资料，请核对。")
            some = {"numbers": "、".join(number[:20] for number in missing[:SOME])}
            raise forms.ValidationError(said, params=some)
        return [found[number] for number in wanted]

    def clean_activity(self) -> Activity:
        rows = Activity.objects.filter(agency_id=self.by.agency_id)
        said = gettext("没有编号为“%(typed)s”的执法活动，请核对编号。")
        return one_of(rows, "number", self.cleaned_data["activity"].strip(), said)

    def clean_case(self) -> Case:
        rows = Case.objects.filter(agency_id=self.by.agency_id)
        typed = case_files.case_number(self.cleaned_data["case"])
        return one_of(rows, "case_no", typed, gettext("没有案号为“%(typed)s”的案件，请核对案号。"))

    def clean_party(self) -> Party:
        return party_meant(self.cleaned_data["party"].strip(), self.by)

    def clean_device(self) -> Device:
        try:
            return with_number(self.cleaned_data["device"], self.by.agency)
        except NoSuchDevice as no:
            raise forms.ValidationError(no.text) from None

    def scope(self) -> Scope:
        said = self.cleaned_data
        bounds: dict[str, datetime | None] = {name: said.get(name) for name in ("since", "until")}
        subject = said.get(str(self.kind))
        if self.kind == HoldScope.RECORDINGS:
            return Scope(self.kind, recordings=said["numbers"])
        return Scope(self.kind, subject if self.kind in SUBJECTS else None, **bounds)


def one_of(rows: QuerySet[Any], name: str, typed: str, missing: str) -> Any:
    """Raises: ValidationError."""
    found = rows.filter(**{name: typed}).first() if "\0" not in typed else None
    if found is None:
        raise forms.ValidationError(missing, params={"typed": typed[:50]})
    return found


class HoldForm(ScopeForm):
    ground = forms.ChoiceField(label=_("事由"), widget=RADIOS)
    reason = words(_("保全理由"), _("什么事、需要这些资料做什么"), most=holds.MOST_REASON)

    def __init__(
        self, kind: HoldScope, by: Officer, grounds: list[HoldGround], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(kind, by, *args, **kwargs)
        self.fields["ground"].choices = [(one.value, one.label) for one in grounds]

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"ground": HoldGround(data["ground"]), "reason": data["reason"]}


class ComplaintForm(ScopeForm):
    complaint_kind = forms.ChoiceField(label=_("种类"), widget=RADIOS)
    channel = forms.ChoiceField(label=_("来源"), choices=Channel.choices)
    received_at = moment(_("收到时间"))
    told_by = line(_("投诉人"), 100, required=False, help_text=_("匿名的不填。"))
    contact = line(_("联系方式"), 100, required=False)
    text = words(_("投诉内容"), most=complaints.MOST_TEXT, rows=5)

    def __init__(
        self, kind: HoldScope, by: Officer, grounds: list[HoldGround], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(kind, by, *args, **kwargs)
        self.fields["complaint_kind"].choices = [(one.value, one.label) for one in grounds]

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(
            HoldGround(said["complaint_kind"]),
            Channel(said["channel"]),
            said["text"],
            said["received_at"],
            said["told_by"],
            said["contact"],
        )


class LiftForm(Form):
    reason = words(_("申请解除的理由"), _("为什么不再需要保全"), most=holds.MOST_REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="lift_%s", **kwargs)


class RefuseLiftForm(Form):
    reason = words(_("继续保全的理由"), most=holds.MOST_OBJECTION, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="refuse_%s", **kwargs)


class OutcomeForm(Form):
    outcome = forms.ChoiceField(
        label=_("办理结果"), choices=[one for one in Outcome.choices if one[0]], widget=RADIOS
    )
    text = words(_("调查情况"), most=complaints.MOST_OUTCOME)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="outcome_%s", **kwargs)

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"outcome": Outcome(said["outcome"]), "text": said["text"]}


class HoldFilterForm(Form):
    words = search_field(_("编号、理由、案号、人员"))
    ground = forms.ChoiceField(label=_("事由"), required=False, choices=[ANY, *HoldGround.choices])
    scope = forms.ChoiceField(label=_("范围"), required=False, choices=[ANY, *HoldScope.choices])


class ComplaintFilterForm(Form):
    words = search_field(_("编号、内容、案号、人员"))
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ANY, ("open", _("办理中")), ("closed", _("已办结"))],
    )
