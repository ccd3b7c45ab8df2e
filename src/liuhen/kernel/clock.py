from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
"""The zone of every officer, form and folder; storage is UTC."""


def now() -> datetime:
    """This instant, aware, UTC. Called at the edges only; operations are given `at=`."""
    return datetime.now(UTC)


def in_china(instant: datetime) -> datetime:
    """The same instant as the officer's wall clock shows it; `instant` is aware."""
    return instant.astimezone(CHINA)


def midnight(day: date) -> datetime:
    """When `day` begins in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)
