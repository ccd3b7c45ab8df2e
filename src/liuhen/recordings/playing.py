"""What a browser can be given to look at: the original, a rendition, or nothing yet."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liuhen.recordings import derived, tasks
from liuhen.recordings.examination import UNREADABLE
from liuhen.recordings.models import Recording, RecordingState


class Playback(StrEnum):
    ORIGINAL = "original"
    RENDITION = "rendition"
    EXAMINING = "examining"
    RENDERING = "rendering"
    NOT_PLAYABLE = "not_playable"
    DISPOSED = "disposed"

    @property
    def is_ready(self) -> bool:
        return self in (Playback.ORIGINAL, Playback.RENDITION)

    @property
    def is_coming(self) -> bool:
        return self in (Playback.EXAMINING, Playback.RENDERING)


def playback_of(recording: Recording) -> Playback:
    """How `recording` can be looked at now. A rendition nobody is making will not come."""
    return playbacks([recording])[recording.pk]


def playbacks(recordings: Iterable[Recording]) -> dict[int, Playback]:
    """The same for several, by key; one query at most."""
    found = {one.pk: at_hand(one) for one in recordings}
    unsure = [pk for pk, playback in found.items() if playback == Playback.RENDERING]
    coming = being_rendered(unsure) if unsure else set()
    lost = {pk: Playback.NOT_PLAYABLE for pk in unsure if pk not in coming}
    return found | lost


def at_hand(recording: Recording) -> Playback:
    """By the row and the files alone; RENDERING where only the queue can say."""
    if recording.disposed_at is not None:
        return Playback.DISPOSED
    if recording.state == RecordingState.SEALED:
        return Playback.EXAMINING
    found: dict[str, Any] = recording.examination or {}
    if found.get("browser_playable"):
        return Playback.ORIGINAL
    if derived.rendition(recording).exists():
        return Playback.RENDITION
    codes = {finding["code"] for finding in found.get("findings", [])}
    return Playback.NOT_PLAYABLE if UNREADABLE in codes else Playback.RENDERING


def being_rendered(keys: list[int]) -> set[int]:
    """Of these, the ones a task will still make a rendition of; few tasks are ever unfinished."""
    waiting = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=tasks.render.module_path,
    )
    if len(keys) == 1:
        waiting = waiting.filter(args_kwargs={"args": keys, "kwargs": {}})
    return {said["args"][0] for said in waiting.values_list("args_kwargs", flat=True)} & set(keys)
