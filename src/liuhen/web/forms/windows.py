"""A window camera's source, and the filter of its gaps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from liuhen.devices import window_gaps, windows
from liuhen.devices.models import Device, WindowCamera, WindowGap
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import day

MINUTES = (1, 5, 10, 15, 30, 60)
EXAMPLE = "rtsp://admin@192.168.1.64:554/Streaming/Channels/101"


class WindowForm(Form):
    """`camera` None: it is being set up. A password that is there is never shown."""

    source = forms.ChoiceField(
        label=_("画面来源"),
        choices=[("stream", _("摄像机视频流（RTSP）")), ("folder", _("录像机写入的文件夹"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    address = forms.CharField(
        label=_("摄像机地址"),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={"placeholder": EXAMPLE, "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("以 rtsp:// 开头，可含用户名。格式见摄像机说明书。"),
    )
    password = forms.CharField(
        label=_("摄像机密码"),
        required=False,
        max_length=100,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    folder = forms.CharField(
        label=_("文件夹"),
        required=False,
        max_length=500,
        help_text=_("服务器上的完整路径。其中的录像核验入库后即从文件夹清除。"),
    )
    segment_seconds = forms.TypedChoiceField(
        label=_("每段时长"),
        coerce=int,
        help_text=_("录像按此时长分段入库。文件夹：录像机每个文件的时长。"),
    )

    def __init__(self, camera: WindowCamera | None, *args: Any, **kwargs: Any) -> None:
        shown = windows.shown_address(camera) if camera else ""
        kwargs["initial"] = {
            "source": "folder" if camera and camera.folder else "stream",
            "address": shown,
            "folder": camera.folder if camera else "",
            "segment_seconds": camera.segment_seconds if camera else 600,
        }
        super().__init__(*args, **kwargs)
        choices = {n * 60: now_translated("%(n)d 分钟") % {"n": n} for n in MINUTES}
        if camera and camera.segment_seconds not in choices:
            seconds = camera.segment_seconds
            choices = {seconds: now_translated("%(s)d秒") % {"s": seconds}} | choices
        self.fields["segment_seconds"].choices = choices.items()
        self.fields["password"].help_text = (
            _("加密保存，不再显示。留空则沿用原密码。") if shown else _("加密保存，不再显示。")
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        wanted = "folder" if said.get("source") == "folder" else "address"
        if not said.get(wanted):
            self.add_error(wanted, now_translated("请填写此项。"))
        return said

    def facts(self) -> dict[str, Any]:
        """For `windows.set_up`: of the two sources the one that was chosen."""
        said = self.cleaned_data
        if said["source"] == "folder":
            source = {"folder": said["folder"]}
        else:
            source = {"address": said["address"], "password": said["password"]}
        return {**source, "segment_seconds": said["segment_seconds"]}


class SwitchForm(Form):
    on = forms.ChoiceField(choices=[("1", ""), ("0", "")])


@dataclass(frozen=True)
class Span:
    """Days by China's clock, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        return midnight(self.last + timedelta(days=1))


class GapFilterForm(Form):
    """Everything is optional: today, all cameras. What can't be understood is left out."""

    device = forms.ModelChoiceField(None, label=_("摄像机"), required=False, empty_label=_("全部"))
    first = day(_("起始日期"))
    last = day(_("截止日期"))

    def __init__(self, agency: Agency, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.today = agency, today
        devices = Device.objects.filter(agency=agency, window__isnull=False)
        self.fields["device"].queryset = devices.order_by("device_no")
        self.is_valid()

    def span(self) -> Span:
        """One day where one is given, today where none is; the wrong way round is put right."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        first, last = first or last or self.today, last or first or self.today
        return Span(min(first, last), max(first, last))

    def gaps(self) -> QuerySet[WindowGap]:
        found = window_gaps.of_agency(self.agency)
        if device := self.cleaned_data.get("device"):
            found = found.filter(camera__device=device)
        span = self.span()
        return window_gaps.touching(found, span.start, span.end)
