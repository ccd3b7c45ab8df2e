"""What is said of an activity, on site or at a desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from liuhen.cases import matters
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.models import Activity, Case, ExcuseKind, ListedMatter, MatterKind
from liuhen.cases.queries import cases_for, parties_for
from liuhen.devices.models import Checkout, Device
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import HandoverExcused, LongTerm, MustRecord, NoGap
from liuhen.engines.policy.vocabulary import Listed
from liuhen.people.models import Officer
from liuhen.people.queries import those_who_enforce, units_of
from liuhen.regulations import words
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import OfficerChoice, moment

MOST_PLACES = 8
TO_THE_MINUTE = {"second": 0, "microsecond": 0}


class People(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Devices(forms.ModelMultipleChoiceField):
    """Each with who has it now."""

    holders: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        holder = self.holders.get(obj.pk)
        return f"{obj.device_no}（{holder}）" if holder else str(obj.device_no)


@dataclass(frozen=True)
class Start:
    """What a form begins with, before anybody types."""

    officers: Sequence[Officer] = ()
    devices: Sequence[Device] = ()
    recent: Sequence[ListedMatter] = ()
    last: Activity | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    place: str = ""
    more: dict[str, Any] = field(default_factory=dict)


class ActivityForm(Form):
    """For a new activity (`start`) or one that is there (`activity`). What this bureau's
    regulation does not ask is not asked; what stands there already stays."""

    matter = forms.ChoiceField(label=_("执法事项"))
    stage = forms.CharField(label=_("执法环节"), required=False, max_length=100)
    place = forms.CharField(
        label=_("地点"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    latitude = forms.DecimalField(
        required=False, max_digits=9, decimal_places=6, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False, max_digits=9, decimal_places=6, widget=forms.HiddenInput
    )
    party_name = forms.CharField(
        label=_("当事人"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("与已登记的单位名称一致的，自动关联。"),
    )
    case_no = forms.CharField(
        label=_("案号"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("已立案的填写，未立案的不填。"),
    )
    unit = forms.ModelChoiceField(None, label=_("承办科室"), required=False)
    officers = People(None, label=_("执法人员"), widget=forms.CheckboxSelectMultiple)
    lead = OfficerChoice(None, label=_("现场负责人"), required=False, empty_label=_("未指定"))
    devices = Devices(None, label=_("设备"), required=False, widget=forms.CheckboxSelectMultiple)
    device_nos = forms.CharField(
        label=_("其他设备编号"),
        required=False,
        max_length=200,
        help_text=_("多台用空格隔开。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    arrived_at = moment(_("到达时间"), required=False)
    inspection_ended_at = moment(_("检查结束时间"), required=False)
    left_at = moment(_("离开时间"), required=False)
    returned_at = moment(_("返回单位时间"), required=False)
    excuse = forms.ChoiceField(label=_("不能当日移交的情形"), required=False)
    disputable = forms.ChoiceField(
        label=_("是否可能引发争议"),
        required=False,
        choices=[("", _("未判断")), ("yes", _("可能引发争议")), ("no", _("不会引发争议"))],
    )
    rights = forms.MultipleChoiceField(
        label=_("涉及的权益"), required=False, widget=forms.CheckboxSelectMultiple
    )
    triggers = forms.MultipleChoiceField(
        label=_("现场情形"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("备注"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        officer: Officer,
        *args: Any,
        rules: Rules | None,
        start: Start | None = None,
        activity: Activity | None = None,
        was: ActivityFacts | None = None,
        **kwargs: Any,
    ) -> None:
        self.officer, self.was = officer, was
        self.start = start or Start()
        kwargs.setdefault("initial", initial_of(was) if was else begun(self.start, officer))
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)
        self.offer_people()
        self.offer_devices()
        self.offer_matters()
        self.ask_what_is_asked(rules)

    def offer_people(self) -> None:
        known = self.was.officers if self.was else self.start.officers
        fit = those_who_enforce(self.officer.agency).order_by().values("pk")
        rows = Officer.objects.filter(Q(pk__in=fit) | Q(pk__in=[one.pk for one in known]))
        rows = rows.filter(agency=self.officer.agency).select_related("unit")
        self.fields["officers"].queryset = rows.order_by("name", "pk")
        self.fields["lead"].queryset = rows.order_by("name", "pk")

    def offer_devices(self) -> None:
        """What the unit has in hand now, and what is named already."""
        known = self.was.devices if self.was else self.start.devices
        uses = Checkout.objects.filter(agency=self.officer.agency, returned_at=None)
        if self.officer.unit_id:
            uses = uses.filter(unit_id=self.officer.unit_id)
        holders = dict(uses.values_list("device_id", "officer__name"))
        pks = {*holders, *(device.pk for device in known)}
        choice = self.fields["devices"]
        choice.holders = holders
        choice.queryset = Device.objects.filter(pk__in=pks).order_by("device_no")

    def offer_matters(self) -> None:
        lines = list(matters.current(self.officer.agency))
        if self.was and self.was.listed and self.was.listed not in lines:
            lines.append(self.was.listed)
        self.lines = {f"m:{line.pk}": line for line in lines}
        recent = [(f"m:{one.pk}", str(one)) for one in self.start.recent]
        others = [(code, str(line)) for code, line in self.lines.items()]
        kinds = [(f"k:{kind}", said) for kind, said in MatterKind.choices]
        groups = [(_("最近使用"), recent), (_("执法事项清单"), others)]
        known = _("清单以外，按制度归类") if lines else _("按制度归类")
        choices = [*((name, rows) for name, rows in groups if rows), (known, kinds)]
        if not usual_matter(self.start) and not self.was:
            # Nothing speaks for any of them: the first of the list is not to be taken unseen.
            choices.insert(0, ("", _("请选择")))
        self.fields["matter"].choices = choices

    def ask_what_is_asked(self, rules: Rules | None) -> None:
        must = rules.get(MustRecord) if rules else None
        if must is None or must.listed != Listed.IF_DISPUTABLE:
            del self.fields["disputable"]
        self.offer_codes("rights", rules and rules.get(NoGap), "rights", words.RIGHTS)
        self.offer_codes("triggers", rules and rules.get(LongTerm), "triggers", words.TRIGGERS)
        excused = rules.get(HandoverExcused) if rules else None
        if excused is None:
            del self.fields["excuse"]
        else:
            listed = [(str(one), ExcuseKind(one).label) for one in excused.excuses]
            self.fields["excuse"].choices = [("", _("无")), *listed]

    def offer_codes(self, name: str, value: Any, listed: str, said: Any) -> None:
        if value is None:
            del self.fields[name]
            return
        self.fields[name].choices = [(str(one), said[one]) for one in getattr(value, listed)]

    def clean_device_nos(self) -> list[Device]:
        found, unknown = [], []
        for number in self.cleaned_data["device_nos"].replace("、", " ").split():
            rows = Device.objects.filter(agency=self.officer.agency)
            device = rows.filter(device_no__iexact=number).first()
            if device is None:
                unknown.append(number)
            else:
                found.append(device)
        if unknown:
            said = _now("没有编号为“%s”的设备，请核对。") % "、".join(unknown)
            raise forms.ValidationError(said)
        return found

    def clean_case_no(self) -> Case | None:
        typed = self.cleaned_data["case_no"].strip()
        if not typed:
            return None
        if self.was and self.was.case and self.was.case.case_no == typed:
            return self.was.case
        found = cases_for(self.officer).filter(case_no=typed).first()
        if found is None:
            raise forms.ValidationError(
                _now("没有案号为“%s”的案件，或者您无权查看。请核对案号，未立案的不填。") % typed
            )
        return found

    def facts(self, **known: Any) -> ActivityFacts:
        """What was said, over what stood there before; `known`: what nobody had to type."""
        said, was = self.cleaned_data, self.was
        line = self.lines.get(said["matter"])
        told: dict[str, Any] = {
            "kind": line.kind if line else said["matter"].removeprefix("k:"),
            "listed": line,
            "stage": said["stage"] or (line.stage if line else ""),
            "unit": self.unit_of(said),
            "place": said["place"],
            "officers": self.ordered(said["officers"]),
            "lead": self.lead_of(said),
            "devices": tuple(dict.fromkeys([*said["devices"], *said["device_nos"]])),
            "latitude": said["latitude"],
            "longitude": said["longitude"],
            "case": said["case_no"],
            "note": said["note"],
            **self.party_of(said["party_name"].strip()),
            **{name: self.moment_of(name) for name in MOMENTS},
            **self.asked(said),
        }
        if line and was and line == was.listed:
            told["kind"] = was.kind
        return ActivityFacts(**(told | known))

    def unit_of(self, said: dict[str, Any]) -> Any:
        return said.get("unit") or (self.was.unit if self.was else self.officer.unit)

    def ordered(self, officers: Any) -> tuple[Officer, ...]:
        """Who enters it first, where they took part."""
        return tuple(sorted(officers, key=lambda one: one.pk != self.officer.pk))

    def lead_of(self, said: dict[str, Any]) -> Officer | None:
        lead: Officer | None = said.get("lead")
        if lead is None and self.was and self.was.lead in said["officers"]:
            return self.was.lead
        return lead

    def party_of(self, name: str) -> dict[str, Any]:
        """An organisation of that very name; two people may have one name."""
        if self.was and self.was.party and name in ("", self.was.party.name):
            kept = self.was.party if name else None
            return {"party": kept, "party_name": self.was.party_name if name else ""}
        rows = parties_for(self.officer).filter(name=name, kind="organisation")[:2] if name else []
        found = list(rows)
        return {"party": found[0] if len(found) == 1 else None, "party_name": name}

    def moment_of(self, name: str) -> datetime | None:
        """To the minute as typed; untouched, the very moment that stood there."""
        typed: datetime | None = self.cleaned_data.get(name)
        known: datetime | None = getattr(self.was, name) if self.was else None
        if typed and known and known.replace(**TO_THE_MINUTE) == typed.replace(**TO_THE_MINUTE):
            return known
        return typed

    def asked(self, said: dict[str, Any]) -> dict[str, Any]:
        """What some regulations ask; where the bureau's does not, it stays as it was."""
        was = self.was or ActivityFacts("", "", ())
        disputable = {"yes": True, "no": False}.get(said.get("disputable", ""))
        return {
            "excuse": said["excuse"] if "excuse" in self.fields else was.excuse,
            "is_disputable": disputable if "disputable" in self.fields else was.is_disputable,
            "rights": tuple(said["rights"]) if "rights" in self.fields else was.rights,
            "triggers": tuple(said["triggers"]) if "triggers" in self.fields else was.triggers,
        }

    @property
    def near(self) -> list[Any]:
        """The own unit's people, to tick with a thumb; oneself first."""
        return [box for box, of in self.boxes() if of.unit_id == self.officer.unit_id]

    @property
    def far(self) -> list[Any]:
        return [box for box, of in self.boxes() if of.unit_id != self.officer.unit_id]

    def boxes(self) -> list[tuple[Any, Officer]]:
        boxes = [(box, box.data["value"].instance) for box in self["officers"]]
        return sorted(boxes, key=lambda pair: pair[1].pk != self.officer.pk)

    @property
    def asked_at_once(self) -> list[Any]:
        """What decides whether this bureau's regulation wants it recorded."""
        return [self[name] for name in ("disputable", "rights") if name in self.fields]

    @property
    def asked_later(self) -> list[Any]:
        """What is known only when it is over."""
        return [self[name] for name in ("triggers",) if name in self.fields]


