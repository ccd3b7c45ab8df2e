"""A recording from the memory card to the sealed, examined original."""
