"""Route one file to those who can read its kind, and note what its first bytes already show."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media.facts import Code, Examination, Finding
from liuhen.engines.media.kinds import Kind, suffix_matches
from liuhen.engines.media.signatures import HEAD_BYTES, form_of, is_zeroed

ORIGINAL: Final = 0
_PHOTO_FORMS: Final = frozenset({"jpeg", "png", "bmp", "tiff", "gif", "webp", "heif", "avif"})

_FORM_OF_SUFFIX: Final = {".mp3": "mp3", ".aac": "aac", ".mpg": "mpeg", ".mpeg": "mpeg"}


def prepare(order: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Load only the decoders this file needs, before the process is locked in.

    Decides by comparing bytes; nothing is parsed yet. The verb returned gives an `Examination`
    as JSON values.
    """
    head = os.pread(ORIGINAL, HEAD_BYTES, 0)
    form = form_of(head)
    if not head:
        empty = Examination(kind=order["kind"], findings=(Finding(Code.EMPTY),))
        return lambda _: empty.to_json()
    if is_photo(form, order["kind"]):
        from liuhen.engines.media.inside import naming, photo

        def look(order: dict[str, Any]) -> Examination:
            pixels = int(order["limits"]["pixels"])
            seen = photo.examine("poster" in order["wants"], Path(order["out"]), pixels)
            named = naming.of_programs([("software", seen.header.software or "")], (), b"")
            return replace(seen, findings=(*seen.findings, *named))
    else:
        from liuhen.engines.media.inside import recording

        def look(order: dict[str, Any]) -> Examination:
            return recording.examine(order, form_by_suffix(form, order["suffix"]), head)

    noticed = _noticed(head, form, order["suffix"])

    def examine(order: dict[str, Any]) -> dict[str, Any]:
        seen = look(order)
        return replace(seen, findings=(*noticed, *seen.findings)).to_json()

    return examine


def is_photo(form: str | None, kind: str | None) -> bool:
    """By content; by the name's kind where the content shows nothing."""
    return form in _PHOTO_FORMS or (form is None and kind == Kind.PHOTO)


def form_by_suffix(form: str | None, suffix: str) -> str | None:
    """The form, or the one the name has it for formats without a header of their own."""
    return form or _FORM_OF_SUFFIX.get(suffix)


def _noticed(head: bytes, form: str | None, suffix: str) -> list[Finding]:
    noticed = []
    if is_zeroed(head):
        evidence: dict[str, Any] = {"part": "start", "bytes": len(head)}
        noticed.append(Finding(Code.ZEROED, evidence=evidence))
    if form is not None and suffix and not suffix_matches(suffix, form):
        evidence = {"suffix": suffix, "content": form}
        noticed.append(Finding(Code.EXTENSION_MISMATCH, evidence=evidence))
    return noticed
