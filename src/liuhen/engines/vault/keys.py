"""Keys of originals: paths a person reads with a file manager, which no input can bend."""

import re
from datetime import datetime

from liuhen.engines.vault.safe_paths import UNSAFE
from liuhen.kernel.clock import in_china

# neiqiu-health article 14: one folder of this name, in it folders by year, month and day.
TOP_FOLDER = "现场执法记录设备影像资料"

PAPERS_FOLDER = "执法文书材料"
"""Papers lie beside the recordings, not among them: that folder's name is the regulation's."""

MAX_LABEL_CHARS = 32

_SUFFIX = re.compile("[a-z0-9]{1,5}")
_SHA256 = re.compile("[0-9a-f]{64}")


def vault_key(
    *,
    at: datetime,
    label: str,
    sha256: str,
    suffix: str,
    digits: int = 12,
    top: str = TOP_FOLDER,
) -> str:
    """现场执法记录设备影像资料/2026/11/22/093015_<label>_<sha256 first digits>.<suffix>

    Args:
        at: aware; the folders and the clock are those of China.
        label: what helps a person, e.g. the device's number. What is unsafe becomes `_`,
            an empty one 未知; at most 32 characters are kept.
        sha256: 64 hexadecimal digits, lower case.
        suffix: of the source's name without the dot; anything odd becomes `bin`.
        digits: how much of the digest is shown, 12 to 64; take 64 after a KeyTaken.
        top: the folder all lies in; one of this module's own.
    Raises:
        ValueError: `at` is naive, or `sha256` or `digits` is not as said.
    """
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    if not _SHA256.fullmatch(sha256) or not 12 <= digits <= 64:
        raise ValueError("sha256 must be 64 hex digits, digits 12 to 64")
    local = in_china(at)
    folder = f"{top}/{local.year:04d}/{local.month:02d}/{local.day:02d}"
    name = f"{local:%H%M%S}_{_safe_label(label)}_{sha256[:digits]}.{_safe_suffix(suffix)}"
    return f"{folder}/{name}"


def _safe_label(label: str) -> str:
    safe = UNSAFE.sub("_", label).strip("_-")
    return safe[:MAX_LABEL_CHARS] or "未知"


def _safe_suffix(suffix: str) -> str:
    lower = suffix.lower()
    return lower if _SUFFIX.fullmatch(lower) else "bin"
