"""认定违规、取消评优: decisions that stand, counted of those the reader may see.

No tally holds them. Which of them somebody may know of hangs on the person (`breaches.seeing`):
whom it concerns does not find it on their desk, and a secret recording hides its breach. A tally
for each reader would be many rows for the few decisions of a year; so they are counted from the
rows themselves, in one query, by the condition and the scope of the list that the figure opens.
"""

from datetime import date
from typing import Any

from django.db.models import Count

from liuhen.statistics.figures import BREACHES, FIGURES
from liuhen.statistics.reading import Counts
from liuhen.statistics.scopes import Scope

CODES = tuple(code for code, figure in FIGURES.items() if figure.source is BREACHES)


def by(scope: Scope, since: date, until: date, column: str) -> dict[int | None, Counts]:
    """By the unit's or the officer's key. Empty, without a query, for who may see none."""
    if BREACHES.name in scope.hidden:
        return {}
    rows = scope.of(BREACHES, BREACHES.rows(scope.agency, since, until))
    counts: dict[str, Any] = {
        f"n_{code}": Count("pk", filter=FIGURES[code].where(())) for code in CODES
    }
    told = rows.order_by().values(column).annotate(**counts)
    return {row[column]: {code: row[f"n_{code}"] for code in CODES} for row in told}
