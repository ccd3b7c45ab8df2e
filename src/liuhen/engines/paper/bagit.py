"""The tag files that make a folder a BagIt bag (RFC 8493, version 1.0), with SHA-256 manifests."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PAYLOAD = "data/"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION, INFO = "bagit.txt", "bag-info.txt"


@dataclass(frozen=True)
class Payload:
    """One file of the payload; `path` from the bag's folder, so it begins with `data/`."""

    path: str
    size_bytes: int
    sha256: str

    def __post_init__(self) -> None:
        if not self.path.startswith(PAYLOAD):
            raise ValueError(f"{self.path} lies outside {PAYLOAD}")


def tag_files(
    payload: Sequence[Payload], info: Iterable[tuple[str, str]], beside: Mapping[str, bytes]
) -> dict[str, bytes]:
    """All files of the bag that are not payload, by path: the standard's own and those `beside`.

    Args:
        info: labels and values of bag-info.txt; Payload-Oxum is put last by itself.
        beside: further tag files by path, outside `data/`; the tag manifest covers them.
    Raises:
        ValueError: a path in `beside` is payload, or one of the standard's own files.
    """
    own = {DECLARATION, INFO, MANIFEST, TAG_MANIFEST}
    for path in beside:
        if path in own or path.startswith(PAYLOAD):
            raise ValueError(f"{path} is no name for a further tag file")
    oxum = f"{sum(one.size_bytes for one in payload)}.{len(payload)}"
    lines = [f"{label}: {plain(value)}\n" for label, value in (*info, ("Payload-Oxum", oxum))]
    tags = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFO: "".join(lines).encode(),
        MANIFEST: manifest((one.sha256, one.path) for one in payload),
        **beside,
    }
    digests = [(hashlib.sha256(content).hexdigest(), path) for path, content in tags.items()]
    return tags | {TAG_MANIFEST: manifest(digests)}


def manifest(lines: Iterable[tuple[str, str]]) -> bytes:
    """As `sha256sum -c` reads it, from within the bag."""
    return "".join(f"{digest}  {encoded(path)}\n" for digest, path in lines).encode()


def encoded(path: str) -> str:
    """RFC 8493 section 2.1.3: in a manifest, line ends and the sign that encodes them."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def plain(value: str) -> str:
    return " ".join(value.split())
