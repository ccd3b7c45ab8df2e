"""What to do after a refusal, where one page does it: the button beneath its words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from liuhen.kernel.refusal import Refusal

ASKED_FOR = {"access.no_grant": {}, "access.no_copy": {"kind": "copy"}}
"""Refusals after which one asks, with what the form is to begin with."""


@dataclass(frozen=True)
class WayOn:
    url: str
    said: str


def way_on(refusal: Refusal) -> WayOn | None:
    """To view or to take along what has not been granted, one asks for it."""
    number = refusal.facts.get("number")
    if refusal.code not in ASKED_FOR or not number:
        return None
    asked = {"recording": number} | ASKED_FOR[refusal.code]
    return WayOn(f"{reverse('web:ask_viewing')}?{urlencode(asked)}", _("申请调阅"))
