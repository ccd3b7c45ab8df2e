"""Amounts of money in yuan, as the register's columns hold them."""

from decimal import Decimal

MOST_YUAN = Decimal("9999999999.99")
"""12 digits, two behind the point."""
CENT = Decimal("0.01")


def is_money(yuan: Decimal) -> bool:
    """Not negative, no part of a cent, and what the column holds."""
    return yuan.is_finite() and 0 <= yuan <= MOST_YUAN and yuan == yuan.quantize(CENT)
