"""How a device's files are built, and whether one is built unlike the others.

`traits` of a file are plain values kept with its examination. *Settings* a person may change on the
device (size, rate, codec, sound on or off); all others are the device's own way of writing, and
change with its firmware only. Compared are files of the same settings; what does not depend on
settings is compared with all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

SETTINGS: Final = ("kind", "tracks", "codec", "width", "height", "rate", "sound")
ALWAYS_ALIKE: Final = ("container", "brand", "boxes", "index", "writer", "program", "names")
"""The same for all settings of a device."""
ALIKE: Final = (
    *ALWAYS_ALIKE, "compressor", "profile", "pix_fmt", "gop", "reordered", "scales",
    "sample_rate", "channels",
)  # fmt: skip
"""The same for files of the same settings."""

LEAST_FILES: Final = 3
"""Other files that must agree before one is called unlike them."""
AGREEMENT: Final = 0.9
"""The part of them that must: after a change of firmware the fourth new file is like its like."""
MOST_FILES: Final = 30
"""Of the device's newest other files: enough to know it, and one bounded question to ask."""

Traits = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """`own` of this file, `usual` of `files` others that agree."""

    trait: str
    own: str
    usual: str
    files: int


def differences(own: Traits, others: Sequence[Traits]) -> list[Difference]:
    """In which of its device's own ways a file differs from the device's other files.

    Empty if too few others agree on anything. A trait that one side does not know is not compared.
    """
    if not own:
        return []
    alike = [one for one in others if all(one.get(key) == own.get(key) for key in SETTINGS)]
    found = []
    for trait in ALIKE:
        pool = others if trait in ALWAYS_ALIKE and len(alike) < LEAST_FILES else alike
        usual = agreed(trait, pool)
        if usual is None or trait not in own or str(own[trait]) == usual[0]:
            continue
        found.append(Difference(trait, str(own[trait]), *usual))
    return found


def agreed(trait: str, others: Iterable[Traits]) -> tuple[str, int] | None:
    """(value, how many files have it) that nearly all of `others` share; None if they do not."""
    said = Counter(str(one[trait]) for one in others if trait in one)
    if not said:
        return None
    value, files = said.most_common(1)[0]
    return (value, files) if files >= max(LEAST_FILES, AGREEMENT * said.total()) else None


def confidence(found: Sequence[Difference]) -> str:
    """One difference may be a setting nobody thought of; three are another writer."""
    return "high" if len(found) >= 3 else "medium" if len(found) == 2 else "low"
