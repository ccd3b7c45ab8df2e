"""Burning by the system's own writer: xorriso, else growisofs. Both write images as they are."""

import shutil
import subprocess
from pathlib import Path

from django.utils.translation import gettext as _

from liuhen.retention import disc_errors as errors
from liuhen.retention.disc_reading import drives

PATIENCE_SECONDS = 4 * 3600
"""A 50 GB disc at the slowest speed takes some three hours."""

TOLD_CHARS = 300


class BurnFailed(Exception):
    """In the words the page shows."""


def program() -> str | None:
    """The writer that is installed."""
    return next((name for name in ("xorriso", "growisofs") if shutil.which(name)), None)


def check(drive: str) -> None:
    """Refuses: NoDrive."""
    if program() is None or drive not in drives():
        raise errors.NoDrive()


def command(writer: str, image: Path, drive: str) -> list[str]:
    if writer == "growisofs":
        return ["growisofs", "-dvd-compat", "-Z", f"{drive}={image}"]
    return ["xorriso", "-as", "cdrecord", f"dev={drive}", "-dao", str(image)]


def burn(image: Path, drive: str) -> None:
    """Write the image to the blank disc in the drive. Refuses: NoDrive. Raises: BurnFailed."""
    check(drive)
    writer = program()
    assert writer is not None
    try:
        done = subprocess.run(
            command(writer, image, drive),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise BurnFailed(_("刻录超过四小时没有结束，已停止。请换一张空白光盘后重试。")) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-TOLD_CHARS:]
        raise BurnFailed(
            _("刻录没有成功（%(said)s）。请检查刻录机，换一张空白光盘后重试。") % {"said": said}
        )
