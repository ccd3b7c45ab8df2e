"""Recognised speech as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """What the model wrote for a moment: a character, a syllable or more. Seconds from the start
    of the sound."""

    text: str
    start: float
    end: float


class SpeechError(Exception):
    """The speech cannot be recognised. `why` is stable: screens have words for it.

    no_folder, no_tokens, unknown_model: the model's folder. no_package: the optional package is
    not installed. model_failed: the package does not load the files. timeout, garbled: the child.
    """

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why, self.detail = why, detail
