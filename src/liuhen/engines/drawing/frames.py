"""The list drawn from (抽查名册) as one text file, whose digest is made known before the draw.

Lines that begin with "#" say what it is; every other line is a group, a tab and an item. `grep`,
`sha256sum`, `sort` and `awk` read it.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from liuhen.engines.drawing.choosing import Candidate

TITLE = "抽查名册"
NUMBER, PERCENT, LEAST = "编号", "比例（%）", "每组至少"
SPACES = re.compile(r"\s+")

COMMANDS = """\
ROOT={root} NO={number} P={percent} M={least}
grep -v '^#' {file} | while IFS="$(printf '\\t')" read -r g i; do
 printf '%s\\t%s\\t%s\\n' "$g" "$(printf %s "$ROOT:$NO:$i" | sha256sum | cut -c1-64)" "$i"
done | LC_ALL=C sort | awk -F'\\t' -v p=$P -v m=$M '{{ n[$1]++; t[$1,n[$1]]=$3 }} END {{
 for (g in n) {{ k=int((p*n[g]+99)/100); if (k<m) k=m; if (k>n[g]) k=n[g];
 for (j=1; j<=k; j++) print t[g,j] }} }}'
"""


class FrameUnreadable(ValueError):
    """The file is no list of candidates as this module writes them."""


@dataclass(frozen=True)
class Frame:
    """`said`: further (name, value) for people; `candidates` stand sorted."""

    draw_no: str
    percent: int
    least: int
    said: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]


def to_bytes(frame: Frame) -> bytes:
    """UTF-8, lines ended by LF, candidates sorted: the same frame is the same bytes."""
    heads = ((NUMBER, frame.draw_no), (PERCENT, str(frame.percent)), (LEAST, str(frame.least)))
    lines = [f"# {TITLE}", *(f"# {name}：{plain(said)}" for name, said in (*heads, *frame.said))]
    lines += [f"{plain(one.group)}\t{plain(one.item)}" for one in sorted(frame.candidates)]
    return ("\n".join(lines) + "\n").encode()


def plain(words: str) -> str:
    """A name with a tab or a line's end in it would read as two."""
    return SPACES.sub(" ", words).strip()


def read(content: bytes) -> Frame:
    """Raises FrameUnreadable."""
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError as error:
        raise FrameUnreadable("not UTF-8") from error
    if lines[0] != f"# {TITLE}" or lines[-1]:
        raise FrameUnreadable("neither its first line nor its end is a frame's")
    parted = [line[2:].partition("：") for line in lines[1:-1] if line.startswith("#")]
    heads = [(name, said) for name, _colon, said in parted]
    body = [line.split("\t") for line in lines[1:-1] if not line.startswith("#")]
    facts = dict(heads)
    try:
        candidates = tuple(Candidate(group, item) for group, item in body)
        rest = tuple((name, said) for name, said in heads[3:])
        made = Frame(facts[NUMBER], int(facts[PERCENT]), int(facts[LEAST]), rest, candidates)
    except (KeyError, ValueError) as error:
        raise FrameUnreadable(str(error)) from error
    if to_bytes(made) != content or len({one.item for one in candidates}) < len(candidates):
        raise FrameUnreadable("lines out of order, an item twice, or a head out of place")
    return made


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def commands(frame: Frame, root_hex: str, file: str) -> str:
    """A POSIX shell's lines that draw again from `file`, item by item, in no order of groups."""
    return COMMANDS.format(
        root=root_hex, number=frame.draw_no, percent=frame.percent, least=frame.least, file=file
    )
