"""How many devices there should be, who asks for more, and the money for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models.mending import RepairTicket
from liuhen.devices.models.registered import Device, DeviceKind
from liuhen.people.models import Agency, Officer, Unit


class EquipmentQuota(models.Model):
    """A line of the standard above the bureau's own (e.g. a province's table), per unit."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quotas")
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    needed = models.PositiveIntegerField()
    requirements = models.CharField(max_length=300, blank=True, help_text="technical standard")
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="quota_once_per_unit_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}: {self.needed}"


class RequestState(models.TextChoices):
    OPEN = "open", _("待处理")
    GRANTED = "granted", _("同意配备")
    REFUSED = "refused", _("不予配备")
    FULFILLED = "fulfilled", _("已配发")
    WITHDRAWN = "withdrawn", _("已撤回")


class DeviceRequest(models.Model):
    """A unit asks for devices (配备申请)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="device_requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="device_requests")
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    devices = models.ManyToManyField(Device, related_name="requests", help_text="allocated")

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_quantity", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="request_not_decided_by_who_asked",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="request_by_state")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} × {self.quantity}"


class BudgetCategory(models.TextChoices):
    PROCUREMENT = "procurement", _("采购")
    MAINTENANCE = "maintenance", _("维护")
    CONSUMABLES = "consumables", _("耗材")


class BudgetYear(models.Model):
    """A calendar year's plan; once submitted its lines stay, actuals are entered beside them."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="budget_years")
    year = models.PositiveIntegerField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="budget_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"


class BudgetLine(models.Model):
    """年度采购计划: one thing to be bought or paid for. Money in yuan."""

    budget = models.ForeignKey(BudgetYear, models.PROTECT, related_name="lines")
    category = models.CharField(max_length=12, choices=BudgetCategory.choices)
    name = models.CharField(max_length=100)
    model = models.CharField(max_length=50, blank=True)
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, help_text="of the whole line")
    reason = models.CharField(max_length=300, blank=True)
    effect = models.CharField(max_length=300, blank=True, help_text="what is expected of it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_line_amount", condition=Q(amount__gte=0, quantity__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Spending(models.Model):
    """What was spent, against a line or outside the plan; of a repair, its ticket."""

    budget = models.ForeignKey(BudgetYear, models.PROTECT, related_name="spendings")
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="spendings")
    category = models.CharField(max_length=12, choices=BudgetCategory.choices)
    ticket = models.OneToOneField(RepairTicket, models.PROTECT, null=True, related_name="spending")
    amount = models.DecimalField(max_digits=12, decimal_places=2, help_text="yuan")
    spent_date = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="spending_amount", condition=~Q(amount=0)),
        ]
        indexes = [models.Index(fields=["budget", "spent_date", "id"], name="spending_by_day")]

    def __str__(self) -> str:
        return f"{self.spent_date}: {self.amount}"
