"""How a device's figures read: what it holds, how far its clock is off."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from liuhen.devices.sheet import gb_text

register = template.Library()


@register.filter
def gigabytes(capacity_bytes: int | None) -> str:
    """As makers count: 128 GB is 128 000 000 000 bytes."""
    return "—" if capacity_bytes is None else f"{gb_text(capacity_bytes)} GB"


@register.filter
def seconds(value: Decimal) -> str:
    """Without the zeros a column of three decimals ends in."""
    return f"{value.normalize():f}"


@register.filter
def offset(value: Decimal) -> str:
    """How far a device's clock was off; positive is ahead."""
    if value == 0:
        return _("无偏差")
    told = {"n": seconds(abs(value))}
    return _("快 %(n)s 秒") % told if value > 0 else _("慢 %(n)s 秒") % told
