"""The folder tree on an external disk: each run that brought it up to date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Officer


class TreeState(models.TextChoices):
    QUEUED = "queued", _("等待导出")
    RUNNING = "running", _("正在导出")
    DONE = "done", _("已完成")
    STOPPED = "stopped", _("未完成")


class TreeExport(models.Model):
    """One run asked for on a page. The counts are files: copied anew, there before, moved to
    where they belong now, and left alone because something else bears their name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tree_exports")
    place = models.CharField(max_length=500)
    reason = models.CharField(max_length=200)
    since_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=TreeState.choices, default=TreeState.QUEUED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    done_bytes = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    copied = models.IntegerField(default=0)
    there = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    conflicts = models.IntegerField(default=0)
    folder = models.CharField(max_length=500, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(state__in=[TreeState.QUEUED, TreeState.RUNNING]),
                name="tree_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["agency", "-asked_at", "-id"], name="tree_newest_first")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.place}"
