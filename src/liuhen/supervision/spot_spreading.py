"""Who checks which of the things drawn: evenly, and nobody what they made or took part in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from liuhen.access import assigning
from liuhen.access.involved import involved_in
from liuhen.access.rights import Ground
from liuhen.cases.models import Activity, ActivityOfficer, ActivityRecording
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.drawing.choosing import Candidate
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer
from liuhen.recordings import queries
from liuhen.recordings.models import Recording
from liuhen.supervision import spot_errors as errors
from liuhen.supervision import spot_steps
from liuhen.supervision.models import SpotCheck, SpotChecker, SpotItem, SpotState


def keep_items(check: SpotCheck, drawn: Sequence[Candidate]) -> None:
    """In the order drawn. Nothing listed is ever deleted, so each is still there."""
    names = [one.item.partition(":") for one in drawn]
    activities = numbered(Activity, [no for kind, _c, no in names if kind == "activity"])
    recordings = numbered(Recording, [no for kind, _c, no in names if kind == "recording"])
    SpotItem.objects.bulk_create(
        SpotItem(
            check_of=check,
            position=position,
            group=one.group,
            item=one.item,
            activity_id=activities.get(one.item.partition(":")[2]),
            recording_id=recordings.get(one.item.partition(":")[2]),
        )
        for position, one in enumerate(drawn, 1)
    )


def numbered(model: type[Activity] | type[Recording], numbers: Iterable[str]) -> dict[str, int]:
    rows = model.objects.filter(number__in=list(numbers))
    return dict(rows.values_list("number", "pk"))


def films_of(items: Iterable[SpotItem]) -> dict[int, list[Recording]]:
    """Item's key → what there is to look at, in the order recorded; what was disposed of is not.
    Two queries."""
    rows = list(items)
    found: dict[int, list[Recording]] = defaultdict(list)
    of_activity = {one.activity_id: one.pk for one in rows if one.activity_id}
    links = ActivityRecording.objects.filter(activity__in=of_activity, recording__disposed_at=None)
    beside = links.select_related("recording").defer("recording__examination")
    for link in beside.order_by("recording__recorded_at", "recording__pk"):
        found[of_activity[link.activity_id]].append(link.recording)
    alone = {one.recording_id: one.pk for one in rows if one.recording_id}
    for film in Recording.objects.filter(pk__in=alone, disposed_at=None).defer("examination"):
        found[alone[film.pk]].append(film)
    return found


def about(items: Iterable[SpotItem]) -> dict[int, set[int]]:
    """Item's key → keys of those who made it or took part: it is about them."""
    rows = list(items)
    films = films_of(rows)
    whose = involved_in([film.pk for ones in films.values() for film in ones])
    found = {one.pk: {who for f in films[one.pk] for who in whose[f.pk]} for one in rows}
    of_activity = {one.activity_id: one.pk for one in rows if one.activity_id}
    parts = ActivityOfficer.objects.filter(activity__in=of_activity)
    for activity, officer in parts.values_list("activity_id", "officer_id"):
        found[of_activity[activity]].add(officer)
    return found


def spread(check: SpotCheck, *, by: Officer, at: datetime) -> None:
    """In the draw's own transaction: to each the least laden checker who had no part in it."""
    items = list(check.items.order_by("position"))
    checkers = [one.officer for one in check.checkers.select_related("officer").order_by("pk")]
    whose, load = about(items), Counter[int]()
    for item in items:
        fit = [one for one in checkers if one.pk not in whose[item.pk]]
        if fit:
            item.checker = min(fit, key=lambda one: load[one.pk])
            load[item.checker.pk] += 1
    SpotItem.objects.bulk_update(items, ["checker"])
    for one in checkers:
        let_look(check, [item for item in items if item.checker_id == one.pk], one, by=by, at=at)


def let_look(
    check: SpotCheck, items: Sequence[SpotItem], checker: Officer, *, by: Officer, at: datetime
) -> None:
    """What secrecy keeps from the checker stays kept."""
    keys = [film.pk for films in films_of(items).values() for film in films]
    rows = queries.but_secrets(Recording.objects.filter(pk__in=keys), checker, at=at)
    assigning.assign(
        list(rows.order_by("pk")),
        checker,
        subject=spot_steps.subject_of(check),
        ground=Ground.SPOT_CHECK,
        article=check.article,
        until=midnight(check.looks_until_date + timedelta(days=1)),
        by=by,
        at=at,
    )


@transaction.atomic
def give(check: SpotCheck, position: int, checker: Officer, *, by: Officer, at: datetime) -> None:
    """Another checker for one thing: where nobody was free of it, or somebody cannot go on.

    Refuses: NoSuchCheck, NotAChecker, CheckerSeesNoSecrets, WrongStep, LooksEnded, NoSuchItem,
    OwnWork.
    """
    log.wait_for_turn()
    now = spot_steps.fresh(check, by)
    spot_steps.check_may_run(now, by, at=at)
    spot_steps.check_may_run(now, checker, at=at)
    if now.state != SpotState.DRAWN:
        raise errors.WrongStep(state=SpotState(now.state).label)
    if in_china(at).date() > now.looks_until_date:
        raise errors.LooksEnded(day=now.looks_until_date)
    item = item_at(now, position)
    if checker.pk in about([item])[item.pk]:
        raise errors.OwnWork(position=position, who=checker.name)
    before = item.checker
    if before == checker:
        return
    SpotChecker.objects.get_or_create(check_of=now, officer=checker)
    SpotItem.objects.filter(pk=item.pk).update(checker=checker)
    spot_steps.record(
        Kind.SPOT_CHECK_GIVEN, now, by=by, at=at, item=item.item, checker=checker.login,
        before=before and before.login,
    )  # fmt: skip
    if before is not None:
        films = films_of([item])[item.pk]
        subject = spot_steps.subject_of(now)
        assigning.end(subject, viewer=before, recordings=films, by=by, at=at)
    let_look(now, [item], checker, by=by, at=at)


def item_at(check: SpotCheck, position: int) -> SpotItem:
    """Refuses: NoSuchItem."""
    rows = check.items.select_related("checker", "activity", "recording", "check_of")
    found = rows.filter(position=position).first()
    if found is None:
        raise errors.NoSuchItem(position=position)
    return found
