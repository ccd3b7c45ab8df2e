"""Which of the candidates are drawn: the lowest scores of each group, by public randomness."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, order=True)
class Candidate:
    """`group`: the stratum it is drawn within; `item`: what it is, once in a frame."""

    group: str
    item: str


def score(root_hex: str, draw_no: str, item: str) -> str:
    """64 hex digits; whoever does not know the root beforehand cannot tell them beforehand.

    Args:
        root_hex: root hash of the log's checkpoint, lower case.
    """
    return sha256(f"{root_hex}:{draw_no}:{item}".encode()).hexdigest()


def quota(n: int, percent: int, least: int = 0) -> int:
    """How many of a group of `n`: the percentage rounded up, `least` if it is more, never over
    `n`. Whole numbers throughout: no rounding is left to a machine."""
    return min(n, max((percent * n + 99) // 100, least))


def draw(
    candidates: Iterable[Candidate], *, root_hex: str, draw_no: str, percent: int, least: int = 0
) -> list[Candidate]:
    """Those drawn, by group and within it by score."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        groups[one.group].append(one)
    drawn = []
    for _group, ones in sorted(groups.items()):
        ones.sort(key=lambda one: score(root_hex, draw_no, one.item))
        drawn += ones[: quota(len(ones), percent, least)]
    return drawn


def quotas(
    candidates: Iterable[Candidate], percent: int, least: int = 0
) -> dict[str, tuple[int, int]]:
    """Group → how many it has, how many are drawn of them; known before anything is drawn."""
    sizes: dict[str, int] = defaultdict(int)
    for one in candidates:
        sizes[one.group] += 1
    return {group: (n, quota(n, percent, least)) for group, n in sorted(sizes.items())}
