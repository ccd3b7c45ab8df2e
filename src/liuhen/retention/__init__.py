"""How long a recording is kept, and on what ground."""
