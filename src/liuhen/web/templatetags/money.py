"""Money as a clerk reads it."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """1,600.50, alike in every language; unknown stays unknown."""
    return "—" if amount is None else f"{amount:,.2f}"
