"""What the regulation says must happen, by whom, by when; and whether it did."""
