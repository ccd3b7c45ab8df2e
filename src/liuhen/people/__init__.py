"""Who works here: agency, units, officers, roles, sign-in."""
