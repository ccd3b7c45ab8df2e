"""Enforcement itself: activities, cases and parties, their papers, and what was not recorded."""
