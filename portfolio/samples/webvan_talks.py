"""Talks, answers and scores of the Webvan sample: illustrative, not historical.

No such conversations are on record. They show how a talk becomes evidence; dates count
back from the day the sample is loaded, so that freshness can be seen at work.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """Words of a talk and what they were linked to."""

    words: str
    question: int
    stance: str
    grade: int
    prompted: bool = False


@dataclass(frozen=True)
class Talk:
    who: str
    role: str
    days_ago: int
    kind: str
    notes: str
    said: tuple[Said, ...]
    consent: str = "quote"
    pitched: str = "never"
    next_step: str = ""


@dataclass(frozen=True)
class Claim:
    """What each founder claims; the reasons are their own."""

    question: int
    values: tuple[int, int]
    reasons: tuple[str, str] = field(default=("", ""))


SEGMENT = (
    "Bay Area households",
    "Two working adults with children, within the delivery area.",
    "School car parks in Oakland and Palo Alto; supermarket queues on Thursdays.",
)

TALKS = (
    Talk(
        "Marta Sample",
        "two children, works full time",
        20,
        "problem",
        "Illustrative talk, not historical.\n\n"
        "Asked about the last big shop. It was Thursday evening.\n\n"
        "> We spent two hours at the store with both kids and came home without milk.\n\n"
        "Does it every week. Tried a list on the fridge; it does not help with the "
        "queue.\n\n"
        "> Last month I paid a neighbour's son twenty dollars to do it for me.",
        (
            Said(
                "We spent two hours at the store with both kids and came home without "
                "milk.",
                1,
                "supports",
                3,
            ),
            Said(
                "Last month I paid a neighbour's son twenty dollars to do it for me.",
                2,
                "supports",
                3,
            ),
        ),
        next_step="Call again after she has ordered twice",
    ),
    Talk(
        "Ken Example",
        "commutes, one child",
        16,
        "problem",
        "Illustrative talk, not historical.\n\n"
        "Shops on the way home, twice a week, twenty minutes each.\n\n"
        "> I never thought about it. The shop is on my way and I like choosing the "
        "fruit.\n\n"
        "Saturday is worse, but his partner enjoys the market.",
        (
            Said(
                "I never thought about it. The shop is on my way and I like choosing "
                "the fruit.",
                1,
                "contradicts",
                3,
            ),
        ),
    ),
    Talk(
        "Priya Model",
        "three children, works from home",
        12,
        "switch",
        "Illustrative talk, not historical.\n\n"
        "Has ordered from us since the launch.\n\n"
        "> I ordered three times in June and stopped, the slot I wanted was always "
        "gone.\n\n"
        "Went back to the shop around the corner.\n\n"
        "> If you took it away I would not notice now.",
        (
            Said(
                "I ordered three times in June and stopped, the slot I wanted was "
                "always gone.",
                7,
                "contradicts",
                4,
            ),
            Said("If you took it away I would not notice now.", 7, "contradicts", 3),
        ),
    ),
    Talk(
        "Tom Invented",
        "retired, shops for his mother",
        9,
        "problem",
        "Illustrative talk, not historical.\n\n"
        "Drives 40 minutes each way on Sundays to fill his mother's kitchen.\n\n"
        "> Last Sunday the car was full and I still had to go back for the water.\n\n"
        "> I ordered for her on Tuesday and paid for it. That was 84 dollars.",
        (
            Said(
                "Last Sunday the car was full and I still had to go back for the water.",
                1,
                "supports",
                3,
            ),
            Said(
                "I ordered for her on Tuesday and paid for it. That was 84 dollars.",
                6,
                "supports",
                6,
            ),
        ),
        next_step="Ask which neighbours of his mother have the same problem",
    ),
    Talk(
        "Lena Made-Up",
        "student household",
        6,
        "solution",
        "Illustrative talk, not historical.\n\n"
        "Shown the site after hearing how the four of them shop.\n\n"
        "> Sounds great, I would certainly use it.\n\n"
        "Has not ordered. They walk to the store together.",
        (
            Said(
                "Sounds great, I would certainly use it.",
                6,
                "supports",
                1,
                prompted=True,
            ),
        ),
        pitched="after_problem",
    ),
    Talk(
        "Omar Placeholder",
        "caterer",
        3,
        "sales",
        "Illustrative talk, not historical.\n\n"
        "A sales call about a weekly order for the office kitchen.\n\n"
        "> We would need the invoice monthly and the delivery before eight.",
        (),
        consent="notes",
        pitched="before_problem",
    ),
)

ANSWERS = {
    1: (
        "Households of two working adults lose two hours or more a week to the big "
        "shop and try to hand it to somebody else; 8 of 10 say so unasked by December."
    ),
    7: (
        "Of households that ordered twice, 6 of 10 order again within three weeks "
        "without a discount, counted at the end of each quarter."
    ),
    10: (
        "A distribution centre takes 8,000 orders a day within its first year, and "
        "breaks even within five quarters of its launch."
    ),
}

CLAIMS = (
    Claim(
        1,
        (3, 4),
        (
            "Four households described the last big shop without being asked about it.",
            "Everybody we know hates the weekly shop; the talks only confirm it.",
        ),
    ),
    Claim(
        2,
        (2, 3),
        (
            "One household already pays somebody twenty dollars to shop for them.",
            "The neighbour's son costs more than our delivery does, so they will pay.",
        ),
    ),
    Claim(
        6,
        (2, 4),
        (
            "One customer paid 84 dollars for an order for his mother within a week.",
            "Orders came in from the first day on, so visionaries are not the problem.",
        ),
    ),
    Claim(
        7,
        (2, 5),
        (
            "Some reorder, but the one who stopped says she would not miss it at all.",
            "Nobody who has had groceries delivered will ever queue in a store again.",
        ),
    ),
    Claim(
        10,
        (2, 4),
        (
            "The plan needs four times the orders that came in during the first month.",
            "Orders grow with every centre; the next 26 will carry the fixed costs.",
        ),
    ),
)
