"""What the first bytes of a file say it is. Byte comparison: nothing is parsed, nothing opened.

A *form* is a family of containers that one demuxer reads, e.g. "mp4" for MP4, MOV, M4A and 3GP.
Sources: ISO/IEC 14496-12 (ftyp), ISO/IEC 13818-1 (0x47 sync), RFC 9559 (EBML), RFC 4867 (AMR).
"""

from typing import Final

HEAD_BYTES: Final = 4096
"""How much of a file `form_of` wants to see; less is fine, it then knows less."""

_PREFIXES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"FLV\x01", "flv"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"#!AMR", "amr"),
    (b"ID3", "mp3"),
    (b"caff", "caf"),
    (b"DHAV", "dhav"),
    (b"IMKH", "mpeg"),  # Hikvision writes a 40-byte header before its MPEG program stream
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpeg"),
    (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), "asf"),
)
_RIFF_FORMS: Final = {b"AVI ": "avi", b"AVIX": "avi", b"WAVE": "wav", b"WEBP": "webp"}
_STILL_BRANDS: Final = {
    b"heic": "heif", b"heix": "heif", b"heim": "heif", b"heis": "heif", b"hevc": "heif",
    b"hevx": "heif", b"mif1": "heif", b"msf1": "heif", b"avif": "avif", b"avis": "avif",
}  # fmt: skip
_BOXES_BEFORE_FTYP_EXISTED: Final = frozenset(
    {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
)
_TS_SYNC: Final = 0x47


def form_of(head: bytes) -> str | None:
    """The family of containers `head` (the file's first bytes) begins like, or None."""
    for prefix, form in _PREFIXES:
        if head.startswith(prefix):
            return form
    return _riff(head) or _iso_media(head) or _bitmap(head) or _transport_stream(head) or _raw(head)


def brand_of(head: bytes) -> bytes | None:
    """The major brand of an ISO media file, e.g. b"M4A " or b"qt  "; None if it has none."""
    return head[8:12] if head[4:8] == b"ftyp" and len(head) >= 12 else None


def is_zeroed(head: bytes) -> bool:
    """Whether there are bytes and all are zero: what a card shows for sectors never written."""
    return bool(head) and not head.strip(b"\x00")


def looks_like_text(head: bytes) -> bool:
    """Whether `head` is UTF-8 without control characters, as source code and playlists are."""
    if not head or any(byte < 9 for byte in head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return wrong.start >= len(head) - 4  # a character cut by the end of the head
    return True


def _riff(head: bytes) -> str | None:
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    return _RIFF_FORMS.get(head[8:12]) if head[:4] in (b"RIFF", b"RF64") else None


def _iso_media(head: bytes) -> str | None:
    brand = brand_of(head)
    if brand is not None:
        return _STILL_BRANDS.get(brand, "mp4")
    return "mp4" if head[4:8] in _BOXES_BEFORE_FTYP_EXISTED else None


def _bitmap(head: bytes) -> str | None:
    # "BM" alone is any text: reserved words are zero and the header size is one of the known.
    reserved, header_bytes = head[6:10], int.from_bytes(head[14:18], "little")
    known = header_bytes in (12, 40, 52, 56, 64, 108, 124)
    return "bmp" if head[:2] == b"BM" and reserved == bytes(4) and known else None


def _transport_stream(head: bytes) -> str | None:
    for first, step in ((0, 188), (4, 192), (0, 204)):
        marks = head[first : first + 5 * step : step]
        if len(marks) >= 3 and set(marks) == {_TS_SYNC}:
            return "mpegts"
    return None


def _raw(head: bytes) -> str | None:
    """MP3 and ADTS have no file header: two frames in a row must fit, one could be chance."""
    if len(head) < 8 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:
        step = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return "aac" if step > 7 and head[step : step + 2] == head[:2] else None
    step = _mp3_frame_bytes(head)
    return "mp3" if step and head[step : step + 1] == b"\xff" else None


_MP3_KBITS: Final = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    0: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_MP3_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _mp3_frame_bytes(head: bytes) -> int:
    """Length of the layer III frame at the start of `head`, 0 if it is none (ISO 11172-3)."""
    version, layer, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 2 & 3
    if layer != 1 or version == 1 or rate == 3:
        return 0
    kbits = _MP3_KBITS[3 if version == 3 else 0][head[2] >> 4]
    per_frame = 144_000 if version == 3 else 72_000
    return per_frame * kbits // _MP3_RATES[version][rate] + (head[2] >> 1 & 1) if kbits else 0
