"""How far verdicts have followed the log."""

from django.db import models


class JudgingCursor(models.Model):
    """The first event not looked at yet. One row."""

    next_index = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.next_index)
