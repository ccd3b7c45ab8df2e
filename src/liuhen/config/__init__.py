"""Settings by environment; the composition root."""
