"""Plain libraries: no Django, and no engine knows another."""
