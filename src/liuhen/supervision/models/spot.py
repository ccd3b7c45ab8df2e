"""抽查: what was announced to be drawn and how, what was drawn, and what was found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording


class SpotState(models.TextChoices):
    ANNOUNCED = "announced", _("已公布，待抽取")
    DRAWN = "drawn", _("检查中")
    CLOSED = "closed", _("已办结")
    ABANDONED = "abandoned", _("已放弃")


class Stratum(models.TextChoices):
    """By what the candidates are grouped; each group gives its share."""

    UNIT = "unit", _("科室")
    OFFICER = "officer", _("执法人员")
    MATTER = "matter", _("执法事项")
    MONTH = "month", _("月份")


class SpotCheck(models.Model):
    """`frame` is the list drawn from, as the announcement's digest was taken of it
    (`engines.drawing.frames`); the list, the rule and `root` give what was drawn, for ever.

    `strata`: joined with "/". `article` None: no regulation speaks of sampling. `reason`: why this
    ratio, or why once more, where it must be said; `repeats`: numbers of earlier ones of the same
    days. `questions`: [code, text, article], as asked then.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="spot_checks")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=SpotState.choices, default=SpotState.ANNOUNCED)
    since_date = models.DateField()
    until_date = models.DateField()
    strata = models.CharField(max_length=40, blank=True)
    percent = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    repeats = models.JSONField(default=list)
    questions = models.JSONField()
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.PositiveSmallIntegerField(null=True)
    frame = models.BinaryField()
    frame_sha256 = models.CharField(max_length=64)
    frame_size = models.PositiveIntegerField(help_text="candidates")
    has_secrets = models.BooleanField(default=False, help_text="holds what is marked secret")
    looks_until_date = models.DateField(help_text="last day for looking")
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    checkpoint_size = models.IntegerField(null=True)
    root = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, help_text="or abandoned")
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    conclusion = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="spot_percent", condition=Q(percent__gte=1) & Q(percent__lte=100)
            ),
            models.CheckConstraint(
                name="spot_drawn_from_a_root",
                condition=(Q(drawn_at=None, root="") | (Q(drawn_at__isnull=False) & ~Q(root=""))),
            ),
            models.CheckConstraint(
                name="spot_closed_with_words",
                condition=Q(closed_at=None) | (Q(closed_by__isnull=False) & ~Q(conclusion="")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-announced_at", "-id"], name="spot_newest")]

    def __str__(self) -> str:
        return self.number


class SpotChecker(models.Model):
    """Who takes part in checking."""

    check_of = models.ForeignKey(SpotCheck, models.PROTECT, related_name="checkers")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="spot_checking")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "officer"], name="spot_checker_once")
        ]

    def __str__(self) -> str:
        return f"{self.check_of_id}: {self.officer_id}"


class SpotItem(models.Model):
    """One drawn. `item` as the list has it: `activity:HD-2026-000001`, `recording:2026-000012`.

    `checker` None: every checker took part in it, somebody else has to be found.
    """

    check_of = models.ForeignKey(SpotCheck, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=300)
    item = models.CharField(max_length=40)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="spot_items")
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="spot_items")
    checker = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="spot_items")
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, help_text="since when nothing is left to answer")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "position"], name="spot_item_in_order"),
            models.UniqueConstraint(fields=["check_of", "item"], name="spot_item_once"),
            models.CheckConstraint(
                name="spot_item_is_one_thing",
                condition=Q(activity=None, recording__isnull=False)
                | Q(activity__isnull=False, recording=None),
            ),
        ]
        indexes = [models.Index(fields=["checker", "answered_at"], name="spot_item_of_checker")]

    def __str__(self) -> str:
        return f"{self.check_of_id}.{self.position}: {self.item}"


class Answer(models.TextChoices):
    YES = "yes", _("是")
    NO = "no", _("否")
    NOT_APPLICABLE = "na", _("不适用")


class SpotAnswer(models.Model):
    """To one question of the check about one item, as it stands; the log keeps every one given."""

    item = models.ForeignKey(SpotItem, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=3, choices=Answer.choices)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "question"], name="spot_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.question} {self.answer}"
