from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.engines.paper.tables import MOST_BYTES
from liuhen.web.forms.look import Form


class ImportForm(Form):
    file = forms.FileField(
        label=_("填写好的模板（.xlsx）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请选择文件。"), "empty": _("文件是空的，请重新选择。")},
    )

    def content(self) -> bytes:
        """At most one byte more than is read: its size is for the reader to refuse."""
        found: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return found
