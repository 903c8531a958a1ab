"""Dates of a venture, for calendars outside."""
