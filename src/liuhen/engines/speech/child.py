"""The child that listens: loads the model, reads samples, writes the words it hears.

Run as `python -m liuhen.engines.speech.child ORDER` by `listening`. In a process of its own: the
library ends its process on a model file it cannot read, and a model takes half a gigabyte.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

RATE: Final = 16_000
LONGEST_SECONDS: Final = 20
"""Whisper takes 30 at once; the shorter a stretch, the nearer a word without a time of its own."""
CUT_WITHIN_SECONDS: Final = 5
"""So far before the longest stretch's end its quietest place is sought."""
FRAME: Final = RATE // 50
SILENT: Final = 60
"""Of 32768: below this loudest sample of a stretch nobody speaks."""
NO_PACKAGE: Final = 3
"""Exit status: the optional package is not installed."""


def main() -> int:
    order = json.loads(sys.argv[1])
    try:
        import sherpa_onnx
    except ImportError:
        return NO_PACKAGE
    recogniser = load(sherpa_onnx, order["family"], order["files"], threads())
    samples = np.fromfile(order["samples"], dtype="<i2")
    words = [word for stretch in stretches(samples) for word in heard(recogniser, *stretch)]
    Path(order["out"]).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return 0


def threads() -> int:
    return max(1, (os.cpu_count() or 2) // 2)


def load(library: Any, family: str, files: dict[str, str], count: int) -> Any:
    """The recogniser. Every argument here is sherpa-onnx's own; a test compares them."""
    make = getattr(library.OfflineRecognizer, MAKERS[family])
    return make(**files, **MORE.get(family, {}), num_threads=count)


MAKERS: Final = {
    "sense_voice": "from_sense_voice",
    "paraformer": "from_paraformer",
    "zipformer_ctc": "from_zipformer_ctc",
    "transducer": "from_transducer",
    "whisper": "from_whisper",
}
MORE: Final[dict[str, dict[str, Any]]] = {
    "sense_voice": {"language": "zh", "use_itn": False},
    "whisper": {"language": "zh", "task": "transcribe"},
}


def stretches(samples: Any) -> Iterator[tuple[Any, int]]:
    """(samples, number of the first) in order, cut where it is quiet; silent ones left out."""
    first = 0
    while first < len(samples):
        last = min(len(samples), first + LONGEST_SECONDS * RATE)
        if last < len(samples):
            last = quietest(samples, last - CUT_WITHIN_SECONDS * RATE, last)
        part = samples[first:last]
        if np.abs(part.astype(np.int32)).max(initial=0) > SILENT:
            yield part, first
        first = last


def quietest(samples: Any, first: int, last: int) -> int:
    part = samples[first:last].astype(np.float32)
    frames = part[: len(part) // FRAME * FRAME].reshape(-1, FRAME)
    return first + int(np.argmin(np.sqrt(np.mean(frames**2, axis=1)))) * FRAME + FRAME // 2


def heard(recogniser: Any, samples: Any, first: int) -> Iterator[list[Any]]:
    """[text, start, end]: a token lasts until the next one begins."""
    stream = recogniser.create_stream()
    stream.accept_waveform(RATE, samples.astype(np.float32) / 32768)
    recogniser.decode_stream(stream)
    tokens, length = list(stream.result.tokens), len(samples) / RATE
    starts = list(stream.result.timestamps)
    if len(starts) != len(tokens):  # a model that tells no times: evenly over the stretch
        starts = [length * n / max(1, len(tokens)) for n in range(len(tokens))]
    ends = [*starts[1:], length]
    for token, start, end in zip(tokens, starts, ends, strict=True):
        yield [token, round(first / RATE + start, 3), round(first / RATE + max(start, end), 3)]


if __name__ == "__main__":
    sys.exit(main())
