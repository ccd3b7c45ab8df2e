"""The tables of prepared counts."""

from liuhen.statistics.models.events import EventCount, LogCursor

__all__ = ["EventCount", "LogCursor"]
