"""Reads: who works here."""

from django.db.models import Q, QuerySet

from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.roles import ADMINISTRATORS


def staff_of(agency: Agency) -> QuerySet[Officer]:
    """Everyone with an account, by unit and name, roles at hand."""
    rows = Officer.objects.filter(agency=agency).select_related("unit")
    return rows.prefetch_related("role_holdings").order_by("unit__name", "name", "pk")


def those_who_record(agency: Agency) -> QuerySet[Officer]:
    """Whom a recording can belong to: active accounts that are no administrator's."""
    administrators = Q(role_holdings__role__in=ADMINISTRATORS)
    rows = Officer.objects.filter(agency=agency, is_active=True).exclude(administrators)
    return rows.order_by("name", "pk")


def units_of(agency: Agency) -> QuerySet[Unit]:
    return Unit.objects.filter(agency=agency).order_by("name", "pk")
