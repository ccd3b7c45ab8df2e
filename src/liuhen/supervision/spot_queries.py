"""Reads: which spot checks an officer sees, what is on them, and how far they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from liuhen.access.models import Viewing
from liuhen.cases.models import ActivityOfficer
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.queries import hides
from liuhen.supervision import spot_errors as errors
from liuhen.supervision.models import (
    Answer,
    SpotAnswer,
    SpotCheck,
    SpotChecker,
    SpotItem,
    SpotState,
)
from liuhen.supervision.spot_rules import Question, from_json

RELATED = ("agency", "announced_by", "drawn_by", "closed_by")


def visible_to(officer: Officer) -> QuerySet[SpotCheck]:
    """The bureau's, to those who oversee; else those one announced or checks. What holds secrets
    only to who sees secrets."""
    granted = permissions_of(officer)
    rows = SpotCheck.objects.filter(agency_id=officer.agency_id).defer("frame")
    if not granted & {Permission.SEE_SPOT_CHECKS, Permission.TAKE_SPOT_CHECKS}:
        return rows.none()
    if Permission.SEE_SECRET not in granted:
        rows = rows.filter(has_secrets=False)
    if Permission.SEE_SPOT_CHECKS not in granted:
        part = SpotChecker.objects.filter(check_of=OuterRef("pk"), officer=officer)
        rows = rows.filter(Q(announced_by=officer) | Exists(part))
    return rows.select_related(*RELATED)


def get_visible(number: str, officer: Officer) -> SpotCheck:
    """Refuses: NoSuchCheck, alike for what is not there and what is not shown."""
    found = None if "\0" in number else visible_to(officer).filter(number=number).first()
    if found is None:
        raise errors.NoSuchCheck(number=number.replace("\0", ""))
    return found


def with_counts(rows: QuerySet[SpotCheck]) -> QuerySet[SpotCheck]:
    """`drawn`, `done`, `failed`: how many things, how many all answered, how many with a no."""
    failed = Q(items__answers__answer=Answer.NO)
    return rows.annotate(
        drawn=Count("items", distinct=True),
        done=Count("items", filter=Q(items__answered_at__isnull=False), distinct=True),
        failed=Count("items", filter=failed, distinct=True),
    )


@dataclass
class Line:
    """One thing drawn, as the pages and papers show it. `officers`: whose work it is. `is_hidden`:
    its secrecy keeps it from the reader. `looked`: its checker opened some of it."""

    item: SpotItem
    answers: dict[str, str]
    officers: list[Officer]
    is_hidden: bool
    looked: bool

    @property
    def failing(self) -> list[str]:
        return [code for code, said in self.answers.items() if said == Answer.NO]


def lines_of(check: SpotCheck, reader: Officer) -> list[Line]:
    """In the order drawn. Six queries, however many."""
    rows = check.items.select_related(
        "checker", "activity__unit", "activity__party", "activity__listed",
        "recording__officer__unit", "recording__unit",
    ).defer("activity__coverage", "recording__examination")  # fmt: skip
    people = ActivityOfficer.objects.select_related("officer__unit").order_by("-is_lead", "pk")
    answers = SpotAnswer.objects.order_by("pk")
    beside = rows.prefetch_related(
        Prefetch("answers", answers), Prefetch("activity__activity_officers", people)
    )
    hidden = set(check.items.filter(hides(reader)).values_list("pk", flat=True))
    looked = looked_at(check)
    return [
        Line(
            one,
            {given.question: given.answer for given in one.answers.all()},
            officers_of(one),
            one.pk in hidden,
            one.item in looked,
        )
        for one in beside.order_by("position")
    ]


def officers_of(item: SpotItem) -> list[Officer]:
    if item.activity is not None:
        return [part.officer for part in item.activity.activity_officers.all()]
    assert item.recording is not None
    return [item.recording.officer] if item.recording.officer else []


def looked_at(check: SpotCheck) -> set[str]:
    """Which things drawn had some of theirs opened for this check."""
    rows = Viewing.objects.filter(assignment__reference=check.number)
    found = rows.values_list("recording__number", "recording__activity_recording__activity__number")
    return {
        name for film, activity in found for name in (f"recording:{film}", f"activity:{activity}")
    }


@dataclass
class Tally:
    """Of a unit or an officer: how many were checked, how many failed, by question."""

    name: str
    checked: int = 0
    failed: int = 0
    by_question: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, line: Line) -> None:
        self.checked += 1
        self.failed += bool(line.failing)
        for code in line.failing:
            self.by_question[code] += 1


def tallies(lines: Iterable[Line]) -> tuple[list[Tally], list[Tally]]:
    """By unit and by officer, the most failed first. An activity counts for all who took part."""
    units: dict[str, Tally] = {}
    officers: dict[int, Tally] = {}
    for line in lines:
        unit = unit_name(line.item)
        units.setdefault(unit, Tally(unit)).add(line)
        for one in line.officers:
            officers.setdefault(one.pk, Tally(str(one))).add(line)
    return by_failed(units.values()), by_failed(officers.values())


def by_failed(found: Iterable[Tally]) -> list[Tally]:
    return sorted(found, key=lambda one: (-one.failed, one.name))


def unit_name(item: SpotItem) -> str:
    unit = item.activity.unit if item.activity else item.recording and item.recording.unit
    return unit.name if unit else "—"


def questions_of(check: SpotCheck) -> tuple[Question, ...]:
    return from_json(check.questions)


@dataclass(frozen=True)
class Progress:
    """Of one checker: `next` and `previous` are positions beside the one shown, `open_next` the
    first one left to answer after it, or before it; None at an end."""

    total: int
    done: int
    place: int
    previous: int | None
    next: int | None
    open_next: int | None

    @property
    def left(self) -> int:
        return self.total - self.done


def progress(check: SpotCheck, officer: Officer, position: int) -> Progress:
    rows = check.items.filter(checker=officer).order_by("position")
    found = list(rows.values_list("position", "answered_at"))
    places = [place for place, _done in found]
    here = places.index(position)
    left = [place for place, done in found if done is None and place != position]
    after = [place for place in left if place > position]
    return Progress(
        total=len(found),
        done=sum(done is not None for _place, done in found),
        place=here + 1,
        previous=places[here - 1] if here else None,
        next=places[here + 1] if here + 1 < len(places) else None,
        open_next=next(iter(after or left), None),
    )


def count_left(officer: Officer) -> int:
    """How many things drawn this officer still has to check; no query for who checks none."""
    if Permission.TAKE_SPOT_CHECKS not in permissions_of(officer):
        return 0
    rows = SpotItem.objects.filter(checker=officer, answered_at=None)
    return rows.filter(check_of__state=SpotState.DRAWN).count()


def first_open(check: SpotCheck, officer: Officer) -> int | None:
    """Where this checker goes on: the first not all answered, else the first; None: has none."""
    rows = check.items.filter(checker=officer).order_by("position")
    places = rows.values_list("position", flat=True)
    return places.filter(answered_at=None).first() or places.first()
