from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.web.forms.look import Form
from liuhen.web.forms.passwords import field


class SignInForm(Form):
    login = forms.CharField(
        label=_("登录名"),
        max_length=50,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    password = field(_("口令"), autocomplete="current-password")


def code_field(label: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


class CodeForm(Form):
    """A code from the phone, or a recovery code."""

    code = code_field(_("动态口令"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True


class EnrolForm(Form):
    """The phone shows the right digits, and it is the officer who holds it."""

    code = code_field(_("手机上显示的6位数字"))
    password = field(_("登录口令"), autocomplete="current-password")


class ReplaceForm(EnrolForm):
    """A new phone, by whoever still has the old one or a recovery code."""

    old_code = code_field(_("原手机上的动态口令或备用码"))
    field_order = ("code", "old_code", "password")


class RemoveFactorForm(Form):
    """Beside a CodeForm on its page, so its fields have ids of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="remove_%s", **kwargs)

    password = field(_("登录口令"), autocomplete="current-password")
    code = code_field(_("动态口令或备用码"))
