"""What was recorded during each use of a device: the ledger's column that fills itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Sum

from liuhen.devices.models import Checkout
from liuhen.recordings.models import Recording


@dataclass
class Recorded:
    """`by_kind`: how many of each MediaKind; `seconds`: what is known of their lengths."""

    by_kind: dict[str, int] = field(default_factory=dict)
    seconds: Decimal = Decimal(0)


def recorded_under(checkouts: Iterable[Checkout]) -> dict[int, Recorded]:
    """By check-out; those nothing was recorded under are left out. One query."""
    rows = Recording.objects.filter(checkout__in=[one.pk for one in checkouts]).order_by()
    found: dict[int, Recorded] = defaultdict(Recorded)
    for row in rows.values("checkout", "kind").annotate(
        n=Count("pk"), seconds=Sum("duration_seconds")
    ):
        recorded = found[row["checkout"]]
        recorded.by_kind[row["kind"]] = row["n"]
        recorded.seconds += row["seconds"] or 0
    return dict(found)
