"""What a disposal has to know of discs: which pieces hold a recording, to be destroyed by hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from liuhen.recordings.models import Recording
from liuhen.retention.models import Disc, DiscState


@dataclass(frozen=True)
class Elsewhere:
    """A copy this program cannot remove: what it is and where it lies."""

    what: str
    where: str


def elsewhere(recordings: Iterable[Recording]) -> list[Elsewhere]:
    """Every piece with any of them on it, replaced ones too: they can still be read."""
    keys = [one.pk for one in recordings]
    rows = Disc.objects.filter(image__files__recording__in=keys)
    rows = rows.exclude(state=DiscState.MADE).select_related("image__disc_set").distinct()
    return [
        Elsewhere(name_of(one), one.place or str(one.get_state_display()))
        for one in rows.order_by("image__disc_set__number", "image__no", "copy", "pk")
    ]


def name_of(disc: Disc) -> str:
    return _("光盘 %(set)s 第%(no)s张（第%(copy)s份）") % {
        "set": disc.image.disc_set.number,
        "no": disc.image.no,
        "copy": disc.copy,
    }
