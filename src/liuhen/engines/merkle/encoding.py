"""Strict reading of the few things C2SP texts are made of: one value, one spelling.

Where a value had two spellings, evidence could be altered without its signature noticing.
"""

import binascii
import re
from base64 import b64decode, b64encode

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def to_base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Raises ValueError unless `text` is exactly how `to_base64` writes some bytes."""
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    if to_base64(data) != text:
        raise ValueError("not canonical base64")
    return data


def from_decimal(text: str) -> int:
    """At most 19 digits without sign or leading zeros; the caller checks the range.

    Raises ValueError.
    """
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError("not a canonical decimal of at most 19 digits")
    return int(text)


def as_text(data: str | bytes) -> str:
    """Valid UTF-8 without control characters but newline. Raises ValueError."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        if isinstance(data, str):
            data.encode("utf-8")  # refuses lone surrogates
    except UnicodeError as error:
        raise ValueError("not valid UTF-8") from error
    if _CONTROL.search(text):
        raise ValueError("a control character")
    return text
