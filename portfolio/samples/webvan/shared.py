"""PURE. What the founders ask, and when their advisor read along (illustrative)."""

ASKED = (
    (15, "Who has run a warehouse of this size? We would like to talk to two of them."),
    (5, "An introduction to somebody who has stopped a building contract half-way."),
)
READ_AGO = (14, 7)
