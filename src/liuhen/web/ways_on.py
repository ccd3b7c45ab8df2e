"""What to do after a refusal, where one page does it: the button beneath its words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from liuhen.kernel.refusal import Refusal


@dataclass(frozen=True)
class WayOn:
    url: str
    said: str


def way_on(refusal: Refusal) -> WayOn | None:
    """To view what has not been granted, one asks for it."""
    number = refusal.facts.get("number")
    if refusal.code != "access.no_grant" or not number:
        return None
    return WayOn(f"{reverse('web:ask_viewing')}?{urlencode({'recording': number})}", _("申请调阅"))
