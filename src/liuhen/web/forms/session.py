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
