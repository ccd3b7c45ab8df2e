from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Officer
from liuhen.web.forms.look import Form


def field(label: Any, autocomplete: str = "new-password") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class TwicePasswordForm(Form):
    """A new password, twice. `owner()` is whose it will be, for the likeness rule."""

    password = field(_("口令"))
    again = field(_("再次输入口令"))

    def owner(self) -> Officer:
        """The account the same form describes; forms about an existing one say which."""
        said = self.cleaned_data
        return Officer(login=said.get("login", ""), name=said.get("name", ""))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        password, again = said.get("password"), said.get("again")
        if password and again and password != again:
            self.add_error("again", _("两次输入的口令不一致。"))
        elif password:
            try:
                password_validation.validate_password(password, self.owner())
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said


class NewPasswordForm(TwicePasswordForm):
    """Another person's password, set by the security administrator."""

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["password"].label = _("新口令")

    def owner(self) -> Officer:
        return self.officer


class OwnPasswordForm(NewPasswordForm):
    old = field(_("当前口令"), autocomplete="current-password")
    field_order = ("old", "password", "again")
