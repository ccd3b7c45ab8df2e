from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models import Device
from liuhen.people.models import Agency, Officer, Unit
from liuhen.recordings.models import Recording


class DutyKind(models.TextChoices):
    """Down to `statement` they come from records, the others from the calendar."""

    HANDOVER = "handover", _("按时移交音像资料")
    IDENTIFY = "identify", _("确认使用人")
    SHORTFALL = "shortfall", _("补足设备配备")
    REPAIR = "repair", _("处理设备报修")
    LOSS = "loss", _("查处设备遗失")
    WORK_RECORD = "work_record", _("补写工作记录")
    PAPER_REVIEW = "paper_review", _("审核未记录材料")
    STOP_REPORT = "stop_report", _("阅知无法继续记录报告")
    STATEMENT = "statement", _("提交书面说明")
    INSPECTION = "inspection", _("监督检查")
    REVIEW = "review", _("音像资料评查")
    DAILY_CHECK = "daily_check", _("日常检查")
    COLLECTION = "collection", _("收回设备")
    PLAYBACK = "playback", _("调阅回放检查")
    BUDGET = "budget", _("编列年度经费")
    DISC_CHECK = "disc_check", _("检查光盘")
    CORRECTION = "correction", _("整改")


class DutyState(models.TextChoices):
    """As stored; overdue is an open one whose time has passed."""

    OPEN = "open", _("待办")
    DONE = "done", _("按时办结")
    DONE_LATE = "done_late", _("逾期办结")
    WAIVED = "waived", _("已免办")


class Duty(models.Model):
    """One thing the regulation says must happen. Made once from what happened; dated again only
    where what stood in for a missing fact gives way to the fact (`redating`).

    `owner` is the person, else `post` says whose duty it is (`engines.policy.Post`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="duties")
    key = models.CharField(max_length=100, help_text="what it comes from; once per bureau")
    kind = models.CharField(max_length=12, choices=DutyKind.choices)
    pack_id = models.CharField(max_length=50)
    article = models.IntegerField()
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="duties")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="duties")
    owner = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="duties")
    post = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField(help_text="when the time began to run")
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    overdue_noted_at = models.DateTimeField(null=True)
    breach_no = models.IntegerField(
        null=True, help_text="item of the breaches it is a candidate of"
    )
    breach_article = models.IntegerField(null=True)
    facts = models.JSONField(default=dict, help_text="the ground: code and facts, as answered then")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="duty_once"),
            models.CheckConstraint(
                name="duty_closed",
                condition=Q(state=DutyState.OPEN, closed_at=None)
                | (~Q(state=DutyState.OPEN) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="duty_waived_by_someone_with_a_reason",
                condition=~Q(state=DutyState.WAIVED) | (Q(closed_by__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_at", "id"], name="duty_soonest"),
            models.Index(fields=["owner", "state", "due_at", "id"], name="duty_of_owner"),
            models.Index(fields=["unit", "state", "due_at", "id"], name="duty_of_unit"),
            models.Index(fields=["agency", "post", "state", "due_at", "id"], name="duty_of_post"),
            models.Index(fields=["agency", "-closed_at", "-id"], name="duty_newest_closed"),
            models.Index(fields=["state", "overdue_noted_at", "due_at"], name="duty_to_note"),
            # All that an article's figures are counted from: the rows themselves are not read.
            models.Index(
                fields=["agency", "pack_id", "closed_at", "article", "state", "due_at"],
                name="duty_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.key}"


class Cursor(models.Model):
    """How far duties have been derived: in the log, and in the calendar. One row."""

    next_index = models.BigIntegerField(default=0)
    calendar_until = models.DateField(null=True, help_text="last day whose duties were made")

    def __str__(self) -> str:
        return str(self.next_index)
