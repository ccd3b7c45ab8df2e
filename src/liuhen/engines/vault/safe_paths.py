"""Which keys are paths below the root for certain. Light: every worker reads it at its start."""

import re

from liuhen.engines.vault.errors import BadKey

MAX_KEY_CHARS = 255

# Unified ideographs only: compatibility ideographs change under NFC, so one key could name
# two files, or two keys one file, on stores that normalise (APFS, some S3 gateways).
_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef\U00030000-\U000323af"
UNSAFE = re.compile(f"[^0-9A-Za-z_{_HAN}-]+")
"""What no label has; a component of a key may have dots besides, but not begin with one."""


def split_key(key: str) -> tuple[tuple[str, ...], str]:
    """(folders, name) of a key that lies below the root for certain.

    Raises:
        BadKey: absolute, empty, with `.`/`..`/hidden components, or with any character
            `vault_key` would not produce.
    """
    *folders, name = key.split("/")
    if len(key) > MAX_KEY_CHARS or not all(map(_is_safe, [*folders, name])):
        raise BadKey("bad_key", ascii(key[:MAX_KEY_CHARS]))
    return tuple(folders), name


def _is_safe(component: str) -> bool:
    return component[:1] not in ("", ".", "-") and not UNSAFE.search(component.replace(".", ""))
