"""Which kind of model lies in a folder, told by its files, as sherpa-onnx's releases name them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from liuhen.engines.speech.words import SpeechError

TOKENS: Final = "tokens.txt"
SENSE_VOICE_SIGN: Final = "<|zh|>"
"""Only SenseVoice's vocabulary has language tags among its tokens, with a single model file."""
PARAFORMER_SIGN: Final = "@@"
"""How Paraformer's vocabulary ends a piece of a word that goes on."""


class Family(StrEnum):
    SENSE_VOICE = "sense_voice"
    PARAFORMER = "paraformer"
    ZIPFORMER_CTC = "zipformer_ctc"
    TRANSDUCER = "transducer"
    WHISPER = "whisper"


@dataclass(frozen=True)
class Model:
    """`files` by the argument of sherpa-onnx that takes each."""

    family: Family
    files: dict[str, str]


def detect(folder: Path) -> Model:
    """Raises SpeechError: no_folder, no_tokens, unknown_model.

    The quantised file (`*.int8.onnx`) is taken where there are two: half the memory, and an
    office PC's speed.
    """
    if not folder.is_dir():
        raise SpeechError("no_folder", str(folder))
    tokens = next(iter(sorted(folder.glob(f"*{TOKENS}"))), None)
    if tokens is None:
        raise SpeechError("no_tokens", str(folder))
    named = {"tokens": str(tokens)}
    encoder, decoder, joiner = (part(folder, name) for name in ("encoder", "decoder", "joiner"))
    if encoder and decoder and joiner:
        files = {"encoder": encoder, "decoder": decoder, "joiner": joiner}
        return Model(Family.TRANSDUCER, named | files)
    if encoder and decoder:
        return Model(Family.WHISPER, named | {"encoder": encoder, "decoder": decoder})
    single = part(folder, "model")
    if single is None:
        raise SpeechError("unknown_model", str(folder))
    family = family_of(tokens)
    argument = "paraformer" if family == Family.PARAFORMER else "model"
    return Model(family, named | {argument: single})


def part(folder: Path, name: str) -> str | None:
    found = sorted(folder.glob(f"*{name}*.onnx"), key=lambda one: (".int8." not in one.name, one))
    return str(found[0]) if found else None


def family_of(tokens: Path) -> Family:
    """Of a model in one file: by its vocabulary."""
    listed = tokens.read_text(encoding="utf-8", errors="replace")
    if SENSE_VOICE_SIGN in listed:
        return Family.SENSE_VOICE
    words = {line.rsplit(" ", 1)[0] for line in listed.splitlines()}
    if any(word.endswith(PARAFORMER_SIGN) for word in words):
        return Family.PARAFORMER
    return Family.ZIPFORMER_CTC
