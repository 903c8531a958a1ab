"""PURE. The alert rules beside drift and collapse: `metric`, `planned`, `learning`.

Every rule takes what is known on a day and the thresholds, and returns a Concern or None.
Where a condition opens an episode at one value, it lets go of it only a tenth further
on, so that a number that moves around the threshold makes one episode and not many.
"""
