"""Drawing a sample that nobody can steer and anybody can draw again with a shell."""
