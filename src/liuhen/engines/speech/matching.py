"""Where in recognised speech a phrase is said, about as it stands in the regulation.

A recogniser writes other characters of the same sound, and people say it a little otherwise. Both
are compared by sound (toneless pinyin, if the package for it is there; else by character), and the
best place is the one with the fewest sounds changed, added and left out (P. H. Sellers, "The theory
and computation of evolutionary distances", J. Algorithms 1, 1980).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from liuhen.engines.speech.words import Word

ENOUGH: Final = 0.68
"""Part of the phrase's sounds that must be there. Of two sentences about other things, as long as
a notice, fewer than half are."""
ALIKE: Final = 0.4
"""What a sound costs that dialects mix up with the wanted one: sh/s, zh/z, ch/c, l/n, -ng/-n."""


@dataclass(frozen=True)
class Phrase:
    """`key` is handed back with each hit."""

    key: str
    text: str


@dataclass(frozen=True)
class Hit:
    """`score` 0–1; `heard`: what was recognised there. Seconds."""

    key: str
    start: float
    end: float
    score: float
    heard: str


@dataclass(frozen=True)
class Sound:
    """One character with its sound, where in time it is."""

    written: str
    sound: str
    start: float
    end: float


def find(words: Iterable[Word], phrases: Iterable[Phrase], *, enough: float = ENOUGH) -> list[Hit]:
    """The best place of each phrase, if it is good enough; of several for one key the best.

    Time is the product of the lengths: an hour of speech and ten phrases take seconds.
    """
    spoken = sounds_of(words)
    best: dict[str, Hit] = {}
    for phrase in phrases:
        hit = place_of(phrase, spoken)
        if hit is not None and hit.score >= enough:
            best[phrase.key] = max(best.get(phrase.key, hit), hit, key=lambda one: one.score)
    return sorted(best.values(), key=lambda one: one.start)


def sounds_of(words: Iterable[Word]) -> list[Sound]:
    """Characters in order; a token of several shares its time evenly."""
    found = []
    for word in words:
        letters = letters_of(word.text)
        step = (word.end - word.start) / max(1, len(letters))
        for n, letter in enumerate(letters):
            start = word.start + n * step
            found.append(Sound(letter, sound_of(letter), start, start + step))
    return found


def letters_of(text: str) -> list[str]:
    """Letters and figures alone; what models put in for their own use is left out."""
    plain = unicodedata.normalize("NFKC", text).replace("@@", "").lower()
    if plain.startswith("<|") or plain in ("<s>", "</s>", "<unk>", "<blk>"):
        return []
    return [letter for letter in plain if letter.isalnum()]


@cache
def sound_of(letter: str) -> str:
    """Toneless pinyin, or the character itself."""
    spelled: Any = import_module("pypinyin") if has_pinyin() else None
    if spelled is None or not "\u4e00" <= letter <= "\u9fff":
        return letter
    return str(spelled.lazy_pinyin(letter)[0])


@cache
def has_pinyin() -> bool:
    return find_spec("pypinyin") is not None


def place_of(phrase: Phrase, spoken: Sequence[Sound]) -> Hit | None:
    wanted = [sound_of(letter) for letter in letters_of(phrase.text)]
    if not wanted or not spoken:
        return None
    # costs[i], begins[i]: of the first i sounds of the phrase ending here, and where that began.
    costs: list[float] = [float(n) for n in range(len(wanted) + 1)]
    begins = [0] * (len(wanted) + 1)
    best = (costs[-1], 0, 0)
    for at, sound in enumerate(spoken):
        costs, begins = extended(costs, begins, wanted, sound.sound, at)
        best = min(best, (costs[-1], begins[-1], at))
    cost, first, last = best
    score = max(0.0, 1 - cost / len(wanted))
    if last < first:
        return None
    heard = "".join(one.written for one in spoken[first : last + 1])
    return Hit(phrase.key, spoken[first].start, spoken[last].end, round(score, 3), heard)


def extended(
    costs: list[float], begins: list[int], wanted: Sequence[str], sound: str, at: int
) -> tuple[list[float], list[int]]:
    """One sound further on; a match may begin anywhere."""
    new_costs, new_begins = [0.0], [at + 1]
    for n, want in enumerate(wanted, 1):
        choices = (
            (costs[n - 1] + differs(want, sound), begins[n - 1] if n > 1 else at),
            (costs[n] + 1, begins[n]),
            (new_costs[n - 1] + 1, new_begins[n - 1]),
        )
        cost, begin = min(choices)
        new_costs.append(cost)
        new_begins.append(begin)
    return new_costs, new_begins


def differs(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return ALIKE if blurred(one) == blurred(other) else 1.0


@cache
def blurred(sound: str) -> str:
    """Without what dialects mix up."""
    if not sound.isascii():
        return sound
    for spoken, like in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("f", "h")):
        if sound.startswith(spoken):
            sound = like + sound[len(spoken) :]
            break
    return sound.removesuffix("g") if sound.endswith("ng") else sound
