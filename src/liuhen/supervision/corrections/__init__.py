"""Orders to put something right: given, reported on with proof, accepted or returned."""
