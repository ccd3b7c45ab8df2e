"""评查: by which form, what was looked at, how it was scored, objected to, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity
from liuhen.people.models import Agency, Officer, Unit
from liuhen.recordings.models import Recording


class ReviewForm(models.Model):
    """A version of the bureau's own form, in force from its day on. `lines` as
    `packs.review_forms.FormLine`."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="review_forms")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    lines = models.JSONField()
    good = models.PositiveSmallIntegerField()
    pass_from = models.PositiveSmallIntegerField()
    from_date = models.DateField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "version"], name="review_form_version")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.version}"


class ReviewState(models.TextChoices):
    OPENED = "opened", _("待抽取")
    SCORING = "scoring", _("评查中")
    ANNOUNCED = "announced", _("结果已通知")
    CLOSED = "closed", _("已办结")
    ABANDONED = "abandoned", _("已放弃")


class Review(models.Model):
    """`form_*`: the form as it was when the review was opened. `percent` None: what is reviewed was
    chosen, `reason` says why. `root`: the log's, by which it was drawn. `article` None: no
    regulation asks for it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reviews")
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.OPENED)
    since_date = models.DateField()
    until_date = models.DateField()
    percent = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    root = models.CharField(max_length=64, blank=True)
    form_version = models.PositiveSmallIntegerField(help_text="0: the one offered")
    form_title = models.CharField(max_length=100)
    form_lines = models.JSONField()
    good = models.PositiveSmallIntegerField()
    pass_from = models.PositiveSmallIntegerField()
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reviewers = models.ManyToManyField(Officer, related_name="reviewing")
    announced_at = models.DateTimeField(null=True)
    object_by_date = models.DateField(null=True, help_text="last day for objections")
    closed_at = models.DateTimeField(null=True, help_text="or abandoned")
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    conclusion = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_drawn_or_chosen",
                condition=Q(percent__gte=1, percent__lte=100) | (Q(percent=None) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="review_days", condition=Q(until_date__gte=F("since_date"))
            ),
            models.CheckConstraint(
                name="review_closed_with_words",
                condition=Q(closed_at=None) | (Q(closed_by__isnull=False) & ~Q(conclusion="")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-opened_at", "-id"], name="review_newest")]

    def __str__(self) -> str:
        return self.number


class ReviewReplacement(models.Model):
    """One reviewer in another's place. `done`: positions scored in that place before, which the
    successor does not score again."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="replacements")
    former = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    done = models.JSONField(default=list)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_replacement_by_another", condition=~Q(former=F("successor"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.former_id} → {self.successor_id}"


class ReviewItem(models.Model):
    """One activity or recording reviewed, and whose it is. `score` is of 100, one decimal; with
    `is_out` something was found that counts more than any points."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="review_items")
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="review_items")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="review_items")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="review_items")
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    is_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="review_item_in_order"),
            models.CheckConstraint(
                name="review_item_is_one_thing",
                condition=Q(activity=None, recording__isnull=False)
                | Q(activity__isnull=False, recording=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}.{self.position}"


class ReviewScore(models.Model):
    """One reviewer's sheet of one item. `lost`: [line, points taken off]; `out`: knock-out lines
    found. Lines count from 1."""

    item = models.ForeignKey(ReviewItem, models.PROTECT, related_name="scores")
    reviewer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    lost = models.JSONField(default=list)
    out = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)
    total = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "reviewer"], name="review_scored_once"),
            models.CheckConstraint(name="review_score_of_100", condition=Q(total__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.reviewer_id} {self.total}"


class ObjectionState(models.TextChoices):
    RAISED = "raised", _("待答复")
    UPHELD = "upheld", _("异议成立")
    REJECTED = "rejected", _("维持原结果")


class ReviewObjection(models.Model):
    """Once for each thing reviewed; decided on by somebody else than its reviewers."""

    item = models.OneToOneField(ReviewItem, models.PROTECT, related_name="objection")
    state = models.CharField(
        max_length=8, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )
    reason = models.CharField(max_length=1000)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reply = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_objection_answered",
                condition=Q(state=ObjectionState.RAISED, decided_at=None)
                | (~Q(state=ObjectionState.RAISED) & Q(decided_by__isnull=False) & ~Q(reply="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"
