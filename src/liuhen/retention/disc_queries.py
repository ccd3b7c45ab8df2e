"""Reads: which sets and discs the bureau has, which are due to be read, where a recording lies."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from liuhen.engines.policy.periods import Period
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.models import Recording
from liuhen.retention.disc_errors import NoSuchDisc
from liuhen.retention.models import Disc, DiscImage, DiscLoan, DiscSet, DiscState

AHEAD = timedelta(days=30)
"""A disc is shown as due, and owed, so long before its time."""

BESIDE_SET = ("agency", "case", "activity", "made_by")
BESIDE_DISC = (
    "image__disc_set__agency", "image__disc_set__case", "image__disc_set__made_by", "written_by",
    "replaces",
)  # fmt: skip


def sets_for(officer: Officer) -> QuerySet[DiscSet]:
    """The bureau's, for those who see all of its recordings."""
    rows = DiscSet.objects.filter(agency_id=officer.agency_id)
    return rows if Permission.SEE_AGENCY in permissions_of(officer) else rows.none()


def set_for(pk: int, officer: Officer) -> DiscSet:
    """Refuses: NoSuchDisc."""
    found = sets_for(officer).select_related(*BESIDE_SET).filter(pk=pk).first()
    if found is None:
        raise NoSuchDisc()
    return found


def of_extraction(number: str, officer: Officer) -> list[DiscSet]:
    """The discs an evidence package was put on, the newest first; none for who sees no discs."""
    return list(sets_for(officer).filter(extraction_no=number).order_by("-made_at", "-pk"))


def disc_for(pk: int, officer: Officer) -> Disc:
    """Refuses: NoSuchDisc."""
    rows = discs_for(officer).select_related(*BESIDE_DISC)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NoSuchDisc()
    return found


def recordings_on(image: DiscImage) -> list[Recording]:
    rows = Recording.objects.filter(disc_files__image=image).distinct()
    return list(rows.defer("examination").order_by("number"))


def discs_for(officer: Officer) -> QuerySet[Disc]:
    return Disc.objects.filter(image__disc_set__in=sets_for(officer).values("pk"))


@dataclass(frozen=True)
class Filters:
    """What the filter bar of the sets asks for."""

    words: str = ""
    state: str = ""

    def apply(self, rows: QuerySet[DiscSet]) -> QuerySet[DiscSet]:
        if self.words:
            said = Q(number__icontains=self.words) | Q(title__icontains=self.words)
            of_case = Q(case__case_no__icontains=self.words)
            rows = rows.filter(said | of_case | Q(activity__number__icontains=self.words))
        if self.state:
            pieces = Disc.objects.filter(image__disc_set=OuterRef("pk"), state=self.state)
            rows = rows.filter(Exists(pieces))
        return rows


def counted(rows: QuerySet[DiscSet]) -> QuerySet[DiscSet]:
    """With `discs_there`, `discs_ready` (stored or lent) and `discs_faulty`, in one query."""
    pieces = ~Q(images__discs__state=DiscState.REPLACED)
    ready = Q(images__discs__state__in=[DiscState.STORED, DiscState.LENT])
    return rows.select_related(*BESIDE_SET).annotate(
        discs_there=Count("images__discs", filter=pieces, distinct=True),
        discs_ready=Count("images__discs", filter=ready, distinct=True),
        discs_faulty=Count(
            "images__discs", filter=Q(images__discs__state=DiscState.FAULTY), distinct=True
        ),
    )


def due_at(disc: Disc) -> datetime | None:
    """When it is to be read again at the latest; None: nobody counts on it yet."""
    return years_on(disc.read_at, settings.LIUHEN_DISC_YEARS) if disc.read_at else None


def years_on(instant: datetime, years: int) -> datetime:
    """The day after so many years ends then, in China; 29 February's is the 28th."""
    then = Period(years=years).after(in_china(instant)).date()
    return midnight(then + timedelta(days=1))


def due(agency: Agency, at: datetime) -> QuerySet[Disc]:
    """Stored discs to be read within AHEAD or overdue, the longest waiting first."""
    rows = Disc.objects.filter(image__disc_set__agency=agency, state=DiscState.STORED)
    return rows.filter(read_at__lt=read_before(at)).order_by("read_at", "pk")


def read_before(at: datetime) -> datetime:
    """Whatever was read before this is due within AHEAD."""
    return midnight(Period(years=-settings.LIUHEN_DISC_YEARS).after(in_china(at + AHEAD)).date())


def out(officer: Officer) -> QuerySet[DiscLoan]:
    """What is lent, the longest gone first."""
    rows = DiscLoan.objects.filter(returned_at=None, disc__in=discs_for(officer).values("pk"))
    return rows.select_related("disc__image__disc_set", "lent_by").order_by("lent_at", "pk")


def of_recording(recording: Recording, officer: Officer) -> list[Disc]:
    """For the recording's page: on which discs it stands, and where those are. One query."""
    rows = discs_for(officer).filter(image__files__recording=recording)
    rows = rows.exclude(state=DiscState.REPLACED).select_related("image__disc_set")
    return list(rows.order_by("image", "copy"))
