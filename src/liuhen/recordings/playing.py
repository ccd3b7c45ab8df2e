"""What a browser can be given to look at: the original, a rendition, or nothing yet."""

from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
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

    @property
    def is_ready(self) -> bool:
        return self in (Playback.ORIGINAL, Playback.RENDITION)

    @property
    def is_coming(self) -> bool:
        return self in (Playback.EXAMINING, Playback.RENDERING)


def playback_of(recording: Recording) -> Playback:
    """How `recording` can be looked at now. A rendition nobody is making will not come."""
    if recording.state == RecordingState.SEALED:
        return Playback.EXAMINING
    found: dict[str, Any] = recording.examination or {}
    if found.get("browser_playable"):
        return Playback.ORIGINAL
    if derived.rendition(recording).exists():
        return Playback.RENDITION
    codes = {finding["code"] for finding in found.get("findings", [])}
    if UNREADABLE not in codes and waiting_renditions(recording).exists():
        return Playback.RENDERING
    return Playback.NOT_PLAYABLE


def waiting_renditions(recording: Recording) -> "QuerySet[DBTaskResult[Any, Any]]":
    """The tasks that will still make this recording's rendition; few tasks are ever unfinished."""
    return DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=tasks.render.module_path,
        args_kwargs={"args": [recording.pk], "kwargs": {}},
    )
