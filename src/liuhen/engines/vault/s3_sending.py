"""A local file into the bucket, in parts that each carry their MD5."""

import base64
import contextlib
import hashlib
from pathlib import Path
from typing import Any, BinaryIO

from botocore.exceptions import BotoCoreError, ClientError

from liuhen.engines.vault.errors import StoreFailed
from liuhen.engines.vault.opening import blame_store
from liuhen.engines.vault.s3_objects import Objects, blame_bucket

MIB = 1 << 20
LEAST_PART_BYTES = 16 * MIB
MOST_PARTS = 9000
"""S3 takes 10,000 of at least 5 MiB."""


def part_bytes(size_bytes: int) -> int:
    """Whole MiB, so many that the parts are few enough."""
    needed = -(-size_bytes // MOST_PARTS)
    return max(LEAST_PART_BYTES, -(-needed // MIB) * MIB)


def send(objects: Objects, source: Path, key: str) -> str:
    """The version it became. Raises: StoreFailed, StoreFull."""
    size_bytes = source.stat().st_size
    with source.open("rb") as file:
        if size_bytes <= LEAST_PART_BYTES:
            version = send_whole(objects, read(file, LEAST_PART_BYTES), key)
        else:
            version = send_parts(objects, file, key, part_bytes(size_bytes))
    if not version:
        raise StoreFailed("s3_no_versions", key)
    return version


def read(file: BinaryIO, most_bytes: int) -> bytes:
    with blame_store():
        return file.read(most_bytes)


def send_whole(objects: Objects, content: bytes, key: str) -> str:
    with blame_bucket():
        answer = objects.client.put_object(
            Bucket=objects.bucket, Key=objects.name(key), Body=content, ContentMD5=md5_of(content)
        )
    return str(answer.get("VersionId", ""))


def send_parts(objects: Objects, file: BinaryIO, key: str, size: int) -> str:
    client, of = objects.client, {"Bucket": objects.bucket, "Key": objects.name(key)}
    with blame_bucket():
        abort_left(objects, key)
        of["UploadId"] = client.create_multipart_upload(**of)["UploadId"]
        try:
            parts: list[dict[str, Any]] = []
            while content := read(file, size):
                no = len(parts) + 1
                told = {"PartNumber": no, "Body": content, "ContentMD5": md5_of(content)}
                parts.append({"PartNumber": no, "ETag": client.upload_part(**of, **told)["ETag"]})
            answer = client.complete_multipart_upload(**of, MultipartUpload={"Parts": parts})
        except BaseException:
            with contextlib.suppress(BotoCoreError, ClientError):  # the first fault is to be told
                client.abort_multipart_upload(**of)
            raise
    return str(answer.get("VersionId", ""))


def abort_left(objects: Objects, key: str) -> None:
    """Parts that a killed process sent take room until somebody says that they are not wanted."""
    told = objects.client.list_multipart_uploads(Bucket=objects.bucket, Prefix=objects.name(key))
    for one in told.get("Uploads", []):
        if one["Key"] == objects.name(key):
            objects.client.abort_multipart_upload(
                Bucket=objects.bucket, Key=one["Key"], UploadId=one["UploadId"]
            )


def md5_of(content: bytes) -> str:
    """As S3 wants it; against errors on the way, not against anybody's will."""
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()
