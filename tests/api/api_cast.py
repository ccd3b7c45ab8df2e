import base64
from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)


@dataclass
class Tus:
    """A tus client, as Uppy speaks it."""

    client: Client
    group: str = "g1"

    def create(self, size: int, name: bytes = b"a.mp4", **more: bytes):
        said = {"filename": name, "group": self.group.encode()} | more
        pairs = [f"{key} {base64.b64encode(value).decode()}" for key, value in said.items()]
        return self.client.post(
            "/api/uploads/",
            headers=spoken({"Upload-Length": str(size), "Upload-Metadata": ",".join(pairs)}),
        )

    def begun(self, size: int, name: bytes = b"a.mp4", **more: bytes) -> str:
        return self.create(size, name, **more).headers["Location"]

    def patch(self, url: str, offset: int, data: bytes):
        return self.client.patch(
            url,
            data,
            content_type="application/offset+octet-stream",
            headers=spoken({"Upload-Offset": str(offset)}),
        )

    def sent(self, data: bytes, name: bytes = b"a.mp4", **more: bytes) -> str:
        url = self.begun(len(data), name, **more)
        self.patch(url, 0, data)
        return url

    def head(self, url: str):
        return self.client.head(url, headers=spoken({}))

    def delete(self, url: str):
        return self.client.delete(url, headers=spoken({}))


def spoken(headers: dict[str, str]) -> dict[str, str]:
    return {"Tus-Resumable": "1.0.0"} | headers
