"""What a text is found by: pairs of neighbouring characters, and pieces of its numbers.

Chinese has no spaces between words and names of two characters, so pairs are what an index can
hold. Pairs of digits stand in every text and tell nothing: numbers and Latin words have longer
pieces beside them, four characters of them, and their ends with the character next to them
(`〕12`, `12号`). Whatever is looked for has all its pieces in every text that contains it; the
other way round only `Query.is_exact` says.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

RUN = re.compile(r"[0-9a-z]+|.", re.DOTALL)
GRAM = 4
"""Characters of a piece of a number: ten thousand of them, so that few texts share one."""

BRACKETS = str.maketrans("([{【［（〈<)]}】］）〉>", "〔〔〔〔〔〔〔〔〕〕〕〕〕〕〕〕")
"""Case numbers are typed with any brackets and printed with these."""

PRIVATE = dict.fromkeys(range(0xE000, 0xE080), "\ufffd")
ONE_WAY = BRACKETS | PRIVATE | {0: None}
"""The private characters an index writes others as stand for nothing else; no database takes NUL
to compare."""


def spelled(text: str) -> str:
    """Written one way: half-width, lower case, one kind of brackets, one space between words."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(ONE_WAY).split())


def pairs(word: str) -> list[str]:
    """Each character with the next one, in order; the last one by itself."""
    return [word[n : n + 2] for n in range(len(word))]


def pieces(word: str) -> list[str]:
    """Of the numbers and Latin words in it: `GRAM` characters each, and both ends beside what
    stands next to them."""
    told, runs = [], RUN.findall(word)
    for n, run in enumerate(runs):
        if not is_latin(run):
            continue
        told += inner(run)
        lengths = range(2, min(GRAM, len(run)) + 1)
        if n > 0:
            told += [begins(runs[n - 1], run[:k]) for k in lengths]
        if n + 1 < len(runs):
            told += [ends(run[-k:], runs[n + 1]) for k in lengths]
    return told


def is_latin(run: str) -> bool:
    return run[0].isascii() and run[0].isalnum()


def inner(run: str) -> list[str]:
    return [f"i:{run[n : n + GRAM]}" for n in range(len(run) - GRAM + 1)]


def begins(before: str, run: str) -> str:
    """Of one character it is a pair like any other."""
    return f"b:{before[-1]}{run[:GRAM]}" if len(run) > 1 else before[-1] + run


def ends(run: str, after: str) -> str:
    return f"e:{run[-GRAM:]}{after[0]}" if len(run) > 1 else run + after[0]


@dataclass(frozen=True)
class Query:
    """One word looked for, as an index can be asked for it.

    `phrase`: pairs that stand behind each other; `single`: one character; `pieces`: unordered.
    `is_exact`: a text that has the phrase contains the word.
    """

    word: str
    phrase: tuple[str, ...] = ()
    single: str = ""
    pieces: tuple[str, ...] = ()
    is_exact: bool = False


def query(word: str) -> Query:
    """`word` is spelled, without spaces, not empty."""
    if len(word) == 1:
        return Query(word, single=word, is_exact=True)
    runs = RUN.findall(word)
    if len(word) == 2 or not any(map(is_latin, runs)):
        return Query(word, phrase=tuple(pairs(word)[:-1]), is_exact=True)
    return Query(word, pieces=tuple(dict.fromkeys(asked(runs))))


def asked(runs: list[str]) -> Iterator[str]:
    """All pieces that every text with these runs must have. A run at an end may go on there."""
    for before, after in pairwise(runs):
        if is_latin(after):
            yield begins(before, after)
        elif is_latin(before):
            yield ends(before, after)
        else:
            yield before + after
    for run in runs:
        if is_latin(run):
            yield from inner(run) if len(run) >= GRAM else pairs(run)[:-1]
