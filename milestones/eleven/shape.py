"""What is known about one of the eleven questions before anybody is asked."""

from dataclasses import dataclass
from enum import StrEnum

ATTRIBUTION = "Steve Blank, The Four Steps to the Epiphany"


class Group(StrEnum):
    """Three headings of our own, so that eleven lines read as three."""

    UNDERSTAND = "Do we understand them?"
    BUY = "Will they buy?"
    BUSINESS = "Is it a business?"


@dataclass(frozen=True)
class Template:
    """One question. `wording` is the quotation, every other word is our own.

    `rubric` holds six anchors, for the scores 0 to 5. `first_ask` opens a talk about
    what has happened, never about what somebody would do.
    `per_segment` is false for the three that belong to the whole model.
    """

    number: int
    wording: str
    group: Group
    asks: str
    criteria: tuple[str, ...]
    evidence: tuple[str, ...]
    rubric: tuple[str, str, str, str, str, str]
    first_ask: str
    per_segment: bool = True

    @property
    def attribution(self) -> str:
        return ATTRIBUTION
