"""Regulation as data: packs, dated look-up, and the questions they answer. Pure Python."""
