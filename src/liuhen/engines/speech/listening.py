"""Have a recording's sound recognised, in a child process."""

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from liuhen.engines.speech.child import NO_PACKAGE
from liuhen.engines.speech.models import Model
from liuhen.engines.speech.words import SpeechError, Word

PACKAGE: Final = "sherpa_onnx"
CHILD: Final = "liuhen.engines.speech.child"
LEAST_SECONDS: Final = 120.0
"""To load a model from a slow disk."""
PATIENCE: Final = 4.0
"""Times the sound's length; on one old core SenseVoice takes about a fifth of it."""
MOST_WORDS: Final = 500_000


def is_installed() -> bool:
    return find_spec(PACKAGE) is not None


def listen(samples: Path, model: Model, *, seconds: float) -> list[Word]:
    """The words in `samples` (mono, 16 000 a second, 16 bits), in order.

    Args:
        seconds: how long the sound lasts; the child is given four times as long.
    Raises:
        SpeechError: no_package, model_failed, timeout, garbled.
    """
    with tempfile.TemporaryDirectory(prefix="liuhen-speech-") as folder:
        out = Path(folder) / "words.json"
        order = {
            "family": model.family, "files": model.files, "samples": str(samples), "out": str(out),
        }  # fmt: skip
        command = [sys.executable, "-I", "-B", "-m", CHILD, json.dumps(order)]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=LEAST_SECONDS + PATIENCE * seconds
            )
        except subprocess.TimeoutExpired:
            raise SpeechError("timeout") from None
        if done.returncode == NO_PACKAGE:
            raise SpeechError("no_package")
        if done.returncode or not out.is_file():
            raise SpeechError("model_failed", done.stderr.decode("utf-8", "replace")[-400:])
        return words_of(out.read_text(encoding="utf-8"))


def words_of(text: str) -> list[Word]:
    """Raises SpeechError: garbled."""
    try:
        raw: Any = json.loads(text)
        if not isinstance(raw, list):
            raise TypeError
        words = [Word(str(said), float(start), float(end)) for said, start, end in raw]
    except (ValueError, TypeError):
        raise SpeechError("garbled") from None
    if len(words) > MOST_WORDS:
        raise SpeechError("garbled", "too many words")
    return words
