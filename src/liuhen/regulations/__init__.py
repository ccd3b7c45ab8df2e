"""Which regulation a bureau follows, its own dated changes to it, its full text, its calendar."""
