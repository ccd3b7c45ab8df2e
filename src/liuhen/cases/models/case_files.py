"""Cases (案件) with their parties and officers, and the papers in their files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models.parties import Party
from liuhen.people.models import Agency, Officer, Unit


class Case(models.Model):
    """`term` is the case file's: an ISO 8601 period ("P10Y"), `permanent`, or "" where nobody
    has said yet. `closed_date` None: under way."""

    PERMANENT = "permanent"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases")
    case_no = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="cases")
    opened_date = models.DateField()
    closed_date = models.DateField(null=True)
    term = models.CharField(max_length=20, blank=True)
    is_major = models.BooleanField(default=False, help_text="major or complex")
    summary = models.CharField(max_length=1000, blank=True)
    parties = models.ManyToManyField(Party, through="CaseParty", related_name="cases")
    officers = models.ManyToManyField(
        Officer, through="CaseOfficer", through_fields=("case", "officer"), related_name="cases"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "case_no"], name="case_no_once_per_agency"),
            models.CheckConstraint(
                name="case_closed_after_it_opened",
                condition=Q(closed_date=None) | Q(closed_date__gte=F("opened_date")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-added_at", "-id"], name="case_newest_first"),
            models.Index(fields=["unit", "-added_at", "-id"], name="case_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} {self.name}"


class CaseParty(models.Model):
    class Part(models.TextChoices):
        PARTY = "party", _("当事人")
        THIRD_PARTY = "third_party", _("第三人")
        WITNESS = "witness", _("证人")

    case = models.ForeignKey(Case, models.PROTECT, related_name="case_parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="case_parties")
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.PARTY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "party"], name="case_party_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.party_id}"


class CaseOfficer(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="case_officers")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="case_officers")
    is_lead = models.BooleanField(default=False, help_text="主办")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "officer"], name="case_officer_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.officer_id}"


class DocumentKind(models.TextChoices):
    INSPECTION_RECORD = "inspection_record", _("现场检查（勘验）笔录")
    INQUIRY_RECORD = "inquiry_record", _("询问（调查）笔录")
    EVIDENCE = "evidence", _("证据材料")
    REGISTRATION = "registration", _("先行登记保存文书")
    COERCIVE_MEASURE = "coercive_measure", _("行政强制文书")
    NOTICE = "notice", _("告知书")
    HEARING = "hearing", _("听证文书")
    DECISION = "decision", _("决定书")
    SERVICE = "service", _("送达回证")
    APPROVAL = "approval", _("内部审批文书")
    WORK_RECORD = "work_record", _("工作记录、情况说明")
    LETTER = "letter", _("调阅函、介绍信")
    IDENTITY = "identity", _("身份证件")
    OTHER = "other", _("其他材料")


class Document(models.Model):
    """A paper, kept in the vault as recordings are: its bytes and digests never change. One put
    in by mistake is withdrawn with a reason and stays.

    `request_no`: it came with an access request or an inquiry into a breach, which stand in rooms
    above and are named, not linked; such a paper is shown with them alone."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="documents")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="documents")
    activity = models.ForeignKey(
        "cases.Activity", models.PROTECT, null=True, related_name="documents"
    )
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="documents")
    request_no = models.CharField(max_length=20, null=True)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    title = models.CharField(max_length=200)
    doc_no = models.CharField(max_length=100, blank=True)
    made_date = models.DateField(null=True)
    original_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    vault_key = models.CharField(max_length=255)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_belongs",
                condition=Q(case__isnull=False)
                | Q(activity__isnull=False)
                | Q(party__isnull=False)
                | Q(request_no__isnull=False),
            ),
            models.CheckConstraint(
                name="document_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None)
                | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-added_at"], name="document_of_case"),
            models.Index(fields=["activity", "-added_at"], name="document_of_activity"),
            models.Index(fields=["party", "-added_at"], name="document_of_party"),
            models.Index(
                fields=["request_no", "-added_at"],
                condition=Q(request_no__isnull=False),
                name="document_of_request",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StagedDocument(models.Model):
    """The intent written before the vault is touched: what stands there soon, and under which key.

    Gone once the document's row is written, in one transaction with it. `facts` are the row's.
    """

    uid = models.CharField(max_length=40, unique=True)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    vault_key = models.CharField(max_length=255)
    staged_at = models.DateTimeField()
    staged_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.uid
