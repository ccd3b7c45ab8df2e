"""Evenings: cards are taken in, examined and linked to activities; and the worker's rounds."""

import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from liuhen.engines.media import own_footage
from liuhen.engines.media.facts import Examination
from liuhen.ops.year_world import World, moment

if TYPE_CHECKING:
    from liuhen.ops.year_outings import Card

MORNING, ROUNDS_AT = (0, 5), (18, 30)
"""Of the worker's rounds: a new day's duties are there before anybody comes."""
AT_ONCE = 8
"""Files a process of the pool is given at a time."""
PAIRS = 400
"""Linked in one step; `linking.MOST_AT_ONCE` is more."""


class Examiners:
    """Processes that look at the year's own footage; started once."""

    def __init__(self, processes: int | None) -> None:
        # spawn: a fork would carry the database connection and its locks into them.
        self.pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))

    def look_at(self, recordings: list[Any]) -> Iterable[tuple[Any, Examination]]:
        from liuhen.recordings import derived, vaults

        asked = []
        for one in recordings:
            folder = derived.folder(one)
            folder.mkdir(parents=True, exist_ok=True)
            asked.append((vaults.path(one.vault_key), folder, bytes(one.original_name)))
        parts = [asked[n : n + AT_ONCE] for n in range(0, len(asked), AT_ONCE)]
        seen = [one for part in self.pool.map(own_footage.examine_all, parts) for one in part]
        return zip(recordings, seen, strict=True)

    def close(self) -> None:
        self.pool.shutdown()


def hand_in(world: World, cards: "list[Card]", at: datetime) -> None:
    """Each card as the custodian takes it in at the counter, then all of them examined."""
    for card in cards:
        take_in(world, card, at)
        shutil.rmtree(card.folder)
    examine_all(world, at)
    link(world, [one for card in cards for one in card.activities], at)


def take_in(world: World, card: "Card", at: datetime) -> None:
    from liuhen.recordings import batches, intake

    if not any(card.folder.iterdir()):
        return
    use = card.checkout
    batch = batches.ask(
        [bytes(card.folder)],
        by=world.people["baoguan"],
        at=at,
        device_no=use.device.device_no,
        officer=use.officer,
        checkout=use,
    )
    intake.run(batch, clock=lambda: at)
    world.done["采集"] += 1


def examine_all(world: World, at: datetime) -> None:
    from liuhen.recordings import examination
    from liuhen.recordings.models import Recording, RecordingState

    waiting = list(Recording.objects.filter(state=RecordingState.SEALED).order_by("pk"))
    for recording, found in world.examiners.look_at(waiting):
        examination.write_down(recording, found, at=at)
        world.done["检验"] += 1


def link(world: World, activities: list[Any], at: datetime) -> None:
    """As the page of proposals does it: what is sure is confirmed, many at once."""
    from liuhen.cases import linking, matching
    from liuhen.cases.linking import Pair

    pairs = []
    for activity in {one.pk: one for one in activities}.values():
        activity.refresh_from_db()
        sure = matching.sure(matching.proposals_for(activity, at=at))
        pairs += [Pair(activity, one.recording, was_proposed=True) for one in sure]
    custodian = world.people["baoguan"]
    for first in range(0, len(pairs), PAIRS):
        part = pairs[first : first + PAIRS]
        world.attempt("归入活动", partial(linking.link_all, part, by=custodian, at=at))


def begin(world: World) -> None:
    """The worker's rounds, every day of the year."""
    for day in world.days:
        world.agenda.put(moment(day, *MORNING), lambda at: world.rounds.go(at=at))
        world.agenda.put(moment(day, *ROUNDS_AT), partial(go_round, world))


def go_round(world: World, at: datetime) -> None:
    """What the worker does every few seconds, once a day; and an original is looked at."""
    from liuhen.access import grants
    from liuhen.cases import following
    from liuhen.retention import following as keeping
    from liuhen.statistics import event_counts
    from liuhen.supervision.breaches import following as suspecting

    following.catch_up(at=at)
    keeping.catch_up(at=at)
    world.rounds.go(at=at)
    suspecting.catch_up(at=at)
    event_counts.catch_up()
    grants.end_expired(at=at)
    verify_one(world, at)
    drop_done_tasks()


def verify_one(world: World, at: datetime) -> None:
    """Every evening one out of many is read against its seal; also on days nobody works."""
    from liuhen.recordings import integrity
    from liuhen.recordings.models import Recording

    kept = Recording.objects.filter(disposed_at=None).order_by("pk")
    first, last = kept.first(), kept.last()
    if first is None or last is None:
        return
    chosen = world.dice(f"verify:{at}").randint(first.pk, last.pk)
    recording = kept.filter(pk__gte=chosen).first() or first
    verdict = integrity.verify(recording, by=world.people["baoguan"], at=at)
    world.done["核验"] += 1
    assert verdict.is_intact, verdict


def drop_done_tasks() -> None:
    """The queue still holds an examination for each recording, with nothing left to do."""
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from liuhen.recordings import tasks

    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    ready.filter(task_path=tasks.examine.module_path).delete()
