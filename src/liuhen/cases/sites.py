"""What a regulation wants carried and photographed on site, and what was."""

from dataclasses import dataclass

from liuhen.cases.models import Activity
from liuhen.devices.models import NOT_CARRIED
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Site
from liuhen.recordings.models import MediaKind, Recording


@dataclass(frozen=True)
class SiteAnswer:
    """`wanted` None: the regulation gives no number. `photos` of key points, where it asks."""

    article: int
    wanted: int | None
    carried: int
    wants_photos: bool
    photos: int

    @property
    def missing(self) -> int:
        return max(0, (self.wanted or 0) - self.carried)

    @property
    def is_kept(self) -> bool:
        return not self.missing and (self.photos > 0 or not self.wants_photos)


def of(activity: Activity, rules: Rules | None) -> SiteAnswer | None:
    """By the devices named and those its recordings come from. None: the regulation is silent.

    Three queries at most.
    """
    site = rules.get(Site) if rules else None
    if site is None:
        return None
    named = activity.devices.exclude(kind__in=NOT_CARRIED).values_list("pk", flat=True)
    recordings = Recording.objects.filter(activity_recording__activity=activity)
    used = recordings.filter(device__isnull=False).exclude(device__kind__in=NOT_CARRIED)
    devices = {*named, *used.values_list("device", flat=True).order_by().distinct()}
    photos = recordings.filter(kind=MediaKind.PHOTO).count() if site.photos_at_key_points else 0
    return SiteAnswer(site.article, site.carriers, len(devices), site.photos_at_key_points, photos)
