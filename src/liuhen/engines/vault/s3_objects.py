"""One bucket's objects and versions: the requests, and what their failures mean."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from liuhen.engines.vault.errors import StoreFailed, StoreFull

Client = Any
"""boto3 makes its clients at run time: there is no class to name."""

PROBE = ".liuhen-probe-"
"""How the names of those begin that `s3_place.probe` tries a bucket with."""

FULL = {"QuotaExceeded", "InsufficientCapacity", "EntityTooLarge", "507"}


@dataclass(frozen=True, slots=True)
class Version:
    version_id: str
    size_bytes: int


@dataclass(frozen=True)
class Objects:
    """Below `prefix` in `bucket`. All raise StoreFailed or StoreFull."""

    client: Client
    bucket: str
    prefix: str

    def name(self, key: str) -> str:
        return f"{self.prefix}{key}"

    def versions(self, key: str, *, markers: bool = False) -> list[Version]:
        """Of this very key, newest first; with `markers`, those that hide it, too."""
        found = []
        for page in self._pages(self.name(key)):
            told = [*page.get("Versions", []), *(page.get("DeleteMarkers", []) if markers else [])]
            found += [
                Version(one["VersionId"], one.get("Size", 0))
                for one in told
                if one["Key"] == self.name(key)
            ]
        return found

    def original(self, key: str) -> Version | None:
        """The oldest; None: nothing was ever stored."""
        found = self.versions(key)
        return found[-1] if found else None

    def keys(self) -> Iterator[str]:
        """Each once, in order; also such as a delete marker hides. No probes."""
        return (key for key in self.keys_below("") if not key.startswith(PROBE))

    def keys_below(self, start: str) -> Iterator[str]:
        last = None
        for page in self._pages(self.name(start)):
            for one in page.get("Versions", []):
                if one["Key"] != last:
                    last = one["Key"]
                    yield last.removeprefix(self.prefix)

    def _pages(self, prefix: str) -> Iterator[dict[str, Any]]:
        pages = self.client.get_paginator("list_object_versions")
        with blame_bucket():
            yield from pages.paginate(Bucket=self.bucket, Prefix=prefix)

    def delete(self, key: str, version_id: str) -> None:
        with blame_bucket():
            self.client.delete_object(Bucket=self.bucket, Key=self.name(key), VersionId=version_id)

    def locked_until(self, key: str, version_id: str) -> datetime | None:
        """Until when nobody may remove this version; a mode an administrator can lift is none."""
        with blame_bucket():
            told = self.client.head_object(
                Bucket=self.bucket, Key=self.name(key), VersionId=version_id
            )
        until: datetime | None = told.get("ObjectLockRetainUntilDate")
        return until if told.get("ObjectLockMode") == "COMPLIANCE" else None

    def lock(self, key: str, version_id: str, until: datetime) -> None:
        """Set it and ask again. Raises: StoreFailed `lock_not_kept`."""
        until = until.replace(microsecond=0)
        with blame_bucket():
            self.client.put_object_retention(
                Bucket=self.bucket,
                Key=self.name(key),
                VersionId=version_id,
                Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until},
            )
        kept = self.locked_until(key, version_id)
        if kept is None or kept < until:
            raise StoreFailed("lock_not_kept", f"{key}: asked {until}, found {kept}")


def code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))


@contextlib.contextmanager
def blame_bucket() -> Iterator[None]:
    """Turn what a store answers, or that it does not, into StoreFull or StoreFailed."""
    try:
        yield
    except ClientError as error:
        code = code_of(error)
        if code in FULL:
            raise StoreFull("store_full", str(error)) from error
        raise StoreFailed(f"s3_{code.lower()}"[:60], str(error)) from error
    except HTTPClientError as error:
        raise StoreFailed("s3_unreachable", str(error)) from error
    except BotoCoreError as error:
        raise StoreFailed("s3_failed", str(error)) from error
