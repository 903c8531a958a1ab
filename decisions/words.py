"""PURE. What an alert says, cut to the length that is needed."""


def news(reason: str) -> str:
    """The first sentence: "Week 3: 2,000 against 8,000 forecast (25 %)."."""
    first, stop, _ = reason.partition(". ")
    return f"{first}." if stop else reason
