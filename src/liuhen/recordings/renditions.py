"""A copy a browser can play, made beside the untouched original."""

from liuhen.engines.media.renditions import make_rendition
from liuhen.recordings import derived, vaults
from liuhen.recordings.models import Recording


def render(recording: Recording) -> None:
    """Make the rendition unless it is there; a failed one leaves the original to download."""
    target = derived.rendition(recording)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    make_rendition(vaults.path(recording.vault_key), target)
