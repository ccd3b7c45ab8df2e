"""What may be a breach of the regulation, from the first sign to what was decided."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity
from liuhen.custody.kinds import Kind
from liuhen.devices.models import Device
from liuhen.duties.models import Duty
from liuhen.engines.policy.vocabulary import Sign
from liuhen.people.models import Agency, Officer, Unit
from liuhen.recordings.models import Recording


class BreachSource(models.TextChoices):
    """Where a lead comes from: the first nine the system finds, the rest somebody enters."""

    DUTY = "duty", _("应办事项逾期")
    NOT_RECORDED = Sign.NOT_RECORDED, _("应当记录而没有记录")
    GAP = Sign.GAP, _("记录间断而未说明")
    LATE_RECORDING = Sign.LATE_RECORDING, _("事后补录")
    MISUSE = Sign.MISUSE, _("非执法使用")
    TAMPERED = Sign.TAMPERED, _("资料不符或者有编辑痕迹")
    DENIED = Sign.DENIED, _("多次未获准查看")
    LOST = Sign.LOST, _("设备遗失")
    SPOT_CHECK = Sign.SPOT_CHECK, _("抽查不合格")
    REPORT = "report", _("举报")
    ORDERED = "ordered", _("领导交办")
    TRANSFERRED = "transferred", _("其他部门移送")
    INSPECTION = "inspection", _("检查发现")


BY_HAND = (
    BreachSource.REPORT,
    BreachSource.ORDERED,
    BreachSource.TRANSFERRED,
    BreachSource.INSPECTION,
)


class BreachState(models.TextChoices):
    CANDIDATE = "candidate", _("待核实")
    DISMISSED = "dismissed", _("已排除")
    INQUIRY = "inquiry", _("调查中")
    PROPOSED = "proposed", _("待决定")
    DECIDED = "decided", _("已决定追究")
    CLEARED = "cleared", _("不予追究")
    APPEALED = "appealed", _("申诉复核中")
    UPHELD = "upheld", _("申诉后维持")
    REVOKED = "revoked", _("决定已撤销")


STANDING = (BreachState.DECIDED, BreachState.APPEALED, BreachState.UPHELD)
"""Where a decision stands against somebody. An appeal leaves it in force until it is decided on."""


class Breach(models.Model):
    """One lead, and what came of it. Its columns say how it stands, its steps how it came so.

    `key` says what it was made from; the same fact makes no second one. Rules are those of
    `happened_at`, of a duty those of the day it began. `officer` None: nobody is named yet.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="breaches")
    number = models.CharField(max_length=20, unique=True)
    source = models.CharField(max_length=16, choices=BreachSource.choices)
    key = models.CharField(max_length=100)
    state = models.CharField(
        max_length=10, choices=BreachState.choices, default=BreachState.CANDIDATE
    )
    text = models.CharField(max_length=2000, help_text="what happened, as it was found or told")
    happened_at = models.DateTimeField()
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", help_text="None: the system"
    )
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.IntegerField(null=True, help_text="with the item, what breach it may be")
    item_no = models.IntegerField(null=True)
    item_text = models.CharField(max_length=500, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="breaches")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="breaches")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="breaches")
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="breaches")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="breaches")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="breaches")
    told_at = models.DateTimeField(null=True, help_text="since when the person concerned knows")
    state_by_date = models.DateField(null=True, help_text="last day for their statement")
    heard_at = models.DateTimeField(null=True)
    consulted_at = models.DateTimeField(null=True, help_text="since when the legal office sees it")
    finding = models.CharField(max_length=4000, blank=True, help_text="the facts as found")
    proposed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    proposed = models.JSONField(default=list, help_text="codes of the pack's sanctions")
    correct_by_date = models.DateField(null=True)
    decision_no = models.CharField(max_length=20, null=True, unique=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    suspended_until = models.DateField(null=True)
    no_awards_year = models.IntegerField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="breach_once"),
            models.CheckConstraint(name="breach_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="breach_beyond_a_lead_is_somebodys",
                condition=Q(state__in=[BreachState.CANDIDATE, BreachState.DISMISSED])
                | Q(officer__isnull=False),
            ),
            models.CheckConstraint(
                name="breach_decided_by_two",
                condition=Q(decided_by=None)
                | (Q(proposed_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="breach_nobody_decides_on_themselves",
                condition=Q(decided_by=None) | ~Q(decided_by=F("officer")),
            ),
            models.CheckConstraint(
                name="breach_decision_is_whole",
                condition=Q(decision_no=None, decided_at=None, decided_by=None)
                | Q(decision_no__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-found_at", "-id"], name="breach_newest"),
            models.Index(fields=["agency", "state", "-found_at", "-id"], name="breach_by_state"),
            models.Index(fields=["officer", "-decided_at", "-id"], name="breach_of_officer"),
        ]

    def __str__(self) -> str:
        return self.number


class BreachStep(models.Model):
    """One thing done about it, in its own words. The log holds its digest
    (`course.digest_of_step`).

    `kind` is the event's (`custody.Kind`); `n` counts the steps of one breach from 1.
    """

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="steps")
    n = models.IntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=4000, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "n"], name="breach_step_once")]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.n}"

    def get_kind_display(self) -> str:
        return str(Kind(self.kind).label)


class BreachSanction(models.Model):
    """One of the pack's sanctions that was decided, in the pack's words of then."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="sanctions")
    code = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    article = models.IntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)  # as the regulation lists them
        constraints = [
            models.UniqueConstraint(fields=["breach", "code"], name="breach_sanction_once"),
            models.CheckConstraint(
                name="breach_sanction_done_by_somebody",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.code}"


class BreachCursor(models.Model):
    """How far the log has been read for leads. One row."""

    next_index = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.next_index)
