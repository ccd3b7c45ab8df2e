"""调阅: requests to see or take recordings, their steps, what was granted, and who looked.

A request's chain of steps is written down when it is handed in: a rule changed afterwards changes
the next request. Each time it is handed in again is a new round of steps.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.access.assignment_models import Assignment
from liuhen.access.extraction_models import Extraction, ExtractionItem, ExtractionState
from liuhen.cases.models import Activity, Case
from liuhen.engines.policy.vocabulary import Act, RequestKind
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording

__all__ = [
    "AskedFor", "Assignment", "Decision", "Extraction", "ExtractionItem", "ExtractionState",
    "Grant", "Request", "RequestItem", "RequestState", "Step", "StepAct", "Viewing",
]  # fmt: skip


class AskedFor(models.TextChoices):
    """Which chain of the regulation it takes (`engines.policy.vocabulary.RequestKind`)."""

    OWN_CASE = RequestKind.OWN_CASE, _("查阅本人承办案件的资料")
    VIEW = RequestKind.VIEW, _("因工作需要查阅")
    CASE_WORK = RequestKind.CASE_WORK, _("涉法涉诉、执法监督、案情研判调取")
    COPY = RequestKind.COPY, _("复制")
    EVIDENCE = RequestKind.EVIDENCE, _("作为证据提取")
    OFFICIAL = RequestKind.OFFICIAL, _("司法机关等部门调取")
    PARTY = RequestKind.PARTY, _("当事人、代理人查阅")
    PUBLICATION = RequestKind.PUBLICATION, _("公开使用")


class RequestState(models.TextChoices):
    ASKED = "asked", _("待审批")
    RETURNED = "returned", _("退回补正")
    REFUSED = "refused", _("不同意")
    GRANTED = "granted", _("已批准")
    NO_SUCH = "no_such", _("查无此资料")
    ENDED = "ended", _("已结束")
    WITHDRAWN = "withdrawn", _("已撤回")


class Request(models.Model):
    """调阅申请. `sought`: what is looked for in words, until the custodian finds it or answers
    that there is none, with `search`, the search made.

    `organ`, `person` and what follows: the outsider for whom somebody here asks. `article` None:
    no regulation says who decides; `letter`: the chain wants a letter and proof of identity.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="access_requests")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=AskedFor.choices)
    state = models.CharField(max_length=10, choices=RequestState.choices)
    round = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=500)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="access_requests")
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, related_name="access_requests"
    )
    recordings = models.ManyToManyField(
        Recording, through="RequestItem", related_name="access_requests"
    )
    sought = models.CharField(max_length=500, blank=True)
    search = models.CharField(max_length=500, blank=True)
    organ = models.CharField(max_length=100, blank=True)
    letter_no = models.CharField(max_length=100, blank=True)
    person = models.CharField(max_length=50, blank=True)
    identity = models.CharField(max_length=50, blank=True, help_text="shown in part only")
    wants_copy = models.BooleanField(default=False)
    wanted_until = models.DateField()
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="access_requests")
    asked_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(help_text="in this round")
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.PositiveSmallIntegerField(null=True)
    letter = models.BooleanField(default=False)
    evidence_note = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, help_text="decided, answered or withdrawn")
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="request_no_such_with_its_search",
                condition=~Q(state=RequestState.NO_SUCH) | ~Q(search=""),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-asked_at", "-id"], name="request_newest"),
            models.Index(fields=["asked_by", "-asked_at", "-id"], name="request_by_asker"),
            models.Index(
                fields=["agency", "-handed_in_at"],
                condition=Q(state=RequestState.ASKED),
                name="request_pending",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RequestItem(models.Model):
    request = models.ForeignKey(Request, models.PROTECT, related_name="items")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="request_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "recording"], name="request_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.recording_id}"


class StepAct(models.TextChoices):
    REVIEW = Act.REVIEW, _("审核")
    APPROVE = Act.APPROVE, _("批准")


class Decision(models.TextChoices):
    PENDING = "", _("待办理")
    APPROVED = "approved", _("同意")
    REFUSED = "refused", _("不同意")
    RETURNED = "returned", _("退回补正")


class Step(models.Model):
    """One decision of the chain; any one of `posts` (joined with "/") takes it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    posts = models.CharField(max_length=200)
    act = models.CharField(max_length=10, choices=StepAct.choices)
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.PENDING, blank=True
    )
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="access_steps")
    decided_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "round", "position"], name="step_once_a_round"
            ),
            models.CheckConstraint(
                name="step_decided_by_somebody",
                condition=Q(decision=Decision.PENDING, decided_at=None, decided_by=None)
                | (
                    ~Q(decision=Decision.PENDING)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index(fields=["decided_by", "-decided_at"], name="step_by_decider")]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.round}.{self.position}: {self.posts}"


class Grant(models.Model):
    """What a request gave: one recording, one person, until a moment. `officer` None: for the
    outsider the request names, to whom the custodian shows or hands it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="grants")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="grants")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="grants")
    may_copy = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "recording"], name="granted_once"),
            models.CheckConstraint(name="grant_lasts", condition=Q(until__gt=F("from_at"))),
            models.CheckConstraint(
                name="grant_revoked_with_a_reason",
                condition=Q(revoked_at=None)
                | (Q(revoked_by__isnull=False) & ~Q(revoked_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["recording", "officer", "until"], name="grant_on_recording"),
            models.Index(fields=["officer", "-from_at"], name="grant_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.recording_id}"


class Viewing(models.Model):
    """A line of 调阅登记簿: who opened which recording, for whom, why, when, and how long.

    `ground`: by what right (`access.rights.Ground`), `article` the one it rests on. `seconds`
    None: still open, or the player was cut off.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="viewings")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="viewings")
    viewer = models.ForeignKey(Officer, models.PROTECT, related_name="viewings")
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="viewings")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="viewings")
    for_whom = models.CharField(max_length=200, blank=True, help_text="the outsider shown to")
    what = models.CharField(max_length=10, default="view")
    ground = models.CharField(max_length=20)
    article = models.PositiveSmallIntegerField(null=True)
    purpose = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-opened_at", "-id"], name="viewing_newest"),
            models.Index(fields=["recording", "-opened_at", "-id"], name="viewing_of_recording"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id}: {self.recording_id} {self.opened_at}"
