"""What is looked at day by day: a unit by its head, the bureau from afar, recordings again."""
