"""Which model lies in a folder, and what is said when none does."""

import inspect
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from liuhen.engines.speech import child, listening, models
from liuhen.engines.speech.models import Family
from liuhen.engines.speech.words import SpeechError, Word

SENSE_VOICE = "<unk> 0\n<|zh|> 1\n你 2\n"
PARAFORMER = "<blank> 0\n你 1\nhel@@ 2\n"
ZIPFORMER = "<blk> 0\n你 1\n"


def put(folder: Path, tokens: str | None, *names: str) -> Path:
    for name in names:
        (folder / name).write_bytes(b"onnx")
    if tokens is not None:
        (folder / "tokens.txt").write_text(tokens, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("tokens", "names", "family"),
    [
        (SENSE_VOICE, ["model.onnx"], Family.SENSE_VOICE),
        (PARAFORMER, ["model.onnx"], Family.PARAFORMER),
        (ZIPFORMER, ["model.onnx"], Family.ZIPFORMER_CTC),
        (ZIPFORMER, ["encoder-1.onnx", "decoder-1.onnx", "joiner-1.onnx"], Family.TRANSDUCER),
        ("", ["small-encoder.onnx", "small-decoder.onnx"], Family.WHISPER),
    ],
)
def test_the_files_tell_the_family(tmp_path, tokens, names, family):
    assert models.detect(put(tmp_path, tokens, *names)).family == family


def test_the_smaller_of_two_files_is_taken(tmp_path):
    found = models.detect(put(tmp_path, SENSE_VOICE, "model.onnx", "model.int8.onnx"))
    assert Path(found.files["model"]).name == "model.int8.onnx"


def test_whispers_tokens_are_named_after_it(tmp_path):
    put(tmp_path, None, "tiny-encoder.onnx", "tiny-decoder.onnx")
    (tmp_path / "tiny-tokens.txt").write_text("")
    assert models.detect(tmp_path).files["tokens"].endswith("tiny-tokens.txt")


@pytest.mark.parametrize(
    ("tokens", "names", "why"),
    [(None, ["model.onnx"], "no_tokens"), (ZIPFORMER, ["readme.md"], "unknown_model")],
)
def test_a_folder_without_a_model_says_what_lacks(tmp_path, tokens, names, why):
    with pytest.raises(SpeechError) as no:
        models.detect(put(tmp_path, tokens, *names))
    assert no.value.why == why


def test_a_folder_that_is_not_there_is_called_so(tmp_path):
    with pytest.raises(SpeechError) as no:
        models.detect(tmp_path / "none")
    assert no.value.why == "no_folder"


@pytest.fixture
def sound(tmp_path) -> Path:
    path = tmp_path / "sound.pcm"
    np.full(16_000, 500, "<i2").tofile(path)
    return path


def heard(sound: Path, folder: Path) -> list[Word]:
    return listening.listen(sound, models.detect(folder), seconds=1)


def test_files_that_are_no_model_end_the_child_alone(tmp_path, sound):
    """Without the package it is the package that lacks."""
    with pytest.raises(SpeechError) as no:
        heard(sound, put(tmp_path, ZIPFORMER, "model.onnx"))
    assert no.value.why == ("model_failed" if listening.is_installed() else "no_package")


@pytest.mark.parametrize(
    ("status", "why"), [(child.NO_PACKAGE, "no_package"), (1, "model_failed"), (-6, "model_failed")]
)
def test_how_the_child_ended_tells_why(tmp_path, sound, monkeypatch, status, why):
    ended = subprocess.CompletedProcess([], status, b"", b"abort")
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: ended)
    with pytest.raises(SpeechError) as no:
        heard(sound, put(tmp_path, ZIPFORMER, "model.onnx"))
    assert no.value.why == why


@pytest.mark.parametrize("said", ["", "{}", "[[1]]", '[["a", "b", "c"]]', "[null]"])
def test_what_is_no_list_of_words_is_garbled(said):
    with pytest.raises(SpeechError) as no:
        listening.words_of(said)
    assert no.value.why == "garbled"


def test_words_come_with_their_times():
    assert listening.words_of(json.dumps([["你", 0, 0.5]])) == [Word("你", 0.0, 0.5)]


@pytest.mark.parametrize("family", Family)
def test_every_argument_is_the_librarys_own(family):
    library = pytest.importorskip("sherpa_onnx")
    takes = inspect.signature(getattr(library.OfflineRecognizer, child.MAKERS[family])).parameters
    files = {
        Family.PARAFORMER: {"paraformer"},
        Family.TRANSDUCER: {"encoder", "decoder", "joiner"},
        Family.WHISPER: {"encoder", "decoder"},
    }.get(family, {"model"})
    assert files | {"tokens", "num_threads"} | set(child.MORE.get(family, {})) <= set(takes)


class Recogniser:
    """A simulator: hears one token in each stretch, and tells the times it is given."""

    def __init__(self, tokens: list[str], times: list[float]) -> None:
        self.tokens, self.timestamps = tokens, times

    def create_stream(self):
        return self

    def accept_waveform(self, rate, samples):
        assert rate == child.RATE
        assert abs(samples).max() <= 1

    def decode_stream(self, stream):
        self.result = self


def test_a_token_lasts_until_the_next():
    words = child.heard(Recogniser(["你", "好"], [0.5, 0.8]), np.zeros(16_000, "<i2"), 32_000)
    assert list(words) == [["你", 2.5, 2.8], ["好", 2.8, 3.0]]


def test_without_times_tokens_are_spread_evenly():
    words = child.heard(Recogniser(["你", "好"], []), np.zeros(16_000, "<i2"), 0)
    assert list(words) == [["你", 0.0, 0.5], ["好", 0.5, 1.0]]


def test_long_sound_is_cut_where_it_is_quiet_and_silence_left_out():
    loud = np.full(child.RATE * 30, 3000, "<i2")
    loud[child.RATE * 17 : child.RATE * 17 + 1600] = 0
    quiet = np.zeros(child.RATE * 40, "<i2")
    cut = list(child.stretches(np.concatenate([loud, quiet])))
    assert 17 <= len(cut[0][0]) / child.RATE < 17.1
    assert sum(len(part) for part, _first in cut) < child.RATE * 51
