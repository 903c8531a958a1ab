"""Numbers in, geometry out: no Django, no clock, no database."""
