"""Recordings that belong to no activity yet: the filter bar, and what is chosen of the list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from liuhen.cases import linking_errors as errors
from liuhen.cases.linking import MOST_AT_ONCE, Pair
from liuhen.cases.models import Activity, Aside
from liuhen.cases.queries import activities_for
from liuhen.people.models import Officer
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import Filters, visible_to
from liuhen.web.forms.dates import DatesForm
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import ANY, OfficerChoice, choose_among, day, key


class LooseFilterForm(Form):
    since = day(_("录制日期自"))
    until = day(_("至"))
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    officer = OfficerChoice(None, label=_("录制人"), required=False, empty_label=_("全部"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self.fields, officer)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            since=said.get("since"),
            until=said.get("until"),
            unit=key(said.get("unit")),
            officer=key(said.get("officer")),
        )


class AssignForm(Form):
    activity = forms.CharField(
        label=_("归入执法活动"),
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "HD-2026-000001", "autocomplete": "off"}),
    )


class AsideForm(Form):
    why = forms.ChoiceField(label=_("原因"), choices=[("", _("请选择")), *Aside.Why.choices])
    reason = forms.CharField(label=_("情况说明"), max_length=200)


class AsideFilterForm(DatesForm):
    why = forms.ChoiceField(label=_("原因"), required=False, choices=[*ANY, *Aside.Why.choices])
    field_order = ("why", "since", "until")

    def narrow(self, rows: QuerySet[Aside]) -> QuerySet[Aside]:
        """By the reason, and by the days they were set aside."""
        rows = self.within(rows, "set_at")
        why = self.cleaned_data.get("why")
        return rows.filter(why=why) if why else rows


def chosen(numbers: list[str], officer: Officer) -> list[Recording]:
    """In the order sent, each once. Refuses: NothingChosen, TooManyChosen, NoSuchRecording."""
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise errors.NothingChosen()
    if len(wanted) > MOST_AT_ONCE:
        raise errors.TooManyChosen(most=MOST_AT_ONCE)
    # PostgreSQL takes no NUL even to compare; no number has one.
    real = [number for number in wanted if "\0" not in number]
    rows = visible_to(officer).filter(number__in=real).defer("examination")
    found = {one.number: one for one in rows.select_related("officer", "unit", "device")}
    for number in wanted:
        if number not in found:
            raise NoSuchRecording(number=number[:20])
    return [found[number] for number in wanted]


def pairs_of(sent: list[str], officer: Officer) -> list[Pair]:
    """`activity number|recording number` each, as the page wrote them. Three queries.

    Refuses: NothingChosen, TooManyChosen, NoSuchRecording; an activity that is not shown to
    the officer makes a pair that is not there.
    """
    split = [tuple(one.partition("|")[::2]) for one in sent]
    recordings = {one.number: one for one in chosen([r for _a, r in split], officer)}
    rows = activities_for(officer).filter(number__in={a for a, _r in split if "\0" not in a})
    activities: dict[str, Activity] = {one.number: one for one in rows}
    return [
        Pair(activities[a], recordings[r], was_proposed=True) for a, r in split if a in activities
    ]


def told(n: int, skipped: int) -> str:
    """What a confirmation did."""
    said = _now("已归入 %(n)d 份资料。") % {"n": n}
    if skipped:
        said += _now("另有 %(n)d 份此前已由他人办理，未作改动。") % {"n": skipped}
    return said
