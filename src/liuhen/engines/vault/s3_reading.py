"""One version of an object as a file that is read from any place."""

import io
from typing import TYPE_CHECKING

from liuhen.engines.vault.s3_objects import Objects, Version, blame_bucket

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from typing_extensions import Buffer


class Original(io.RawIOBase):
    """Reads on in one request until somebody seeks. Raises: StoreFailed."""

    def __init__(self, objects: Objects, key: str, version: Version) -> None:
        self._objects = objects
        self._key = key
        self._version = version
        self._at = 0
        self._body: StreamingBody | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._version.size_bytes}
        self._forget_body()
        self._at = max(0, start[whence] + offset)
        return self._at

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        if self._at >= self._version.size_bytes or not view.nbytes:
            return 0
        with blame_bucket():
            if self._body is None:
                self._body = self._ask()
            data = self._body.read(view.nbytes)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._forget_body()
        super().close()

    def _ask(self) -> "StreamingBody":
        answer = self._objects.client.get_object(
            Bucket=self._objects.bucket,
            Key=self._objects.name(self._key),
            VersionId=self._version.version_id,
            Range=f"bytes={self._at}-",
        )
        return answer["Body"]

    def _forget_body(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
