"""The only machine HTTP."""