MOMENTS = ("arrived_at", "inspection_ended_at", "left_at", "returned_at")


def usual_matter(start: Start) -> str:
    """What one did last: a line of the list that still stands, or a kind alone; "" of none."""
    if start.last is not None and start.last.listed_id is None:
        return f"k:{start.last.kind}"
    return f"m:{start.recent[0].pk}" if start.recent else ""


def begun(start: Start, officer: Officer) -> dict[str, Any]:
    return {
        "matter": usual_matter(start),
        "officers": [one.pk for one in start.officers],
        "devices": [one.pk for one in start.devices],
        "unit": officer.unit_id,
        "arrived_at": start.arrived_at,
        "left_at": start.left_at,
        "place": start.place,
        **start.more,
    }


def initial_of(was: ActivityFacts) -> dict[str, Any]:
    lead = was.leader
    return {
        "matter": f"m:{was.listed.pk}" if was.listed else f"k:{was.kind}",
        "stage": was.stage,
        "place": was.place,
        "latitude": was.latitude,
        "longitude": was.longitude,
        "party_name": was.party_name or (was.party.name if was.party else ""),
        "case_no": was.case.case_no if was.case else "",
        "unit": was.unit.pk if was.unit else None,
        "officers": [one.pk for one in was.officers],
        "lead": lead.pk if lead else None,
        "devices": [one.pk for one in was.devices],
        "excuse": was.excuse,
        "disputable": {True: "yes", False: "no", None: ""}[was.is_disputable],
        "rights": list(was.rights),
        "triggers": list(was.triggers),
        "note": was.note,
        **{name: getattr(was, name) for name in MOMENTS},
    }


class VoidForm(Form):
    reason = forms.CharField(
        label=_("作废原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class UnlinkForm(Form):
    reason = forms.CharField(label=_("移出原因"), max_length=200)
