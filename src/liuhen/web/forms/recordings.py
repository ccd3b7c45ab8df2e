"""The filter bar, and saying whose a recording is."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from liuhen.devices.errors import NoSuchDevice
from liuhen.devices.queries import suggested_of, with_number
from liuhen.kernel.clock import midnight
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import those_who_record, units_of
from liuhen.recordings import sharing
from liuhen.recordings.models import MediaKind, Recording, RecordingState
from liuhen.recordings.queries import DISPOSED, Filters
from liuhen.web.forms.look import Form, search_field

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""No recording lies outside, and a day's zone shift stays within what a date can be."""

ANY = [("", _("全部"))]


def day(label: Any) -> forms.DateField:
    # The browser's own date field speaks ISO 8601 alone, in whatever language the page is.
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=False,
        widget=widget,
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )


def moment(label: Any, looks: Any = None, **more: Any) -> forms.DateTimeField:
    """To the minute, by China's clock. The browser's own field speaks ISO 8601 alone."""
    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local"} | (looks or {}), format="%Y-%m-%dT%H:%M"
    )
    return forms.DateTimeField(
        label=label,
        widget=widget,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[
            MinValueValidator(midnight(FIRST_DAY)),
            MaxValueValidator(midnight(LAST_DAY)),
        ],
        **more,
    )


class OfficerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class FilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    words = search_field(_("当事人、案号、案名、地点、编号、姓名、设备、文件名"))
    since = day(_("录制日期自"))
    until = day(_("至"))
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    officer = OfficerChoice(None, label=_("执法人员"), required=False, empty_label=_("全部"))
    device = forms.CharField(
        label=_("设备编号"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"list": "device-numbers", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[*ANY, *MediaKind.choices])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[*ANY, *RecordingState.choices, (DISPOSED, _("已销毁"))],
    )
    unassigned = forms.BooleanField(label=_("只看未确认归属"), required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self.fields, officer)
        self.agency = officer.agency
        self.devices = suggested_of(officer.agency)
        if "unit" not in self.fields:
            del self.fields["unassigned"]

    def clean_device(self) -> Any:
        """A bureau may have thousands: a number is typed or scanned, not chosen from a list."""
        typed = self.cleaned_data["device"]
        if not typed:
            return None
        try:
            return with_number(typed, self.agency)
        except NoSuchDevice as no:
            raise forms.ValidationError(no.text) from None

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            words=said.get("words", ""),
            since=said.get("since"),
            until=said.get("until"),
            unit=key(said.get("unit")),
            officer=key(said.get("officer")),
            device=key(said.get("device")),
            kind=said.get("kind", ""),
            state=said.get("state", ""),
            unassigned=bool(said.get("unassigned")),
        )


def choose_among(fields: dict[str, Any], officer: Officer) -> None:
    """The bureau's units and people to choose from; no choice where an officer sees but one."""
    granted = permissions_of(officer)
    fields["unit"].queryset = units_of(officer.agency)
    fields["officer"].queryset = those_who_record(officer.agency)
    if Permission.SEE_AGENCY not in granted:
        del fields["unit"]
        if Permission.SEE_UNIT not in granted:
            del fields["officer"]


def key(row: Any) -> int | None:
    return row.pk if row else None


class AssignForm(Form):
    officer = OfficerChoice(None, label=_("录制人"), empty_label=_("请选择"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = those_who_record(officer.agency)


class ShareForm(Form):
    officer = OfficerChoice(None, label=_("登记共同执法人员"), empty_label=_("请选择"))

    def __init__(self, recording: Recording, *args: Any, **kwargs: Any) -> None:
        # The other form on the page asks for an officer, too.
        super().__init__(*args, auto_id="share_%s", **kwargs)
        entered = sharing.shared_with(recording).order_by().values("pk")
        self.fields["officer"].queryset = sharing.candidates(recording).exclude(pk__in=entered)
