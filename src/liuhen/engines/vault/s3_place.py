"""Connect a bucket and see that it can do what a vault asks of it; if in doubt, it cannot."""

import contextlib
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import boto3
from botocore.config import Config

from liuhen.engines.vault.errors import StoreFailed
from liuhen.engines.vault.s3 import S3Vault
from liuhen.engines.vault.s3_objects import PROBE, Client, Objects, blame_bucket
from liuhen.kernel.clock import now

PROBED = timedelta(minutes=2)
"""How long a probe is locked; the next start clears it away."""


def open_bucket(bucket: str, *, prefix: str, endpoint: str, lock_days: int, spool: Path) -> S3Vault:
    """Access keys are those of boto3: environment or ~/.aws/credentials. Raises: StoreFailed."""
    lock = timedelta(days=lock_days) if lock_days else None
    with blame_bucket():
        client = connect(endpoint)
    probe(Objects(client, bucket, prefix), is_locking=lock is not None)
    return S3Vault(client, bucket, prefix=prefix, lock=lock, spool=spool)


def connect(endpoint: str) -> Client:
    """Checksums beyond Content-MD5 are left out: not every store knows them."""
    config = Config(
        signature_version="s3v4",
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "max_attempts": 4},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if endpoint else {},
    )
    return boto3.client("s3", endpoint_url=endpoint or None, config=config)


def probe(objects: Objects, *, is_locking: bool, at: datetime | None = None) -> None:
    """Versions are on; a locked version is neither removed nor its lock shortened.

    Raises: StoreFailed.
    """
    clear_old_probes(objects)
    with blame_bucket():
        told = objects.client.get_bucket_versioning(Bucket=objects.bucket)
    if told.get("Status") != "Enabled":
        raise StoreFailed("s3_no_versions", objects.bucket)
    if is_locking:
        probe_lock(objects, (at or now()) + PROBED)


def probe_lock(objects: Objects, until: datetime) -> None:
    key = f"{PROBE}{uuid.uuid4().hex}"
    with blame_bucket():
        version = objects.client.put_object(
            Bucket=objects.bucket, Key=objects.name(key), Body=b"probe"
        )["VersionId"]
    objects.lock(key, version, until)
    with contextlib.suppress(StoreFailed):
        objects.delete(key, version)
    with contextlib.suppress(StoreFailed):
        objects.lock(key, version, until - PROBED / 2)
    if objects.locked_until(key, version) != until.replace(microsecond=0):
        raise StoreFailed("s3_no_lock", objects.bucket)


def clear_old_probes(objects: Objects) -> None:
    for key in list(objects.keys_below(PROBE)):
        for version in objects.versions(key, markers=True):
            with contextlib.suppress(StoreFailed):  # still locked
                objects.delete(key, version.version_id)
