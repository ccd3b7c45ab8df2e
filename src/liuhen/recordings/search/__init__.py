"""Finding recordings among a million: words, pairs of characters, two databases, one answer."""
