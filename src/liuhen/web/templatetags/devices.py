"""How a device's figures read."""

from django import template

from liuhen.devices.sheet import gb_text

register = template.Library()


@register.filter
def gigabytes(capacity_bytes: int | None) -> str:
    """As makers count: 128 GB is 128 000 000 000 bytes."""
    return "—" if capacity_bytes is None else f"{gb_text(capacity_bytes)} GB"
