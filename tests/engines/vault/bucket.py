"""A bucket in memory, as strict about its locks as S3 is: moto alone lets one be shortened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import moto.s3.models as simulated
import pytest
from moto import mock_aws

from liuhen.engines.vault import s3_place
from liuhen.engines.vault.s3 import S3Vault
from liuhen.kernel.clock import now

LOCK = timedelta(days=30)


class Clock:
    """The store's and ours at once."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead

    def store_now(self) -> datetime:
        return self().replace(tzinfo=None)


def never_shorter(backend, bucket_name, key_name, version_id, retention) -> None:
    key = backend.get_object(bucket_name, key_name, version_id=version_id)
    if key.lock_until and retention[1] < key.lock_until:
        raise simulated.AccessDeniedByLock
    loose(backend, bucket_name, key_name, version_id, retention)


loose = simulated.S3Backend.put_object_retention


@contextmanager
def bucket(*, locks: bool = True, strict: bool = True, clock: Clock | None = None) -> Iterator:
    """A client of a house with the one bucket `evidence`."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        if strict:
            patch.setattr(simulated.S3Backend, "put_object_retention", never_shorter)
        if clock:
            patch.setattr(simulated, "utcnow", clock.store_now)
        client = s3_place.connect("")
        client.create_bucket(Bucket="evidence", ObjectLockEnabledForBucket=locks)
        yield client


def vault_in(client, folder: Path, clock: Clock, lock: timedelta | None = LOCK) -> S3Vault:
    return S3Vault(client, "evidence", prefix="a/", lock=lock, spool=folder, clock=clock)


def object_count(client) -> int:
    told = client.list_object_versions(Bucket="evidence")
    return len([*told.get("Versions", []), *told.get("DeleteMarkers", [])])


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
