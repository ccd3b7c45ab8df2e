"""The bureau's matter list (音像记录事项清单): what has to be recorded, line by line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.vocabulary import Matter
from liuhen.people.models import Agency, Officer


class MatterKind(models.TextChoices):
    """How a regulation calls it (`engines.policy.vocabulary.Matter`)."""

    ON_SITE = Matter.ON_SITE, _("现场执法")
    INSPECTION = Matter.INSPECTION, _("日常检查")
    COMPLAINT_CALL = Matter.COMPLAINT_CALL, _("投诉举报现场处置")
    INVESTIGATION = Matter.INVESTIGATION, _("调查取证")
    REGISTRATION = Matter.REGISTRATION, _("证据先行登记保存")
    SERVICE = Matter.SERVICE, _("送达文书")
    SERVICE_BY_LEAVING = Matter.SERVICE_BY_LEAVING, _("留置送达")
    SERVICE_BY_NOTICE = Matter.SERVICE_BY_NOTICE, _("公告送达")
    COERCIVE_MEASURE = Matter.COERCIVE_MEASURE, _("行政强制措施")
    HEARING = Matter.HEARING, _("听证")
    OTHER = Matter.OTHER, _("其他执法活动")


class ListedMatter(models.Model):
    """One line, as the bureau published it. Lines leave the list by `dropped_at`, never the table:
    what was recorded under one still says so."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="matters")
    seq = models.PositiveIntegerField()
    category = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=100, blank=True)
    method = models.CharField(max_length=100, blank=True)
    occasion = models.CharField(max_length=200, blank=True)
    content = models.CharField(max_length=500, blank=True)
    begins = models.CharField(max_length=200, blank=True)
    course = models.CharField(max_length=500, blank=True)
    ends = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=100, blank=True)
    staff = models.CharField(max_length=100, blank=True)
    term = models.CharField(max_length=100, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=MatterKind.choices)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "dropped_at", "seq"], name="matter_in_list")]

    def __str__(self) -> str:
        return f"{self.name}（{self.stage}）" if self.stage else self.name
