from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.web.forms.look import Form


class InviteForm(Form):
    name = forms.CharField(label=_("单位全称"), max_length=100)
