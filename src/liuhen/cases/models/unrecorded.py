"""What was not recorded, and why: exempt, interrupted, impossible to go on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models.activities import Activity
from liuhen.engines.policy.vocabulary import Cause
from liuhen.people.models import Officer
from liuhen.recordings.models import Mark


class CauseKind(models.TextChoices):
    """`engines.policy.vocabulary.Cause`, for where the regulation's own words do not stand."""

    DEVICE_FAILURE = Cause.DEVICE_FAILURE, _("设备故障或者损坏")
    BATTERY = Cause.BATTERY, _("电池电量不足")
    STORAGE = Cause.STORAGE, _("存储空间不足")
    WEATHER = Cause.WEATHER, _("天气情况恶劣")
    OBSTRUCTION = Cause.OBSTRUCTION, _("受到阻挠")
    FORCE_MAJEURE = Cause.FORCE_MAJEURE, _("不可抗力")
    CHANGE_OF_PLACE = Cause.CHANGE_OF_PLACE, _("变更地点")
    EXPLOSIVE_AREA = Cause.EXPLOSIVE_AREA, _("易燃易爆场所无防爆设备")
    SECRECY = Cause.SECRECY, _("涉及国家秘密、商业秘密或者个人隐私")
    URGENT = Cause.URGENT, _("情况紧急")
    OBJECTIVE = Cause.OBJECTIVE, _("其他客观原因")
    EVIDENCE_NEEDS = Cause.EVIDENCE_NEEDS, _("取证需要")


class PaperState(models.TextChoices):
    """Of a work record or a consent asked for beforehand. `entered`: no paper is asked for."""

    ENTERED = "entered", _("已登记")
    DRAFT = "draft", _("待补写工作记录")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回补正")
    APPROVED = "approved", _("审核同意")
    REFUSED = "refused", _("不同意")
    FILED = "filed", _("已归档")


class Paper(models.Model):
    """What exemptions and interruptions share: the written account, and who decides on it.

    `pack_id` and `article` are the rule it rests on, as answered when it was made; `posts` are
    who may decide, `engines.policy.vocabulary.Post` words joined by "/".
    """

    cause = models.CharField(max_length=20, choices=CauseKind.choices)
    reason = models.CharField(max_length=1000, help_text="what happened")
    basis = models.CharField(max_length=500, blank=True, help_text="what it rests on")
    pack_id = models.CharField(max_length=50)
    article = models.IntegerField(null=True)
    posts = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=PaperState.choices)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    opinion = models.CharField(max_length=500, blank=True)
    filed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Exemption(Paper):
    """免予记录. `is_prior`: consent is asked before the activity, else a record written after."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="exemptions")
    is_prior = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=~Q(state=PaperState.REFUSED),
                name="exemption_once",
            ),
            models.CheckConstraint(
                name="exemption_not_decided_by_oneself",
                condition=Q(decided_by=None) | ~Q(decided_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="exemption_not_decided_by_who_handed_it_in",
                condition=Q(decided_by=None)
                | Q(submitted_by=None)
                | ~Q(decided_by=F("submitted_by")),
            ),
        ]
        indexes = [models.Index(fields=["state", "-entered_at"], name="exemption_by_state")]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.cause}"


class Interruption(Paper):
    """中止记录: a stretch in which nothing was recorded. `until_at` None: never resumed.

    `mark`: where on a recording the reason is said aloud.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="interruptions")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    mark = models.ForeignKey(Mark, models.PROTECT, null=True, related_name="interruptions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interruption_ends_after_it_begins",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
            ),
            models.CheckConstraint(
                name="interruption_not_decided_by_oneself",
                condition=Q(decided_by=None) | ~Q(decided_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="interruption_not_decided_by_who_handed_it_in",
                condition=Q(decided_by=None)
                | Q(submitted_by=None)
                | ~Q(decided_by=F("submitted_by")),
            ),
        ]
        indexes = [models.Index(fields=["activity", "from_at"], name="interruption_of_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.from_at}"


class StopReport(models.Model):
    """无法继续记录: told to the posts at once, the written statement after it."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="stop_reports")
    interruption = models.ForeignKey(
        Interruption, models.PROTECT, null=True, related_name="stop_reports"
    )
    cause = models.CharField(max_length=20, choices=CauseKind.choices)
    reason = models.CharField(max_length=1000)
    pack_id = models.CharField(max_length=50)
    article = models.IntegerField(null=True)
    posts = models.CharField(max_length=200)
    needs_statement = models.BooleanField()
    stopped_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    statement = models.CharField(max_length=2000, blank=True)
    stated_at = models.DateTimeField(null=True)
    stated_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["activity", "-reported_at"], name="stop_of_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.stopped_at}"
