"""Listening to a recording: optional, asked for, proposed; nobody is marked by a machine."""

import json

import pytest
from django_tasks_db.models import DBTaskResult

import factories
from liuhen.engines.media import footage
from liuhen.engines.speech import listening
from liuhen.engines.speech.words import SpeechError, Word
from liuhen.recordings import derived, errors, speech, speech_cues
from liuhen.recordings.models import Mark, Recording
from liuhen.recordings.speech import State
from liuhen.regulations import current
from liuhen.regulations.models import Adoption

pytestmark = pytest.mark.django_db
NOON = factories.NOON
SAID = "您好本次执法全程录音录像请配合"


@pytest.fixture(scope="module")
def voice(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("voice") / "a.wav"
    footage.make_voice(path, recorded_at=NOON, seconds=2)
    return path.read_bytes()


@pytest.fixture
def film(data, voice) -> Recording:
    return factories.recording(content=voice, suffix=".wav", original_name=b"a.wav")


@pytest.fixture
def model(tmp_path, settings, monkeypatch) -> None:
    """A folder that looks like a model, and a package that seems to be there."""
    (tmp_path / "tokens.txt").write_text("<blk> 0\n")
    (tmp_path / "model.onnx").write_bytes(b"x")
    settings.LIUHEN_SPEECH_MODEL = tmp_path
    monkeypatch.setattr(listening, "is_installed", lambda: True)


@pytest.fixture
def hears(model, monkeypatch) -> None:
    """A recogniser that hears SAID, a character every tenth of a second."""
    words = [Word(one, n / 10, (n + 1) / 10) for n, one in enumerate(SAID)]
    monkeypatch.setattr(listening, "listen", lambda *_a, **_k: words)


def ask(film: Recording, by: str = "li") -> None:
    speech.ask(film, by=factories.officer(by))


def test_without_a_model_the_page_is_told_so(film, settings):
    settings.LIUHEN_SPEECH_MODEL = None
    assert speech.unable() == "not_configured"
    with pytest.raises(errors.NothingListens) as no:
        ask(film)
    assert "LIUHEN_SPEECH_MODEL" in no.value.text


def test_a_wrong_folder_and_a_missing_package_are_told_apart(model, settings, monkeypatch):
    assert speech.unable() is None
    monkeypatch.setattr(listening, "is_installed", lambda: False)
    assert speech.unable() == "no_package"
    settings.LIUHEN_SPEECH_MODEL = settings.LIUHEN_SPEECH_MODEL / "none"
    assert speech.unable() == "no_folder"


def test_asked_twice_it_is_queued_once(film, model):
    ask(film)
    ask(film)
    assert DBTaskResult.objects.count() == 1
    assert speech.state_of(film) == State.LISTENING


@pytest.mark.parametrize("login", ["zhao", "du"])
def test_who_may_not_mark_asks_for_nothing(film, model, login):
    with pytest.raises(errors.NotYoursToMark):
        ask(film, by=login)
    assert not DBTaskResult.objects.exists()


@pytest.mark.enforces("notice")
def test_where_the_notice_was_heard_is_proposed_and_not_marked(film, hears):
    speech.listen(film, at=NOON)
    [notice] = [one for one in speech.proposals_of(film) if one.kind == "notice"]
    assert (notice.start, notice.score, notice.heard) == (0.2, 1.0, "本次执法全程录音录像")
    assert not Mark.objects.exists()
    assert [one.name for one in derived.folder(film).iterdir()] == [derived.SPEECH]


def test_a_failure_is_kept_and_may_be_tried_again(film, model, monkeypatch):
    def fails(*_a, **_k):
        raise SpeechError("model_failed", "…")

    monkeypatch.setattr(listening, "listen", fails)
    speech.listen(film, at=NOON)
    assert (speech.state_of(film), speech.why_failed(film)) == (State.FAILED, "model_failed")
    ask(film)
    assert speech.state_of(film) == State.LISTENING


def test_what_has_no_sound_says_so(data, model):
    silent = factories.recording(content=b"no sound")
    speech.listen(silent, at=NOON)
    assert speech.why_failed(silent) == "no_sound"


def test_a_torn_answer_is_none(film):
    folder = derived.folder(film)
    folder.mkdir(parents=True)
    (folder / derived.SPEECH).write_text("{")
    assert speech.state_of(film) == State.NOT_ASKED


def test_the_regulations_own_phrase_is_listened_for(data):
    """Without the names, which are others' each time."""
    bureau = factories.agency()
    Adoption.objects.update(pack_id="luohe-livestock")
    texts = [one.text for one in speech_cues.phrases(current.rules(bureau, NOON.date()))]
    assert any("监督我们的执法行为" in text and "{names}" not in text for text in texts)


def test_only_what_the_regulation_wants_said_first_is_listened_for(data):
    bureau, points = factories.agency(), {}
    for pack in ("neiqiu-health", "jiaxian-health"):
        Adoption.objects.update(pack_id=pack)
        found = speech_cues.phrases(current.rules(bureau, NOON.date()))
        points[pack] = {one.key for one in found if one.key.startswith("opening_point")}
    assert points["neiqiu-health"] == set()
    assert "opening_point/task" in points["jiaxian-health"]


def test_what_is_kept_is_plain_json(film, hears):
    speech.listen(film, at=NOON)
    kept = json.loads((derived.folder(film) / derived.SPEECH).read_text(encoding="utf-8"))
    assert kept["model"] == "zipformer_ctc"
