"""Which events of the one log an officer may read: nobody sees another bureau's.

One installation keeps one log, or no outsider could be shown that nothing is missing. Its hashes
are for everybody; its words are for the bureau they are about.
"""

from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Substr

from liuhen.access.errors import OthersEntries
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Agency, Officer

NAMED = {
    "officer": ("people.Officer", "login", "agency"),
    "recording": ("recordings.Recording", "number", "agency"),
    "batch": ("recordings.IntakeBatch", "uid", "agency"),
    "extraction": ("access.Extraction", "number", "agency"),
    "request": ("access.Request", "number", "agency"),
    "spot_check": ("supervision.SpotCheck", "number", "agency"),
    "disposal": ("retention.DisposalList", "number", "agency"),
    "breach": ("supervision.Breach", "number", "agency"),
    "correction": ("supervision.Correction", "number", "agency"),
    "review": ("supervision.Review", "number", "agency"),
    "activity": ("cases.Activity", "number", "agency"),
    "hold": ("retention.Hold", "number", "agency"),
    "complaint": ("retention.Complaint", "number", "agency"),
    "disc_set": ("retention.DiscSet", "number", "agency"),
}
"""Subject's first word → the rows it names, the field that follows the colon, whose they are."""

NUMBERED = {
    "agency": ("people.Agency", "pk"),
    "unit": ("people.Unit", "agency"),
    "stand_in": ("people.StandIn", "agency"),
    "invitation": ("people.Invitation", "invited_by__agency"),
    "proposal": ("regulations.Proposal", "agency"),
    "duty": ("duties.Duty", "agency"),
    "device_request": ("devices.DeviceRequest", "agency"),
    "budget": ("devices.BudgetYear", "agency"),
    "party": ("cases.Party", "agency"),
    "case": ("cases.Case", "agency"),
    "document": ("cases.Document", "agency"),
}
"""The same for subjects told by primary key. Rooms above this one are named, not imported."""


def readable_by(officer: Officer) -> QuerySet[CustodyEvent]:
    """All but what somebody of another bureau did, or what was done to something of theirs.

    What is nobody's, e.g. the vault, the witnesses, or tries under a login nobody has, every
    bureau's auditor reads. With one bureau it is the whole log, at no cost.
    """
    events = CustodyEvent.objects.all()
    own = officer.agency_id
    if not Agency.objects.exclude(pk=own).exists():
        return events
    strangers = Officer.objects.filter(login=OuterRef("actor")).exclude(agency_id=own)
    events = events.exclude(Exists(strangers))
    for word, (model, key, owner) in NAMED.items():
        named: dict[str, Any] = {key: Substr(OuterRef("subject"), len(word) + 2)}
        rows = rows_of(model).filter(**named).exclude(**{owner: own})
        events = events.exclude(Q(subject__startswith=f"{word}:") & Exists(rows))
    # Two bureaus may have a device of the same number: it is whose officer wrote it.
    device = rows_of("devices.Device").filter(device_no=Substr(OuterRef("subject"), 8))
    ours = Officer.objects.filter(login=OuterRef("actor"), agency_id=own)
    written_elsewhere = Exists(device.exclude(agency_id=own)) & ~Exists(ours)
    events = events.exclude(Q(subject__startswith="device:") & written_elsewhere)
    events = events.exclude(Q(subject__startswith="disc:") & Exists(discs_of_others(own)))
    for word, (model, owner) in NUMBERED.items():
        subject = Concat(Value(f"{word}:"), Cast("pk", CharField()))
        theirs = rows_of(model).exclude(**{owner: own}).values_list(subject)
        events = events.exclude(Q(subject__startswith=f"{word}:") & Q(subject__in=theirs))
    return events


def discs_of_others(agency: int) -> QuerySet[Any]:
    """Disc sets of other bureaus whose disc an event is about: `disc:GP-2026-000001-2/1` is of the
    set `GP-2026-000001`."""
    sets = rows_of("retention.DiscSet").exclude(agency=agency)
    begins = Concat(Value("disc:"), "number", Value("-"))
    subject = ExpressionWrapper(OuterRef("subject"), output_field=CharField())
    about: QuerySet[Any] = sets.annotate(begins=begins, about=subject)
    return about.filter(about__startswith=F("begins"))


def rows_of(model: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(model)._default_manager.all()
    return rows.order_by()


def check_all_readable(officer: Officer, start: int, count: int) -> None:
    """A bundle of entries is whole or of no use to a verifier. Refuses: OthersEntries."""
    wanted = {"index__gte": start, "index__lt": start + count}
    readable = readable_by(officer).filter(**wanted).count()
    if readable < CustodyEvent.objects.filter(**wanted).count():
        raise OthersEntries()
