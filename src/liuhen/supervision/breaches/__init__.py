"""Breaches (违规): a lead, what a person makes of it, the inquiry, the decision, what follows."""
