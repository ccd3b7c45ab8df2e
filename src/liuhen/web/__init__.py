"""The only HTML."""
