"""What a browser can be given to look at."""

import pytest

import factories
from liuhen.recordings import derived, tasks
from liuhen.recordings.models import RecordingState
from liuhen.recordings.playing import Playback, playback_of

UNPLAYABLE = {"browser_playable": False, "findings": []}

pytestmark = pytest.mark.usefixtures("data", "db")


def test_an_original_the_browser_knows_is_played_itself():
    assert playback_of(factories.recording()) == Playback.ORIGINAL


def test_before_the_examination_nobody_knows():
    made = factories.recording(state=RecordingState.SEALED, examination=None)
    assert playback_of(made) == Playback.EXAMINING


def test_a_queued_rendition_will_come():
    made = factories.recording(examination=UNPLAYABLE)
    tasks.render.enqueue(made.pk)
    assert playback_of(made) == Playback.RENDERING


def test_another_recordings_rendition_is_not_waited_for():
    made = factories.recording(examination=UNPLAYABLE)
    tasks.render.enqueue(made.pk + 1)
    assert playback_of(made) == Playback.NOT_PLAYABLE


def test_a_rendition_that_is_there_is_played():
    made = factories.recording(examination=UNPLAYABLE)
    derived.rendition(made).parent.mkdir(parents=True)
    derived.rendition(made).touch()
    assert playback_of(made) == Playback.RENDITION
