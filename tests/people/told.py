"""What the log tells, and a log that no longer takes anything."""

from liuhen.custody.models import CustodyEvent


class LogDown(Exception):
    pass


def kinds(subject: str) -> list[str]:
    """What the log tells of a subject, in order."""
    rows = CustodyEvent.objects.filter(subject=subject).order_by("index")
    return list(rows.values_list("kind", flat=True))
