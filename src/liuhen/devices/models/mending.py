"""What goes wrong with a device: repair, loss, damage and who pays."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models.registered import Device
from liuhen.devices.models.using import Checkout
from liuhen.people.models import Agency, Officer


class TicketState(models.TextChoices):
    REPORTED = "reported", _("已报修")
    UNDER_WAY = "under_way", _("维修中")
    FINISHED = "finished", _("已修好，待反馈")
    CLOSED = "closed", _("已办结")
    GIVEN_UP = "given_up", _("无法修复")


class RepairTicket(models.Model):
    """报修单: from the fault as its finder describes it to the keeper's word that it is mended."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="repair_tickets")
    device = models.ForeignKey(Device, models.PROTECT, related_name="repair_tickets")
    checkout = models.ForeignKey(Checkout, models.PROTECT, null=True, related_name="tickets")
    state = models.CharField(
        max_length=10, choices=TicketState.choices, default=TicketState.REPORTED
    )
    fault = models.CharField(max_length=500)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    diagnosis = models.CharField(max_length=500, blank=True)
    repairer = models.CharField(max_length=100, blank=True)
    parts = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="yuan")
    arrived_at = models.DateTimeField(null=True, help_text="when the repairer had it")
    taken_up_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=500, blank=True)
    feedback = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(state__in=["reported", "under_way", "finished"]),
                name="repair_open_once",
            ),
            models.CheckConstraint(name="repair_cost", condition=Q(cost=None) | Q(cost__gte=0)),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="repair_by_state")]

    def __str__(self) -> str:
        return f"{self.device_id}: {self.fault[:20]}"


class LossReport(models.Model):
    """A device that is gone. `recordings_in`: was everything recorded handed in; None: unknown."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="losses")
    checkout = models.ForeignKey(Checkout, models.PROTECT, null=True, related_name="losses")
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="losses", help_text="who had it"
    )
    missed_at = models.DateTimeField()
    story = models.CharField(max_length=500)
    recordings_in = models.BooleanField(null=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    found_at = models.DateTimeField(null=True)
    found_note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"], condition=Q(found_at=None), name="device_lost_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.missed_at}"


class Fault(models.TextChoices):
    """How it came about; a regulation may ask for the full price of what was deliberate."""

    NORMAL = "normal", _("非故意丢失、损坏")
    DELIBERATE = "deliberate", _("故意损坏")


class CompensationState(models.TextChoices):
    OPEN = "open", _("待处理")
    DECIDED = "decided", _("已决定赔偿")
    PAID = "paid", _("已赔付")
    WAIVED = "waived", _("不予赔偿")


class CompensationCase(models.Model):
    """赔偿: a loss or damage, the person who answers for it, and what was decided."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="compensations")
    device = models.ForeignKey(Device, models.PROTECT, related_name="compensations")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="compensations")
    checkout = models.ForeignKey(Checkout, models.PROTECT, null=True, related_name="compensations")
    ticket = models.ForeignKey(
        RepairTicket, models.PROTECT, null=True, related_name="compensations"
    )
    loss = models.ForeignKey(LossReport, models.PROTECT, null=True, related_name="compensations")
    state = models.CharField(
        max_length=10, choices=CompensationState.choices, default=CompensationState.OPEN
    )
    story = models.CharField(max_length=500)
    full_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="yuan")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="yuan")
    reason = models.CharField(max_length=500, blank=True)
    article = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    receipt_no = models.CharField(max_length=50, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="compensation_amount", condition=Q(amount=None) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="compensation_not_by_oneself",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("officer")),
            ),
            models.CheckConstraint(
                name="compensation_decided",
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="compensation_by_state")]

    def __str__(self) -> str:
        return f"{self.device_id}: {self.officer_id}"
