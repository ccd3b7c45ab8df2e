"""The tables of prepared counts."""

from liuhen.statistics.models.events import EventCount, LogCursor
from liuhen.statistics.models.tallies import Level, Span, StaleDay, Tally

__all__ = ["EventCount", "Level", "LogCursor", "Span", "StaleDay", "Tally"]
