from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""


def sqlite(path: Path) -> dict[str, Any]:
    """One file, one writer at a time. FULL: NORMAL lost acknowledged commits in power cuts."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """From `postgresql://user:password@host:port/name?option=value`; `?host=` a socket's folder."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def from_url(url: str | None, path: Path) -> dict[str, Any]:
    """The database `LIUHEN_DATABASE_URL` names, SQLite in the data directory without one."""
    if not url:
        return sqlite(path)
    if url.startswith(("postgresql://", "postgres://")):
        return postgresql(url)
    raise ImproperlyConfigured(
        f"LIUHEN_DATABASE_URL must start with postgresql://, not {url.split(':')[0]}:"
    )
