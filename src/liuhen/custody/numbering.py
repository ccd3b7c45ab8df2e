"""Numbers people quote, such as BQ-2026-000001: a year and a count without holes."""

from typing import Any

from django.db.models import Model


def next_number(begin: str, model: type[Model], field: str = "number") -> str:
    """The next of `model` whose `field` starts with `begin` (`BQ-2026-`); the log's turn is held,
    so nobody else takes it."""
    rows: Any = model._default_manager.filter(**{f"{field}__startswith": begin})
    last = rows.order_by(f"-{field}").values_list(field, flat=True).first()
    return f"{begin}{int(last.removeprefix(begin)) + 1 if last else 1:06d}"
