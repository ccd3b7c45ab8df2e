"""A review (评查): opened, scored by its form, told to those reviewed, objected to, closed."""
