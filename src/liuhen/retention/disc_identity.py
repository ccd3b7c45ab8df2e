"""光盘标识.txt: what tells one piece of plastic from every other, first of all from its twin.

In words for whoever holds the disc, with a mark drawn at random when the piece was planned; the
mark is in the log. Two copies differ in nothing else, so reading one of them twice is found out.
"""

import re

from liuhen.retention.models import Disc, DiscImage

PATH = "光盘标识.txt"
MOST_BYTES = 4096
MARK = re.compile(r"标识码：([0-9a-f]{16})\b")

TEXT = """留痕 光盘标识\r
\r
光盘编号：{number}\r
名称：{title}\r
第 {no} 张，共 {of} 张\r
正副本：{copy}\r
标识码：{mark}\r
\r
标识码由系统随机生成，每一张光盘各不相同，并记入存证日志；回读核对时据此确认读的是这一张光盘。\r
"""


def piece(image: DiscImage, of: int, copy: int, *, replaces: Disc | None = None) -> Disc:
    """A new piece, not saved yet, with a mark of its own.

    Args:
        image: with its `disc_set`.
        of: how many discs the set has.
    """
    made = image.disc_set
    new = Disc(image=image, copy=copy, replaces=replaces)
    new.identity = TEXT.format(
        number=disc_no(new),
        title=made.title,
        no=image.no,
        of=of,
        copy=copy_name(copy),
        mark=new.mark,
    )
    return new


def disc_no(disc: Disc) -> str:
    """`GP-2026-000001-2/1`: disc 2 of the set, copy 1; needs `image__disc_set`."""
    return f"{disc.image.disc_set.number}-{disc.image.no}/{disc.copy}"


def volume(disc: Disc) -> str:
    """`GP26000001_2_1`: what a computer shows as the disc's name; Joliet has 16 characters."""
    _gp, year, count = disc.image.disc_set.number.split("-")
    return f"GP{year[2:]}{count}_{disc.image.no}_{disc.copy}"


def copy_name(copy: int) -> str:
    """正本, then 副本."""
    if copy == 1:
        return "正本"
    return "副本" if copy == 2 else f"副本{copy - 1}"


def mark_in(content: bytes) -> str | None:
    found = MARK.search(content.decode(errors="replace"))
    return found[1] if found else None


def claims_number(content: bytes, disc: Disc) -> bool:
    """It says to be this disc: if its mark is nobody's, it is damaged rather than another."""
    return f"光盘编号：{disc_no(disc)}\r\n" in content.decode(errors="replace")
