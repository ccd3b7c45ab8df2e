"""What a disposal has to know of discs: which pieces hold a recording, to be destroyed by hand."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuhen.recordings.models import Recording
from liuhen.retention.models import Disc, DiscState


def holding(recordings: Iterable[Recording]) -> QuerySet[Disc]:
    """Every piece with any of them on it, replaced ones too: they can still be read."""
    keys = [one.pk for one in recordings]
    rows = Disc.objects.filter(image__files__recording__in=keys)
    rows = rows.exclude(state=DiscState.MADE).select_related("image__disc_set").distinct()
    return rows.order_by("image__disc_set__number", "image__no", "copy", "pk")


def place_of(disc: Disc) -> str:
    return disc.place or str(disc.get_state_display())


def name_of(disc: Disc) -> str:
    return _("光盘 %(set)s 第%(no)s张（第%(copy)s份）") % {
        "set": disc.image.disc_set.number,
        "no": disc.image.no,
        "copy": disc.copy,
    }
