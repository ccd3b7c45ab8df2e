"""What is watched and what follows: spot checks, reviews, corrections, breaches, sanctions."""
