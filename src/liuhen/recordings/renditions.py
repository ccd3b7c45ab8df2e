"""A copy a browser can play, made beside the untouched original."""

from liuhen.engines.media.limits import Limits
from liuhen.engines.media.renditions import make_rendition
from liuhen.recordings import derived, disposing, vaults
from liuhen.recordings.models import Recording


def render(recording: Recording) -> None:
    """Make the rendition unless it is there; where nothing decodes, none appears."""
    target = derived.rendition(recording)
    if target.exists() or disposing.is_disposed(recording):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    known = recording.duration_seconds
    make_rendition(
        vaults.path(recording.vault_key),
        target.with_suffix(""),
        name=bytes(recording.original_name),
        limits=Limits.for_rendition(float(known) if known is not None else None),
    )
