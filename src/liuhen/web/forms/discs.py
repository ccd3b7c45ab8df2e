"""Discs: what is put on them, where one is read, stored, lent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.retention.disc_queries import Filters
from liuhen.retention.discs import MOST_COPIES, Asked, Order
from liuhen.retention.models import DiscState, Medium
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, line
from liuhen.web.forms.recordings import day
from liuhen.web.rules_text import article_title

STATES = [("", _("全部")), *DiscState.choices]


class FilterForm(Form):
    words = search_field(_("光盘编号、名称、案号、活动编号"))
    state = forms.ChoiceField(label=_("含有这种状态的光盘"), choices=STATES, required=False)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(said.get("words", "").strip(), said.get("state", ""))


class SetForm(Form):
    title = line(_("名称（印在标签上）"), 200)
    purpose = line(_("用途"), 200)
    medium = forms.ChoiceField(
        label=_("光盘类型"), choices=Medium.choices, widget=RADIOS, initial=Medium.DVD
    )
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=MOST_COPIES)
    with_papers = forms.BooleanField(label=_("一并刻录文书材料"), required=False)

    def __init__(self, asked: Asked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copies"].initial = asked.copies
        if asked.is_said:
            self.fields["copies"].widget.attrs["min"] = asked.copies

    def order(self) -> Order:
        return Order(**self.cleaned_data)


class PackageDiscsForm(SetForm):
    """Of an evidence package: its papers are in it."""

    with_papers = None


class PlaceForm(Form):
    """Where the disc is read: a drive's choice is offered, and a path can be typed."""

    place = line(
        _("光驱或者光盘所在位置"),
        300,
        help_text=_("服务器的光驱，或者光盘在服务器上装载的文件夹、光盘映像文件。"),
    )

    def __init__(self, drives: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if drives:
            self.fields["place"].initial = drives[0]


class CheckForm(PlaceForm):
    is_whole = forms.BooleanField(label=_("读取全部文件（否则按比例抽取）"), required=False)


class BurnForm(Form):
    drive = forms.ChoiceField(label=_("刻录机"))

    def __init__(self, drives: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drive"].choices = [(one, one) for one in drives]


class StoreForm(Form):
    place = line(_("存放地点"), 100, help_text=_("例如：档案室 2 号柜 3 层"))


class LendForm(Form):
    request_no = line(
        _("调阅申请编号"),
        20,
        help_text=_("已批准复制的申请，须包含光盘中的全部资料；借用人即申请获准的人。"),
    )
    purpose = line(_("用途"), 200)
    back_by = day(_("应还日期"))
    field_order = ("request_no", "to_whom", "purpose", "back_by")

    def __init__(self, article: int | None, *args: Any, **kwargs: Any) -> None:
        """`article`: by which the case's evidence goes without a request, if there is one."""
        super().__init__(*args, auto_id="lend_%s", **kwargs)
        if article is not None:
            self.fields["request_no"].required = False
            self.fields["to_whom"] = line(
                _("借用人（姓名、单位）"),
                100,
                required=False,
                help_text=_("没有申请、按%(article)s作为本案证据提供的，在此填写。")
                % {"article": article_title(article)},
            )
            self.order_fields(self.field_order)


class TakeBackForm(Form):
    condition = line(_("归还时的情况"), 200, required=False)


class TreeForm(Form):
    place = line(_("移动硬盘上的文件夹"), 300, help_text=_("服务器上的路径，例如 /media/usb/备份"))
    reason = line(_("事由"), 200)
    since = day(_("录制日期自"))
    until = day(_("至"))


class ReplaceForm(Form):
    reason = line(_("更换原因"), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="replace_%s", **kwargs)
