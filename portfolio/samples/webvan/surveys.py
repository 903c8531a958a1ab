"""PURE. Survey answers of the sample: illustrative, not historical.

The prices are a worked example small enough to follow by hand: the point of least
resistance lies at 26 dollars, and the usual range from 22 to 28.
"""

from portfolio.samples.shape import Sheet, in_cents

CONSENT = (
    "We keep your answers without your name, to learn how households shop. You may ask "
    "us to take them out at any time."
)

MUST_HAVE = {
    "name": "Would you miss it?",
    "offer": "Groceries ordered on the net and brought within half an hour you choose.",
}
# respondent, answer, uses in 14 days, in their words
FEELINGS = (
    ("Household 1", "very", 4, "My Thursdays are mine again."),
    ("Household 2", "somewhat", 2, "The store is not far."),
    ("Household 3", "not", 1, "I tried it for the coupon."),
    ("Household 4", "somewhat", 2, "If the hour I want were free, very."),
    ("Household 5", "gone", 0, "I moved out of your area."),
    ("Household 6", "very", 3, "Who would carry the water?"),
    ("Household 7", "somewhat", 1, "Good for heavy things."),
    ("Household 8", "not", 1, "I like the market."),
    ("Household 9", "somewhat", 2, "Half of it was missing once."),
    ("Household 10", "very", 2, "With the twins there is no other way."),
    ("Household 11", "not", 0, "I forgot that I had it."),
    ("Household 12", "somewhat", 1, "My husband would miss it more."),
)

PRICE = {
    "name": "What a month of deliveries may cost",
    "offer": "Four deliveries a month, each within half an hour you choose, carried to "
    "the kitchen. One flat fee a month; groceries at the prices of the store.",
    "currency": "USD",
}
# dollars a month: too cheap, cheap, expensive, too expensive
PRICES = (
    (10, 20, 35, 50),
    (8, 15, 22, 30),
    (12, 25, 40, 60),
    (30, 40, 60, 80),
    (5, 9, 14, 20),
    (10, 18, 30, 45),
    (25, 35, 50, 70),
    (9, 16, 24, 28),
    (14, 22, 38, 55),
    (11, 20, 26, 32),
    (28, 38, 55, 75),
    (6, 10, 16, 22),
)

NEEDS = {"name": "What matters, and how well it goes today"}
# importance and satisfaction of half_hour, nothing_missing, at_home, as_good
RATINGS = (
    ((5, 2), (4, 3), (5, 2), (3, 4)),
    ((4, 2), (5, 3), (5, 1), (4, 4)),
    ((5, 3), (4, 2), (4, 2), (5, 4)),
    ((3, 3), (4, 3), (5, 2), (4, 5)),
    ((5, 1), (3, 4), (4, 3), (4, 4)),
)
RATED = ("half_hour", "nothing_missing", "at_home", "as_good")

# days before the loading on which the instruments were handed out
OPENED_AGO = 22
SHEETS = (
    Sheet(
        "must_have",
        MUST_HAVE,
        OPENED_AGO,
        tuple(
            (label, {"feeling": feeling, "uses_last_14_days": uses, "why": why})
            for label, feeling, uses, why in FEELINGS
        ),
    ),
    Sheet(
        "price",
        PRICE,
        OPENED_AGO,
        tuple(
            (f"Household {number}", in_cents(dollars))
            for number, dollars in enumerate(PRICES, 1)
        ),
    ),
    Sheet(
        "needs",
        NEEDS,
        OPENED_AGO,
        tuple(
            (f"Household {number}", {"ratings": ratings})
            for number, ratings in enumerate(RATINGS, 1)
        ),
        needs=RATED,
    ),
)
