"""Body cameras and the other recorders, by number."""
