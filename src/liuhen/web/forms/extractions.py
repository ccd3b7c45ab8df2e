"""What an extraction's note says, and which recordings, whole or in part, go out."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liuhen.access import extraction, extraction_note
from liuhen.access.extraction import Piece
from liuhen.access.extraction_note import LABELS, MOST_COPIES, MOST_LONG, MOST_SHORT, EvidenceNote
from liuhen.people.models import Officer
from liuhen.recordings.models import MediaKind, Recording
from liuhen.web.forms.look import Form, dress
from liuhen.web.forms.mending import line, words
from liuhen.web.forms.recordings import OfficerChoice

CLOCK = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5}(?:\.\d{1,3})?)", re.ASCII)


class ClockField(forms.CharField):
    """A moment of a recording as a player shows it: seconds, 分:秒 or 时:分:秒; blank is None."""

    def __init__(self, **more: Any) -> None:
        looks = {"placeholder": "0:00", "autocomplete": "off", "size": 8}
        super().__init__(required=False, max_length=12, widget=forms.TextInput(looks), **more)

    def clean(self, value: Any) -> Decimal | None:
        typed = str(super().clean(value)).replace("：", ":")
        if not typed:
            return None
        found = CLOCK.fullmatch(typed)
        if found is None:
            raise ValidationError(_("请按“分:秒”或者“时:分:秒”填写。"))
        hours, minutes, seconds = found.groups()
        return int(hours or 0) * 3600 + int(minutes or 0) * 60 + Decimal(seconds)


class ExtractionForm(Form):
    proves = line(
        LABELS["proves"], MOST_SHORT, help_text=_("这些资料用来证明什么，例如“未公示卫生许可证”。")
    )
    summary = words(
        LABELS["summary"], _("录到了什么，关键内容在什么时间段"), most=MOST_LONG, rows=3
    )
    witness = OfficerChoice(
        None,
        label=_("另一名提取人"),
        empty_label=_("请选择"),
        help_text=_("提取证据由两人办理，在打印的文字说明上分别签名。"),
    )
    copies = forms.IntegerField(
        label=_("复制份数"),
        min_value=1,
        max_value=MOST_COPIES,
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_COPIES}),
    )
    place = line(LABELS["place"], MOST_SHORT)
    original_place = line(LABELS["original_place"], MOST_SHORT)
    why_copy = words(LABELS["why_copy"], most=MOST_LONG, rows=2)
    method = words(LABELS["method"], most=MOST_LONG, rows=2)
    maker = line(
        LABELS["maker"],
        MOST_SHORT,
        required=False,
        help_text=_("只用于没有登记录制人的资料，例如窗口摄像机的录像。"),
    )

    def __init__(
        self, officer: Officer, recordings: Sequence[Recording], *args: Any, **kwargs: Any
    ) -> None:
        kwargs["initial"] = extraction_note.offered(officer.agency.name) | kwargs["initial"]
        super().__init__(*args, **kwargs)
        self.fields["witness"].queryset = extraction.witnesses(officer).select_related("unit")
        if all(one.officer_id for one in recordings):
            del self.fields["maker"]
        self.recordings = recordings
        for one in recordings:
            self.add_fields(one)

    def add_fields(self, one: Recording) -> None:
        box = forms.CheckboxInput(attrs={"aria-label": one.number})
        self.fields[f"pick_{one.pk}"] = forms.BooleanField(required=False, widget=box)
        if one.kind != MediaKind.PHOTO:
            self.fields[f"from_{one.pk}"] = ClockField(label=_("起"))
            self.fields[f"until_{one.pk}"] = ClockField(label=_("止"))
        for name in ("pick", "from", "until"):
            if (field := self.fields.get(f"{name}_{one.pk}")) is not None:
                dress(field)

    def rows(self) -> list[tuple[Recording, Any, Any, Any]]:
        """(recording, its box, the two ends of an excerpt or None) in the order shown."""
        return [
            (one, *(self.of(f"{name}_{one.pk}") for name in ("pick", "from", "until")))
            for one in self.recordings
        ]

    def of(self, name: str) -> Any:
        return self[name] if name in self.fields else None

    def note_fields(self) -> list[Any]:
        return [self[name] for name in self.base_fields if name in self.fields]

    def pieces(self) -> list[Piece]:
        said = self.cleaned_data
        return [
            Piece(one, said.get(f"from_{one.pk}"), said.get(f"until_{one.pk}"))
            for one in self.recordings
            if said[f"pick_{one.pk}"]
        ]

    def note(self) -> EvidenceNote:
        said = self.cleaned_data
        return EvidenceNote(copies=said["copies"], **{name: said.get(name, "") for name in LABELS})


class CaseNoForm(Form):
    """The first step, where the recording says of no case."""

    case_no = line(_("案号"), 100)


class ExhibitForm(Form):
    recording = line(_("资料编号"), 20, help_text=_("资料页面标题处的编号，例如 2026-000012。"))
    proves = line(LABELS["proves"], MOST_SHORT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The other forms on the page have fields of these names, too.
        super().__init__(*args, auto_id="exhibit_%s", **kwargs)
