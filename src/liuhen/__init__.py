"""留痕: enforcement recordings, from camera to court."""

__version__ = "0.1.0"
