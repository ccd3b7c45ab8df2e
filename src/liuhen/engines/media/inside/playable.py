"""Does Chromium, as Debian and the intranet browsers build it, play this file as it is?"""

from typing import Any, Final

_PICTURES: Final = {
    "mp4": {"h264", "vp9", "av1"},
    "matroska": {"vp8", "vp9", "av1"},
}
_PIXELS: Final = frozenset({"yuv420p", "yuvj420p"})
_SOUNDS: Final = {
    "mp4": {"aac", "mp3", "opus", "flac"},
    "matroska": {"opus", "vorbis"},
    "wav": {"pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le"},
    "mp3": {"mp3"},
    "aac": {"aac"},
    "flac": {"flac"},
    "ogg": {"opus", "vorbis", "flac"},
}


def plays(form: str | None, brand: bytes | None, streams: list[Any]) -> bool:
    """Container, codecs and pixel format all on Chromium's list; WebM only, not other Matroska.

    form: `signatures.form_of`. streams: `facts.Stream` of type video and audio.
    A 3GP brand is left to a rendition even with H.264: its sound is mostly AMR.
    """
    if form not in _SOUNDS or not streams or (brand or b"").startswith(b"3g"):
        return False
    for stream in streams:
        if stream.type == "video":
            # High 10 and 4:2:2 play in some builds only.
            fits = stream.codec in _PICTURES.get(form, ()) and stream.pix_fmt in _PIXELS
        else:
            fits = stream.codec in _SOUNDS[form]
        if not fits:
            return False
    return True
