"""What is counted, and of which rows: the one definition behind a tally's column and behind the
list that a figure opens. So a figure and its list can't differ by what they mean.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity, Verdict
from liuhen.cases.required import Span
from liuhen.devices.models import Checkout, DeviceKind
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording, SecrecyMark
from liuhen.supervision.models import (
    STANDING,
    Answer,
    Breach,
    SpotAnswer,
    SpotItem,
    SpotState,
)

Spans = Sequence[Span]
"""What the bureau's regulations require to be described, and when (`cases.required.spans_for`)."""


EVERY = Q()


@dataclass(frozen=True)
class Source:
    """Rows that are counted. `at`: the instant that says which day they belong to; `officer`: the
    way to whose they are; `secret`: the way to a recording's key, where one may be kept secret.

    `told`: what of `at` and `unit` is no column of theirs. `officers`: the same of `officer`,
    joined only where it is asked for, as a row of several would come several times. `kept`: the
    way to a column that keeps all of it secret. `is_prepared` False: who reads decides what is
    counted, so there are no tallies of it (`breach_counts`).
    """

    name: str
    model: type[Model]
    at: str
    officer: str
    secret: str | None = None
    base: Q = EVERY
    agency: str = "agency"
    told: Mapping[str, Any] = field(default_factory=dict)
    officers: Any = None
    kept: str | None = None
    is_prepared: bool = True

    @property
    def is_shared(self) -> bool:
        """A row may be several officers'."""
        return self.officers is not None or "__" in self.officer

    def every(self, agency: Agency) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.annotate(**self.told)
        return rows.filter(self.base, **{self.agency: agency})

    def with_officer(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """To filter or group by `officer`."""
        return rows if self.officers is None else rows.annotate(**{self.officer: self.officers})

    def rows(self, agency: Agency, since: date, until: date) -> QuerySet[Any]:
        """Of days of China's calendar, both included, each with `is_secret` where that may be."""
        during = {
            f"{self.at}__gte": midnight(since),
            f"{self.at}__lt": midnight(until + timedelta(days=1)),
        }
        rows = self.every(agency).filter(**during)
        if self.secret is None:
            return rows
        marks = SecrecyMark.objects.filter(recording_id=OuterRef(self.secret), lifted_at=None)
        hidden: Any = Exists(marks)
        if self.kept:
            either = Q(hidden) | Q(**{self.kept: True})
            hidden = ExpressionWrapper(either, output_field=BooleanField())
        told: QuerySet[Any] = rows.annotate(is_secret=hidden)
        return told

    def next_at(self, agency: Agency, after: date | None) -> datetime | None:
        """The first instant after that day on which there is anything. By an index."""
        rows = self.every(agency).filter(**{f"{self.at}__isnull": False})
        if after is not None:
            rows = rows.filter(**{f"{self.at}__gte": midnight(after + timedelta(days=1))})
        found: datetime | None = rows.order_by(self.at).values_list(self.at, flat=True).first()
        return found


RECORDINGS = Source("recordings", Recording, "recorded_at", "officer", "pk")
ACTIVITIES = Source(
    "activities", Activity, "arrived_at", "activity_officers__officer", base=Q(voided_at=None)
)
DUTIES = Source("duties", Duty, "closed_at", "owner", "recording_id")
CHECKOUTS = Source("checkouts", Checkout, "handed_at", "officer")
SPOTS = Source(
    "spots",
    SpotItem,
    "closed_at",
    "officer",
    "recording_id",
    # What was found may still be answered otherwise until the check is closed.
    base=Q(check_of__state=SpotState.CLOSED),
    agency="check_of__agency",
    told={
        "unit": Coalesce("activity__unit", "recording__unit", output_field=BigIntegerField()),
        "closed_at": F("check_of__closed_at"),
    },
    officers=Coalesce(
        "activity__activity_officers__officer", "recording__officer",
        output_field=BigIntegerField(),
    ),
    kept="check_of__has_secrets",
)  # fmt: skip
BREACHES = Source(
    "breaches", Breach, "decided_at", "officer", base=Q(state__in=STANDING), is_prepared=False
)
"""Decisions that stand: an appeal leaves them in force, a revoked one counts no more."""

SOURCES = (RECORDINGS, ACTIVITIES, DUTIES, CHECKOUTS, SPOTS)
"""Of which there are tallies."""

Condition = Callable[[Spans], Q]
NOTHING = Q(pk__lt=0)


@dataclass(frozen=True)
class Figure:
    """`amount` None: the rows are counted, else this is summed over them."""

    code: str
    title: Promise
    source: Source
    where: Condition = lambda _spans: Q()
    amount: Any = None

    def rows(self, agency: Agency, since: date, until: date, *, spans: Spans) -> QuerySet[Any]:
        return self.source.rows(agency, since, until).filter(self.where(spans))


def only(**wanted: Any) -> Condition:
    return lambda _spans: Q(**wanted)


def of_enforcement() -> Q:
    """As `cases.required.asked`."""
    return Q(aside=None) & ~Q(device__kind=DeviceKind.FIXED_CAMERA)


def due(spans: Spans) -> Q:
    return of_enforcement() & reduce(or_, [s.days() for s in spans]) if spans else NOTHING


def lacking(spans: Spans) -> Q:
    return of_enforcement() & reduce(or_, [s.missing() for s in spans]) if spans else NOTHING


MET = (Verdict.COMPLETE, Verdict.EXPLAINED)
REQUIRED = (*MET, Verdict.UNEXPLAINED, Verdict.NOT_RECORDED)
"""Had to be recorded, is over, and has been judged."""


def milliseconds(key: str) -> Any:
    return Cast(KT(f"coverage__{key}"), BigIntegerField())


USE = ExpressionWrapper(F("returned_at") - F("handed_at"), output_field=DurationField())
HANDOVER = {"kind": DutyKind.HANDOVER}
WITH_A_NO = Q(Exists(SpotAnswer.objects.filter(item=OuterRef("pk"), answer=Answer.NO)))

FIGURES: dict[str, Figure] = {
    figure.code: figure
    for figure in (
        Figure("recordings", _("音像资料"), RECORDINGS),
        Figure("recording_bytes", _("资料容量"), RECORDINGS, amount=F("size_bytes")),
        Figure("recorded_ms", _("录制时长"), RECORDINGS, amount=F("duration_seconds")),
        Figure("described_due", _("应填写信息的资料"), RECORDINGS, due),
        Figure("lacking", _("信息不全的资料"), RECORDINGS, lacking),
        Figure("activities", _("执法活动"), ACTIVITIES),
        Figure("required", _("应当记录的活动"), ACTIVITIES, only(verdict__in=REQUIRED)),
        Figure(
            "recorded",
            _("已记录的活动"),
            ACTIVITIES,
            only(verdict__in=(*MET, Verdict.UNEXPLAINED)),
        ),
        Figure(
            "not_recorded", _("未记录的活动"), ACTIVITIES, only(verdict=Verdict.NOT_RECORDED)
        ),
        Figure("complete", _("记录完整的活动"), ACTIVITIES, only(verdict__in=MET)),
        Figure(
            "incomplete",
            _("记录不完整的活动"),
            ACTIVITIES,
            only(verdict__in=(Verdict.UNEXPLAINED, Verdict.NOT_RECORDED)),
        ),
        Figure("exempt", _("免予记录的活动"), ACTIVITIES, only(verdict=Verdict.EXEMPT)),
        Figure("pending", _("待核对的活动"), ACTIVITIES, only(verdict=Verdict.PENDING)),
        Figure(
            "required_ms",
            _("应当记录的时长"),
            ACTIVITIES,
            only(verdict__in=REQUIRED),
            milliseconds("window_ms"),
        ),
        Figure(
            "covered_ms",
            _("活动中已记录的时长"),
            ACTIVITIES,
            only(verdict__in=REQUIRED),
            milliseconds("covered_ms"),
        ),
        Figure("handed_on_time", _("按时移交"), DUTIES, only(**HANDOVER, state=DutyState.DONE)),
        Figure("handed_late", _("逾期移交"), DUTIES, only(**HANDOVER, state=DutyState.DONE_LATE)),
        Figure("duties_on_time", _("按时办结事项"), DUTIES, only(state=DutyState.DONE)),
        Figure("duties_late", _("逾期办结事项"), DUTIES, only(state=DutyState.DONE_LATE)),
        Figure("checkouts", _("领用设备"), CHECKOUTS),
        Figure(
            "used_ms", _("设备使用时长"), CHECKOUTS, only(returned_at__isnull=False), USE
        ),
        Figure("spot_checked", _("抽查"), SPOTS),
        Figure("spot_failed", _("抽查有问题"), SPOTS, lambda _spans: WITH_A_NO),
        Figure("breaches", _("认定违规"), BREACHES),
        Figure("no_awards", _("取消评优"), BREACHES, only(no_awards_year__isnull=False)),
    )
}  # fmt: skip
"""By code, which is the tally's column where the source is prepared."""

PREPARED = tuple(code for code, figure in FIGURES.items() if figure.source.is_prepared)
