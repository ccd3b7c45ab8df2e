"""Whom a breach concerns: they handle and decide nothing of it, and are told when it is time."""

from django.db.models import Q, QuerySet

from liuhen.duties import queries as duties
from liuhen.people.models import Officer
from liuhen.supervision.models import Breach


def concerning(officer: Officer) -> QuerySet[Breach]:
    """Where they are named, the duty was theirs or their post's, or they made or took part in what
    it is about."""
    ways = (
        Q(officer=officer),
        Q(duty__in=duties.mine(officer).values("pk")),
        Q(activity__activity_officers__officer=officer),
        Q(recording__officer=officer),
        Q(recording__shares__officer=officer),
    )
    found = Q()
    for way in ways:
        # Each by its own index; no row twice.
        found |= Q(pk__in=Breach.objects.filter(way).values("pk"))
    return Breach.objects.filter(found, agency_id=officer.agency_id)


def is_concerned(breach: Breach, officer: Officer) -> bool:
    return concerning(officer).filter(pk=breach.pk).exists()
