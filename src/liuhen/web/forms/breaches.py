"""Breaches: the filter bar, entering a lead, and what is said at each step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases.models import Activity
from liuhen.devices.errors import NoSuchDevice
from liuhen.devices.models import Device
from liuhen.devices.queries import with_number
from liuhen.duties.books import Books
from liuhen.engines.policy import oversight
from liuhen.people.models import Officer
from liuhen.people.queries import units_of
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import get_visible
from liuhen.supervision.breaches import course, deciding, sifting
from liuhen.supervision.breaches.deciding import Proposal
from liuhen.supervision.breaches.following_up import MOST_WORDS, How
from liuhen.supervision.breaches.seeing import Filters
from liuhen.supervision.breaches.sifting import Charge, rules_day
from liuhen.supervision.breaches.suspecting import MOST_TEXT, Told
from liuhen.supervision.models import BY_HAND, Breach, BreachSource
from liuhen.web.breach_text import HOW
from liuhen.web.forms.keeping import one_of
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, line, words
from liuhen.web.forms.recordings import OfficerChoice, day, moment
from liuhen.web.rules_text import numeral

ANY = ("", gettext_lazy("全部"))


class BreachFilterForm(Form):
    words = search_field(gettext_lazy("编号、内容、姓名"))
    source = forms.ChoiceField(
        label=gettext_lazy("来源"), required=False, choices=[ANY, *BreachSource.choices]
    )
    unit = forms.ModelChoiceField(
        None, label=gettext_lazy("科室"), required=False, empty_label=gettext_lazy("全部")
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        unit = said.get("unit")
        return Filters(
            words=said.get("words", "").strip(),
            source=said.get("source", ""),
            unit=unit.pk if unit else None,
        )


def people_but(by: Officer) -> Any:
    """Whom a lead may name: accounts that are off, too; not whoever enters it."""
    rows = Officer.objects.filter(agency_id=by.agency_id).exclude(pk=by.pk)
    return rows.order_by("name", "pk")


def items_on(agency: Any, at: datetime) -> list[tuple[Any, str]]:
    """The breaches the regulation of that moment lists."""
    rules = Books().on(agency, at)
    said = oversight.breaches(rules) if rules else None
    lines = said.items if said else ()
    return [(one.number, f"（{numeral(one.number)}）{one.text}") for one in lines]


class EnterForm(Form):
    source = forms.ChoiceField(
        label=gettext_lazy("来源"), choices=[(one.value, one.label) for one in BY_HAND],
        widget=RADIOS,
    )  # fmt: skip
    happened_at = moment(gettext_lazy("发生时间"))
    officer = OfficerChoice(
        None, label=gettext_lazy("涉及人员"), required=False, empty_label=gettext_lazy("尚不清楚")
    )
    item_no = forms.TypedChoiceField(
        label=gettext_lazy("可能属于"), required=False, coerce=int, empty_value=None
    )
    text = words(
        gettext_lazy("线索内容"),
        gettext_lazy("何时、何地、何人、何事，从哪里得知"),
        most=MOST_TEXT,
        rows=5,
    )
    recording = line(gettext_lazy("音像资料编号"), 20, required=False)
    activity = line(gettext_lazy("执法活动编号"), 20, required=False)
    device = line(gettext_lazy("设备编号"), 50, required=False)

    def __init__(self, by: Officer, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["officer"].queryset = people_but(by)
        self.fields["item_no"].choices = [("", _("尚不清楚")), *items_on(by.agency, at)]

    def clean_recording(self) -> Recording | None:
        typed = self.cleaned_data["recording"].strip()
        try:
            return get_visible(typed, self.by) if typed else None
        except NoSuchRecording as no:
            raise forms.ValidationError(no.text) from None

    def clean_activity(self) -> Activity | None:
        typed = self.cleaned_data["activity"].strip()
        rows = Activity.objects.filter(agency_id=self.by.agency_id)
        missing = _("没有编号为“%(typed)s”的执法活动，请核对编号。")
        return one_of(rows, "number", typed, missing) if typed else None

    def clean_device(self) -> Device | None:
        typed = self.cleaned_data["device"].strip()
        try:
            return with_number(typed, self.by.agency) if typed else None
        except NoSuchDevice as no:
            raise forms.ValidationError(no.text) from None

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(**said | {"source": BreachSource(said["source"])})


class StepForm(Form):
    """One step's; ids begin with its name, since several stand on a page."""

    def __init__(self, breach: Breach, by: Officer, step: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{step}_%s", **kwargs)
        self.breach, self.by = breach, by
        self.prepare()

    def prepare(self) -> None:
        """Choices that come from the breach."""


class ConfirmForm(StepForm):
    officer = OfficerChoice(
        None, label=gettext_lazy("被调查人"), empty_label=gettext_lazy("请选择")
    )
    item_no = forms.TypedChoiceField(
        label=gettext_lazy("可能属于的违规行为"), required=False, coerce=int, empty_value=None
    )
    reason = words(gettext_lazy("立案理由"), most=sifting.MOST_REASON)

    def prepare(self) -> None:
        self.fields["officer"].queryset = people_but(self.by)
        items = items_on(self.breach.agency, rules_day(self.breach))
        # Nothing is chosen for who confirms it, unless the regulation itself names an item.
        self.fields["item_no"].choices = [("", _("请选择") if items else "—"), *items]
        self.fields["item_no"].required = bool(items)
        self.initial |= {"officer": self.breach.officer_id, "item_no": self.breach.item_no}

    def charge(self) -> Charge:
        return Charge(**self.cleaned_data)


class ReasonForm(StepForm):
    reason = words(gettext_lazy("理由"), most=sifting.MOST_REASON)


class WordsForm(StepForm):
    words = words(gettext_lazy("内容"), most=course.MOST_WORDS, rows=4)


class TellForm(StepForm):
    words = words(
        gettext_lazy("告知内容"),
        gettext_lazy("涉嫌的违规行为、事实和依据，可以怎样陈述申辩"),
        most=course.MOST_WORDS,
    )
    until = day(gettext_lazy("陈述申辩截止日期"))

    def prepare(self) -> None:
        self.fields["until"].required = True


class ProposeForm(StepForm):
    finding = words(
        gettext_lazy("认定的事实"),
        gettext_lazy("时间、地点、经过、证据和本人陈述申辩的采纳情况"),
        most=deciding.MOST_FINDING,
        rows=6,
    )
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("处理方式"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=gettext_lazy("制度列明的处理方式。都不选且不限期整改的，为不予追究。"),
    )
    correct_by = day(gettext_lazy("限期整改至"))

    def prepare(self) -> None:
        said = deciding.listed(self.breach)
        lines = said.items if said else ()
        self.fields["codes"].choices = [(one.code, one.text) for one in lines]
        self.initial |= {"finding": self.breach.finding, "codes": self.breach.proposed}

    def proposal(self) -> Proposal:
        return Proposal(**self.cleaned_data)


class DecideForm(StepForm):
    opinion = forms.CharField(
        label=gettext_lazy("决定意见"),
        required=False,
        max_length=deciding.MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DeliverForm(StepForm):
    how = forms.ChoiceField(
        label=gettext_lazy("送达方式"),
        choices=[(str(how), said) for how, said in HOW.items() if how != How.SIGNED],
        widget=RADIOS,
    )
    words = words(
        gettext_lazy("送达情况"),
        gettext_lazy("何时何地送达何人；拒收的，见证人是谁"),
        most=MOST_WORDS,
        rows=2,
    )


class EmptyForm(StepForm):
    """A button alone."""


class PaperForm(Form):
    title = line(gettext_lazy("材料名称"), 100)
    file = forms.FileField(label=gettext_lazy("文件"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="paper_%s", **kwargs)


class DismissForm(Form):
    """One reason for all that are ticked."""

    reason = words(gettext_lazy("排除理由"), most=sifting.MOST_REASON, rows=2)

    def __init__(self, numbers: Sequence[str] = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="dismiss_%s", **kwargs)
        self.numbers = frozenset(numbers)
