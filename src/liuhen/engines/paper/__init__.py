"""Forms on paper and in Excel: tables people fill in."""
