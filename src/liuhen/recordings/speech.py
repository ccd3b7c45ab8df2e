"""Where in a recording the notice and the opening statements were spoken: proposed, for a person
to confirm. Optional: without a model nothing listens, and the page says so."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liuhen.engines.media import sounds
from liuhen.engines.speech import listening, matching, models
from liuhen.engines.speech.words import SpeechError
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.recordings import derived, disposing, errors, marks, speech_cues, tasks, vaults
from liuhen.recordings.models import Recording
from liuhen.regulations import current


class State(StrEnum):
    """Of one recording. What a model lacks is told by `unable`."""

    NOT_ASKED = "not_asked"
    LISTENING = "listening"
    HEARD = "heard"
    FAILED = "failed"


@dataclass(frozen=True)
class Proposal:
    """A mark somebody may confirm. `kind` and `code` as of a mark; seconds; `score` 0–1."""

    kind: str
    code: str
    start: float
    end: float
    score: float
    heard: str


UNABLE = {
    "not_configured": _("未配置语音识别模型（LIUHEN_SPEECH_MODEL）。"),
    "no_package": _("未安装语音识别组件（liuhen[speech]）。"),
    "no_folder": _("语音识别模型目录不存在。"),
    "no_tokens": _("语音识别模型目录中没有 tokens.txt。"),
    "unknown_model": _("语音识别模型目录中没有可用的 onnx 模型文件。"),
    "model_failed": _("语音识别模型无法加载。"),
    "timeout": _("语音识别超时。"),
    "garbled": _("语音识别结果无法读取。"),
    "no_sound": _("该资料没有能够读出的声音。"),
}
"""Why nothing was recognised, in the words of the page."""


def unable() -> str | None:
    """Why nothing listens in this installation; None: something does."""
    if settings.LIUHEN_SPEECH_MODEL is None:
        return "not_configured"
    try:
        models.detect(settings.LIUHEN_SPEECH_MODEL)
    except SpeechError as wrong:
        return wrong.why
    return None if listening.is_installed() else "no_package"


def ask(recording: Recording, *, by: Officer) -> None:
    """Have it listened to, unless it was or will be.

    Refuses: NoSuchRecording, NotYoursToMark, NothingListens.
    """
    now = marks.check_may_mark(recording, by)
    if (why := unable()) is not None:
        raise errors.NothingListens(why=UNABLE[why])
    if state_of(now) in (State.NOT_ASKED, State.FAILED):
        derived.folder(now).joinpath(derived.SPEECH).unlink(missing_ok=True)
        tasks.listen.enqueue(now.pk)


def state_of(recording: Recording) -> State:
    kept = kept_of(recording)
    if kept is not None:
        return State.FAILED if kept.get("failed") else State.HEARD
    waiting = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=tasks.listen.module_path,
        args_kwargs={"args": [recording.pk], "kwargs": {}},
    )
    return State.LISTENING if waiting.exists() else State.NOT_ASKED


def listen(recording: Recording, *, at: datetime) -> None:
    """Decode, recognise, look for the phrases, keep what was found; a failure is kept, too."""
    if disposing.is_disposed(recording):
        return
    folder = derived.folder(recording)
    folder.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(prefix=derived.LISTENING, dir=folder))
    try:
        kept = heard_in(recording, private)
    except SpeechError as wrong:
        kept = {"failed": wrong.why}
    try:
        said = json.dumps(kept | {"at": at.isoformat()}, ensure_ascii=False)
        (private / derived.SPEECH).write_text(said, encoding="utf-8")
        (private / derived.SPEECH).replace(folder / derived.SPEECH)
    finally:
        shutil.rmtree(private, ignore_errors=True)


def heard_in(recording: Recording, private: Path) -> dict[str, Any]:
    """Raises SpeechError."""
    if settings.LIUHEN_SPEECH_MODEL is None:
        raise SpeechError("not_configured")
    model = models.detect(settings.LIUHEN_SPEECH_MODEL)
    name = bytes(recording.original_name)
    sound = sounds.take(vaults.path(recording.vault_key), private, name=name)
    if sound is None:
        raise SpeechError("no_sound")
    words = listening.listen(sound.path, model, seconds=float(sound.seconds))
    day = in_china(recording.recorded_at).date()
    rules = current.rules_if_any(recording.agency, day)
    hits = matching.find(words, speech_cues.phrases(rules))
    return {"model": str(model.family), "proposals": [asdict(one) for one in proposed(hits)]}


def proposed(hits: list[matching.Hit]) -> Iterator[Proposal]:
    for hit in hits:
        kind, _slash, code = hit.key.partition("/")
        yield Proposal(kind, code, hit.start, hit.end, hit.score, hit.heard)


def proposals_of(recording: Recording) -> list[Proposal]:
    kept = kept_of(recording) or {}
    return [Proposal(**one) for one in kept.get("proposals", [])]


def why_failed(recording: Recording) -> str | None:
    return (kept_of(recording) or {}).get("failed")


def kept_of(recording: Recording) -> dict[str, Any] | None:
    path = derived.folder(recording) / derived.SPEECH
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return kept
