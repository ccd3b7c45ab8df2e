"""Appraisal (鉴定), the disposal register (销毁清册) to its execution, and the log's time."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording


class Worth(models.TextChoices):
    KEEP = "keep", _("继续保存")
    NONE = "none", _("无保存价值")


class Appraisal(models.Model):
    """The custodian's word on a recording whose term is over.

    `keep_until_date` None with `worth` KEEP: for good. `ended_at`: a later word took its place, or
    the disposal it led to was given up; the row stays.
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="appraisals")
    worth = models.CharField(max_length=4, choices=Worth.choices)
    keep_until_date = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    appraised_at = models.DateTimeField()
    appraised_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording"], condition=Q(ended_at=None), name="appraisal_one_stands"
            ),
            models.CheckConstraint(name="appraisal_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="appraisal_until_only_if_kept",
                condition=Q(keep_until_date=None) | Q(worth=Worth.KEEP),
            ),
        ]
        indexes = [
            models.Index(
                fields=["worth", "keep_until_date"],
                condition=Q(ended_at=None),
                name="appraisal_standing",
            ),
            models.Index(fields=["-appraised_at", "-id"], name="appraisal_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.worth}"


class DisposalState(models.TextChoices):
    DRAFT = "draft", _("编制中")
    SUBMITTED = "submitted", _("待审核")
    REVIEWED = "reviewed", _("待批准")
    RETURNED = "returned", _("已退回")
    WAITING = "waiting", _("已批准，等待监销")
    EXECUTING = "executing", _("正在销毁")
    DONE = "done", _("已销毁")
    REVOKED = "revoked", _("已撤销")


class DisposalList(models.Model):
    """A register of what is to go. What leads from which state to which: `disposal_states`.

    `approved_log_at`: the log's own time (`log_time`) at the approval: the waiting period must be
    over by both clocks. `fonds_no` is the archive's 全宗号, "" where it has none.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="disposals")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=DisposalState.choices)
    fonds_no = models.CharField(max_length=50, blank=True)
    reason = models.CharField(max_length=500)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    review = models.CharField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_log_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    approval = models.CharField(max_length=500, blank=True)
    wait_days = models.PositiveIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    returned_for = models.CharField(max_length=500, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    revoked_for = models.CharField(max_length=500, blank=True)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True, help_text="why it stands still")

    class Meta:
        constraints = [
            models.CheckConstraint(name="disposal_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="disposal_not_reviewed_by_its_author",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("drawn_by")),
            ),
            models.CheckConstraint(
                name="disposal_approved_by_a_third",
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("drawn_by")) & ~Q(approved_by=F("reviewed_by"))),
            ),
            models.CheckConstraint(
                name="disposal_begun_after_approval",
                condition=Q(begun_at=None)
                | Q(
                    approved_by__isnull=False,
                    reviewed_by__isnull=False,
                    begun_at__gt=F("approved_at"),
                ),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-drawn_at", "-id"], name="disposal_newest")]

    def __str__(self) -> str:
        return self.number

    def waits_until(self, since: datetime | None) -> datetime | None:
        """When the waiting period that began `since` is over, by the clock that says so; None: it
        does not wait."""
        if self.state != DisposalState.WAITING or since is None or self.wait_days is None:
            return None
        return since + timedelta(days=self.wait_days)


class DisposalWitness(models.Model):
    """Two persons who confirm, each by their own sign-in, that it goes (监销人)."""

    disposal = models.ForeignKey(DisposalList, models.PROTECT, related_name="witnesses")
    place = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disposal", "officer"], name="witness_once"),
            models.UniqueConstraint(fields=["disposal", "place"], name="witness_place_once"),
            models.CheckConstraint(name="witness_first_or_second", condition=Q(place__in=(1, 2))),
        ]

    def __str__(self) -> str:
        return f"{self.disposal_id}: {self.officer_id}"


class ItemState(models.TextChoices):
    LISTED = "listed", _("列入")
    TAKEN_OUT = "taken_out", _("已移出")
    LEAVING = "leaving", _("正在销毁")
    GONE = "gone", _("已销毁")
    SPARED = "spared", _("未予销毁")


class DisposalItem(models.Model):
    """One line of the register, as it was when drawn; its columns are the form's.

    `why`: the code of what spared it at the last moment. `is_live`: on a register that may still
    be executed, or was; a recording is on one such register at most.
    """

    disposal = models.ForeignKey(DisposalList, models.PROTECT, related_name="items")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="disposal_items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    year = models.PositiveIntegerField()
    archive_no = models.CharField(max_length=100)
    term_text = models.CharField(max_length=100, help_text="应保管期限")
    kept_text = models.CharField(max_length=50, help_text="已保管期限")
    due_at = models.DateTimeField(help_text="when its term was over")
    remarks = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.LISTED)
    is_live = models.BooleanField(default=True)
    why = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording"], condition=Q(is_live=True), name="disposal_item_on_one_list"
            ),
            models.UniqueConstraint(
                fields=["disposal", "position"], name="disposal_item_in_its_place"
            ),
        ]
        indexes = [models.Index(fields=["disposal", "state"], name="disposal_item_by_state")]

    def __str__(self) -> str:
        return f"{self.disposal_id}/{self.position}"


class LogTime(models.Model):
    """How much time the log has lived through, event by event (`retention.log_time`). One row.

    A memory aid: computed again from the first event it must come out the same.
    """

    size = models.IntegerField(help_text="events counted in")
    last_at = models.DateTimeField(help_text="what the last of them said")
    lived_at = models.DateTimeField(help_text="the log's own time then")

    def __str__(self) -> str:
        return f"{self.size} events: {self.lived_at:%Y-%m-%dT%H:%M:%SZ}"
