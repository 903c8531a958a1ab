"""Demonstration ventures of a known shape: the same seed gives the same rows.

Rows are written in bulk, past the actions: thousands of talks in seconds. Tests hold
them to what the actions would have written.
"""

from portfolio.seeding.ventures import SeededVenture, seed_ventures

__all__ = ["SeededVenture", "seed_ventures"]
