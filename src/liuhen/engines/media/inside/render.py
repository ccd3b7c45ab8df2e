"""Make a rendition of the file on standard input; route by kind."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside import look
from liuhen.engines.media.inside.answer import made
from liuhen.engines.media.signatures import HEAD_BYTES, form_of

PHOTO_LONGEST: Final = 2560
"""Pixels of the longer side: sharp on a full screen."""
Progress = Callable[[float], None]


def prepare(order: dict[str, Any]) -> Callable[[dict[str, Any], Progress], dict[str, Any]]:
    """Load the decoders this file needs; the verb returned gives a `renditions.Made` as JSON."""
    form = form_of(os.pread(look.ORIGINAL, HEAD_BYTES, 0))
    if look.is_photo(form, order["kind"]):
        from liuhen.engines.media.inside import photo

        return lambda order, _: _photo(photo, Path(order["out"]), int(order["limits"]["pixels"]))
    from liuhen.engines.media.inside import transcode

    read_as = look.form_by_suffix(form, order["suffix"])
    return lambda order, progress: transcode.render(read_as, Path(order["out"]), progress)


def _photo(photo: Any, out: Path, most_pixels: int) -> dict[str, Any]:
    image = photo.try_open()
    if isinstance(image, Finding):
        return made(None, "photo", [image])
    if image.width * image.height > most_pixels:
        evidence = {"limit": "pixels", "width": image.width, "height": image.height}
        return made(None, "photo", [Finding(Code.EXAMINER_LIMIT, evidence=evidence)])
    longest = (PHOTO_LONGEST, PHOTO_LONGEST)
    decoded, problem = photo.decoded_photo(image, longest)
    findings = [problem] if problem else []
    if decoded is None:
        return made(None, "photo", findings)
    decoded.thumbnail(longest)
    decoded.save(out / "rendition.jpg", "JPEG", quality=88)
    return made("rendition.jpg", "photo", findings, width=decoded.width, height=decoded.height)
