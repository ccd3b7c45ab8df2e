"""What stands on a disc's label: the fields the regulation names (jiaxian-health 16), for all."""

from collections.abc import Callable, Sequence

from liuhen.engines.paper.disc_labels import DiscLabel
from liuhen.kernel.clock import in_china
from liuhen.retention.disc_identity import copy_name, disc_no
from liuhen.retention.models import Disc, DiscSet, DiscState


def of_set(made: DiscSet, address: Callable[[Disc], str]) -> list[DiscLabel]:
    """One for each piece in use, disc by disc. Two queries.

    Args:
        address: what the code on the label leads to.
    """
    pieces = Disc.objects.filter(image__disc_set=made).exclude(state=DiscState.REPLACED)
    rows = list(pieces.select_related("image__disc_set").order_by("image__no", "copy"))
    of = made.images.count()
    return [label_of(made, disc, of, address(disc)) for disc in rows]


def label_of(made: DiscSet, disc: Disc, of: int, qr: str) -> DiscLabel:
    return DiscLabel(
        number=disc_no(disc),
        title=made.title,
        part=f"第{disc.image.no}张/共{of}张　{copy_name(disc.copy)}",
        lines=tuple(lines_of(made)),
        qr=qr,
    )


def lines_of(made: DiscSet) -> Sequence[tuple[str, str]]:
    """In Chinese whatever the reader's language: a label is for the archive."""
    local = in_china(made.made_at)
    lines = [
        ("制作单位", made.agency.name),
        ("制作人", made.made_by.name),
        ("制作时间", f"{local.year}年{local.month}月{local.day}日"),
    ]
    if made.case:
        lines.append(("案件", f"{made.case.case_no} {made.case.name}"))
    if made.activity:
        lines.append(("执法活动", made.activity.number))
    return lines
