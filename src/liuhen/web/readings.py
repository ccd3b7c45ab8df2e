"""A clock reading on its way through the browser, from the measuring to the hand-out's form."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from liuhen.devices.clocks import Reading
from liuhen.devices.errors import ReadingStale
from liuhen.devices.models import Device, Method

SALT = "clock-reading"
GOOD_FOR = timedelta(hours=1)
"""From the measuring to the end of the hand-out; a clock drifts 0.1 s meanwhile."""


def token_of(device: Device, reading: Reading) -> str:
    """Signed: the browser carries it and cannot change it."""
    said = {
        "device": device.pk,
        "method": str(reading.method),
        "read_at": reading.read_at.isoformat(),
        "device_time": reading.device_time.isoformat(),
        "uncertainty": str(reading.uncertainty),
        "evidence": reading.evidence,
    }
    return signing.dumps(said, salt=SALT, compress=True)


def reading_of(device: Device, token: str) -> Reading | None:
    """None: no token. Refuses: ReadingStale (too old, another device's, or not ours)."""
    if not token:
        return None
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise ReadingStale() from None
    if said["device"] != device.pk:
        raise ReadingStale()
    return Reading(
        Method(said["method"]),
        datetime.fromisoformat(said["read_at"]),
        datetime.fromisoformat(said["device_time"]),
        Decimal(said["uncertainty"]),
        said["evidence"],
    )


def offset_text(offset: Decimal, uncertainty: Decimal) -> str:
    """快 8小时03分00秒（±2.5秒）, as officers say it."""
    if abs(offset) <= uncertainty:
        return _("与服务器时间一致（±%(s)s秒）") % {"s": plain(uncertainty)}
    side = _("快") if offset > 0 else _("慢")
    sure = _("（±%(s)s秒）") % {"s": plain(uncertainty)}
    return f"{side} {length_text(abs(offset))}{sure}"


def length_text(seconds: Decimal) -> str:
    whole = int(seconds.to_integral_value())
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, last = divmod(rest, 60)
    if days:
        return _("%(d)d天%(h)02d小时%(m)02d分%(s)02d秒") % {
            "d": days, "h": hours, "m": minutes, "s": last,
        }  # fmt: skip
    if hours:
        return _("%(h)d小时%(m)02d分%(s)02d秒") % {"h": hours, "m": minutes, "s": last}
    if minutes:
        return _("%(m)d分%(s)02d秒") % {"m": minutes, "s": last}
    return _("%(s)s秒") % {"s": plain(seconds)}


def plain(seconds: Decimal) -> str:
    """2.5, 32: without the zeros a column fills up with."""
    return f"{seconds.quantize(Decimal('0.1')).normalize():f}"
