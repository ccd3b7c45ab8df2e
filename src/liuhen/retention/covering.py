"""What a hold covers, asked of the database and, row by row, of what is known of a recording.

The two say the same: a test holds them against each other. A recording that only touches a hold's
time is covered.
"""

from decimal import Decimal
from typing import Any

from django.db.models import DateTimeField, DecimalField, Exists, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from liuhen.recordings.models import Recording
from liuhen.retention.known import Known
from liuhen.retention.models import Hold, HoldScope

ITS = "activity_recording__activity"


AS_STORED = "%Y-%m-%d %H:%M:%f".replace("%", "%%%%")
"""A percent sign is halved twice: in the template, and where the parameters are put in."""


class Ended(Func):
    """When a recording ended, of its beginning and its length in seconds."""

    output_field = DateTimeField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The length is appended as text: "+60.5 seconds".
        return self.as_sql(
            compiler,
            connection,
            template=f"strftime('{AS_STORED}', %(expressions)s || ' seconds')",
            arg_joiner=", '+' || ",
            **context,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(%(expressions)s * interval '1 second')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" + ", **context)


def in_time() -> Q:
    """Of a hold, for the recording outside: its time touches the recording's."""
    length = Coalesce(OuterRef("duration_seconds"), Value(Decimal(0)), output_field=DecimalField())
    ended = Ended(OuterRef("recorded_at"), length)
    begun = Q(since=None) | Q(since__lte=ended)
    return begun & (Q(until=None) | Q(until__gte=OuterRef("recorded_at")))


def ways() -> dict[HoldScope, tuple[Q, ...]]:
    """By scope: how a hold comes to cover the recording outside; any one of them is enough. Apart,
    so that each goes by its own index. Beside these, what it names it covers at any time."""
    this, case, activity = OuterRef("pk"), OuterRef(f"{ITS}__case"), OuterRef(ITS)
    party, evidence = OuterRef(f"{ITS}__party"), "exhibits__recording"
    none_taken_back = {"case__exhibits__withdrawn_at": None}
    return {
        HoldScope.ACTIVITY: (Q(activity=activity),),
        HoldScope.CASE: (Q(case=case), Q(**{f"case__{evidence}": this}, **none_taken_back)),
        HoldScope.PARTY: (
            Q(party=party) | Q(party__merged_into=party),
            *(
                way
                # Two that became one since: the hold is the kept one's, too.
                for whose in ("party", "party__merged_into")
                for way in of_case_parties(whose)
            ),
        ),
        HoldScope.OFFICER: (
            Q(officer=OuterRef("officer")),
            Q(officer__shares__recording=this),
            Q(officer__activity_officers__activity=activity),
        ),
        HoldScope.DEVICE: (
            Q(device=OuterRef("device")) | Q(device__device_no=OuterRef("device_no")),
        ),
        HoldScope.PERIOD: (Q(),),
    }


def of_case_parties(whose: str) -> tuple[Q, Q]:
    entry = f"{whose}__case_parties__case"
    used = {
        f"{entry}__exhibits__recording": OuterRef("pk"),
        f"{entry}__exhibits__withdrawn_at": None,
    }
    return Q(**{entry: OuterRef(f"{ITS}__case")}), Q(**used)


def covered_by(holds: QuerySet[Hold], *scopes: str) -> Q:
    """Of recordings: that one of these holds covers them. No `scopes`: of whatever scope."""
    its = holds.order_by().filter(agency=OuterRef("agency"))
    near = its.filter(in_time())
    found = Q(Exists(its.filter(hold_recordings__recording=OuterRef("pk"))))
    for scope, each in ways().items():
        if not scopes or scope in scopes:
            for way in each:
                found |= Q(Exists(near.filter(way, scope=scope)))
    return found


def recordings_of(hold: Hold) -> QuerySet[Recording]:
    """All that the hold covers now, whether or not it still stands."""
    rows = Recording.objects.filter(agency_id=hold.agency_id)
    if hold.scope == HoldScope.RECORDINGS:
        return rows.filter(hold_recordings__hold=hold)
    return rows.filter(covered_by(Hold.objects.filter(pk=hold.pk), hold.scope))


def covers(hold: Hold, known: Known, named: bool) -> bool:
    """Whether it covers this one. `hold.party` and `hold.device` are at hand; `named`: the hold
    names the recording, or came to cover it before: somebody who takes it out of the scope since
    does not undo what two have to lift."""
    one = known.recording
    if hold.agency_id != one.agency_id:
        return False
    if named or not touches(hold, known):
        return named
    activity = known.activity
    found = {
        HoldScope.RECORDINGS: False,
        HoldScope.ACTIVITY: activity is not None and activity.pk == hold.activity_id,
        HoldScope.CASE: hold.case_id in {case.pk for case in known.cases},
        HoldScope.PARTY: bool(known.parties & parties_of(hold)),
        HoldScope.OFFICER: hold.officer_id in known.officers,
        HoldScope.DEVICE: is_of_device(hold, one),
        HoldScope.PERIOD: True,
    }
    return found[HoldScope(hold.scope)]


def touches(hold: Hold, known: Known) -> bool:
    begun = hold.since is None or hold.since <= known.end
    return begun and (hold.until is None or hold.until >= known.start)


def parties_of(hold: Hold) -> set[int]:
    """The one it names and the one that it was merged into since."""
    party = hold.party
    return {key for key in (party.pk, party.merged_into_id) if key} if party else set()


def is_of_device(hold: Hold, one: Recording) -> bool:
    if hold.device is None:
        return False
    return one.device_id == hold.device_id or one.device_no == hold.device.device_no
