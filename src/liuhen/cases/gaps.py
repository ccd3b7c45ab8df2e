"""The holes of an activity as they were judged (`coverage`), for who draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.cases import coverage
from liuhen.cases.covered import as_json
from liuhen.cases.models import Activity, Interruption


@dataclass(frozen=True)
class Gap:
    """`stops`: the interruptions entered for it; they may not be enough to explain it."""

    start: datetime
    end: datetime
    is_explained: bool
    stops: tuple[Interruption, ...]


def of(activity: Activity, interruptions: Iterable[Interruption]) -> list[Gap]:
    """As kept beside the activity; judged here where nobody has yet, which keeps nothing."""
    kept: dict[str, Any] = activity.coverage or as_json(coverage.compute(activity))
    known = {one.pk: one for one in interruptions}
    return [
        Gap(
            datetime.fromisoformat(gap["start"]),
            datetime.fromisoformat(gap["end"]),
            gap["explained"],
            tuple(known[pk] for pk in gap["interruptions"] if pk in known),
        )
        for gap in kept["gaps"]
    ]
