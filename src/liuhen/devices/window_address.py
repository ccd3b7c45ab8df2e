"""An RTSP address and the password in it: told apart, put together, never shown with it."""

import re
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from liuhen.devices import window_errors as errors

LONGEST: Final = 500
_PLAIN: Final = re.compile(r"[!-~]+\Z")
"""Visible ASCII only: no space, no control character ever reaches the library that connects."""


def read(address: str, password: str = "", *, kept: str | None = None) -> str:
    """The whole address, from what was typed.

    Args:
        address: rtsp://[name[:password]@]host[:port]/path
        password: as it is on the camera; put into the address.
        kept: the whole address so far; its password goes on if it is for the same name, host and
            port. Anywhere else it would be told to whoever answers there.
    Refuses: BadAddress, PasswordNeeded.
    """
    parts = checked(address.strip())
    if password and not parts.username:
        raise errors.BadAddress()
    if not password and kept and parts.username and parts.password is None:
        before = urlsplit(kept)
        if before.password is not None:
            if place(before) != place(parts):
                raise errors.PasswordNeeded()
            password = unquote(before.password)
    if password:
        parts = parts._replace(netloc=netloc(parts, quote(password, safe="")))
    whole = urlunsplit(parts)
    if len(whole) > LONGEST:
        raise errors.BadAddress()
    return whole


def checked(address: str) -> SplitResult:
    """Refuses: BadAddress."""
    try:
        parts = urlsplit(address)
        is_good = parts.scheme == "rtsp" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or not _PLAIN.match(address) or len(address) > LONGEST:
        raise errors.BadAddress()
    return parts


def without_password(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=netloc(parts, None)))


def has_password(address: str) -> bool:
    return urlsplit(address).password is not None


def place(parts: SplitResult) -> tuple[str | None, str | None, int | None]:
    return parts.username, parts.hostname, parts.port


def netloc(parts: SplitResult, password: str | None) -> str:
    host = parts.netloc.rpartition("@")[2]
    if parts.username is None:
        return host
    return f"{parts.username}{'' if password is None else ':' + password}@{host}"
