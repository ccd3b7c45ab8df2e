"""What every room needs: refusals, clocks. Knows nothing of Django or of the field."""
