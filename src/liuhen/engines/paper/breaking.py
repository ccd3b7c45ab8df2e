"""Where a line of Chinese may end: closing punctuation begins none, an opening bracket ends none.

As GB/T 15834 wants it; numbers and Latin words stay whole where a line has room for them.
"""

import re
from collections.abc import Callable

NO_START = frozenset("，。、；：？！）〕》」』】”’％%…—·,.;:?!)]}")
NO_END = frozenset("（〔《「『【“‘([{")
PIECES = re.compile(r"[!-~]+|\s|.", re.DOTALL)


def lines_of(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """At least one line, none wider than `width` unless a single sign is.

    Args:
        measure: the width of a text, in the unit of `width`.
    """
    found: list[str] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        found += broken(pieces_of(paragraph, width, measure), width, measure)
    return found


def pieces_of(paragraph: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """What stays together: a word that no line could hold is taken sign by sign."""
    found: list[str] = []
    for piece in PIECES.findall(paragraph):
        found += [piece] if measure(piece) <= width else list(piece)
    return found


def broken(pieces: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[list[str]] = [[]]
    used = 0.0
    for piece in pieces:
        wide = measure(piece)
        if used + wide > width and lines[-1]:
            carried = carried_over(lines[-1], piece)
            lines.append(carried)
            used = sum(map(measure, carried))
        lines[-1].append(piece)
        used += wide
    return ["".join(line) for line in lines]


def carried_over(line: list[str], piece: str) -> list[str]:
    """What the end of `line` gives to the next one, so that neither breaks the rule.

    A line of nothing but such signs is broken as it comes.
    """
    taken: list[str] = []
    begins = piece
    while len(line) > 1 and (begins[0] in NO_START or line[-1][-1] in NO_END):
        begins = line.pop()
        taken.insert(0, begins)
    return taken
