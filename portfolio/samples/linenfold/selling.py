"""PURE. What the invented venture sold before there was the app: people who count.

Two people sell a service of counting by hand, and come close to bringing in what they
cost in full. All figures are illustrative, in whole euros of one quarter.
"""

from portfolio.samples.shape import Changed, Dealt, Seller, Selling, SharedCost

PRODUCT = "Counting service (illustrative)"
MARA, TOBIAS, INES, LINA = "Mara Sample", "Tobias Sample", "Ines Sample", "Lina Sample"
FIRST, COUNT, OFFER, TRIAL = "First talk", "Count on the ramp", "Offer", "Two weeks"
WAY = ((FIRST, 0), (COUNT, 12), (TRIAL, 30), (OFFER, 48))

SELLERS = (
    # founders are shown apart: what they sell says little of what others could
    Seller(LINA, "founder", 4, (3600, 3000, 2400, 2000, 1500, 1200), is_owner=True),
    Seller(
        MARA,
        "renaissance",
        4,
        (1100, 2500, 3700, 5200, 6300, 7100),
        pay=(3600, 900, 900, 700, 100),
    ),
    Seller(
        TOBIAS,
        "renaissance",
        4,
        (700, 1700, 3100, 4400, 5500, 6300),
        pay=(3600, 900, 900, 700, 100),
    ),
    # came in the last quarter, and still learns
    Seller(INES, "renaissance", -1, (400,), pay=(3000, 0, 700, 400, 100)),
)
SHARED = (
    SharedCost("sales_engineering", people="0.25", one=4800, note="Jonas counts along"),
    SharedCost("marketing", amount=800, note="Letters to houses before the season"),
)


def won(
    title: str,
    quarter: int,
    seller: str,
    price: int,
    reasons: str,
    *,
    steps: tuple[tuple[str, int], ...],
    currency: str = "",
) -> Dealt:
    """At its list price."""
    return Dealt(title, quarter, seller, price, "won", reasons, steps, price, currency)


DEALS = (
    won("House with 18 rooms", 0, LINA, 600, "The owner knew Lina.", steps=WAY[:1]),
    won(
        "House with 24 rooms by the lake",
        0,
        MARA,
        650,
        "She counted with them for a morning, and nine sheets were missing.",
        steps=(WAY[0], WAY[1]),
    ),
    Dealt(
        "House with 40 rooms",
        1,
        TOBIAS,
        900,
        "lost",
        "The head of four houses decides, and nobody had met her.",
        steps=(WAY[0], WAY[3]),
    ),
    won("House with 21 rooms", 1, MARA, 640, "She counted with them.", steps=WAY[:2]),
    won("House with 26 rooms", 2, MARA, 720, "The count paid for itself.", steps=WAY),
    won("House with 30 rooms", 2, TOBIAS, 700, "Same way as Mara’s.", steps=WAY),
    Dealt(
        "House with 12 rooms",
        3,
        TOBIAS,
        400,
        "lost",
        "Too small: they see the linen go.",
        steps=WAY[:2],
    ),
    won("House with 28 rooms", 3, MARA, 740, "Their laundry signed.", steps=WAY),
    won("Two houses of one family", 4, MARA, 1400, "One trial for both.", steps=WAY),
    won("House with 22 rooms", 4, TOBIAS, 690, "The count paid for itself.", steps=WAY),
    won(
        "House across the border",
        4,
        TOBIAS,
        800,
        "Paid in francs, so it stands apart.",
        steps=WAY,
        currency="CHF",
    ),
    won("House with 32 rooms", 5, MARA, 760, "A house told another.", steps=WAY),
    won("House with 27 rooms", 5, TOBIAS, 720, "The count paid for itself.", steps=WAY),
    Dealt("House with 35 rooms", 5, MARA, 780, "open", "", steps=WAY[:3]),
    Dealt("House with 20 rooms", 5, INES, 650, "open", "", steps=WAY[:1]),
)

LEARNED = (
    Changed(
        1,
        "pitch",
        "We count with them for a morning before we speak of a price.",
        "That they find the gap themselves, and need not believe us.",
        "Every house that counted came to the next step; before it was one of three.",
    ),
    Changed(
        2,
        "price",
        "One price for each delivery instead of one for the month.",
        "That houses closed in winter stay.",
        "No house left over the winter. Offers took two weeks less.",
    ),
    Changed(
        3,
        "target",
        "Only houses of 18 rooms and more.",
        "Fewer talks that lead nowhere.",
        "Of houses under 18 rooms one of four had bought; of the others three of four.",
    ),
    Changed(
        4,
        "product",
        "The driver signs the gap on the spot.",
        "That the laundry no longer disputes the count.",
        "",
    ),
)

SOLD = Selling(PRODUCT, "Direct", SELLERS, SHARED, DEALS, LEARNED)
