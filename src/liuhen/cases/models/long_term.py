"""What makes a recording one to keep for good (长期保存), as somebody who looked at it said."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models.activities import Activity
from liuhen.cases.models.case_files import Case
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording


class TriggerKind(models.TextChoices):
    """In the words of `engines.policy.vocabulary.Trigger`."""

    OBJECTION = Trigger.OBJECTION, _("当事人有异议")
    COMPLAINT = Trigger.COMPLAINT, _("投诉")
    PETITION = Trigger.PETITION, _("信访、上访")
    EVASION = Trigger.EVASION, _("逃避、拒绝执法")
    OBSTRUCTION = Trigger.OBSTRUCTION, _("阻碍执法")
    ABUSE = Trigger.ABUSE, _("谩骂、侮辱、殴打执法人员")
    MASS_INCIDENT = Trigger.MASS_INCIDENT, _("群体性事件")
    SUDDEN_INCIDENT = Trigger.SUDDEN_INCIDENT, _("突发事件")
    MAJOR_CASE = Trigger.MAJOR_CASE, _("重大、复杂案件")
    SENSITIVE = Trigger.SENSITIVE, _("敏感情况")


class LongTermMark(models.Model):
    """Of one recording, or of all that an activity or a case has now or gets later.

    One set by mistake is lifted by somebody else, with a reason, and stays on record.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="long_term_marks")
    recording = models.ForeignKey(
        Recording, models.PROTECT, null=True, related_name="long_term_marks"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, related_name="long_term_marks"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="long_term_marks")
    trigger = models.CharField(max_length=20, choices=TriggerKind.choices)
    reason = models.CharField(max_length=500)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    lift_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="long_term_of_one_thing",
                condition=Q(recording__isnull=False, activity=None, case=None)
                | Q(recording=None, activity__isnull=False, case=None)
                | Q(recording=None, activity=None, case__isnull=False),
            ),
            models.CheckConstraint(name="long_term_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="long_term_lifted_by_another",
                condition=Q(lifted_at=None)
                | (Q(lifted_by__isnull=False) & ~Q(lifted_by=F("marked_by")) & ~Q(lift_reason="")),
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "trigger"],
                    condition=Q(lifted_at=None, **{f"{name}__isnull": False}),
                    name=f"long_term_once_on_{name}",
                )
                for name in ("recording", "activity", "case")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id or self.activity_id or self.case_id}: {self.trigger}"
