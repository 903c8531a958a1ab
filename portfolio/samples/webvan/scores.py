"""PURE. What is claimed, what bounds it, and what is asked back.

Written for the sample, in the optimism of 1999. Each text ends in the kind of what it
says: as told, reported, reconstructed, estimated, modelled or illustrative.
"""

from datetime import date

from portfolio.samples.shape import (
    Asked,
    Claim,
    Judged,
    Proof,
    Review,
    TalkedOver,
    Ticked,
    Written,
)

WRITTEN_AGO, FIRST_ROUND_AGO, SECOND_ROUND_AGO = 21, 18, 8

WRITTEN = tuple(
    Written(question, WRITTEN_AGO, f"{statement} (illustrative)")
    for question, statement in (
        (
            1,
            "Households of two working adults lose two hours or more a week to the big "
            "shop and try to hand it to somebody else; 8 of 10 say so unasked by "
            "December.",
        ),
        (
            2,
            "A household pays nothing for the delivery and 103 dollars an order by the "
            "end of the first year; the margin on the goods carries the van.",
        ),
        (
            3,
            "A window of half an hour and a price like the store's take the whole big "
            "shop away; 8 of 10 who ordered twice have stopped driving by December.",
        ),
        (
            4,
            "In 9 of 10 households one adult writes the list, decides and pays, and can "
            "start on the day we ask; nobody else has to agree.",
        ),
        (
            5,
            "Time comes first, then choice, then price, then freshness, for 8 of 10 "
            "households of the Bay Area that we ask by December.",
        ),
        (
            6,
            "50 households who pay somebody to shop for them today order in the first "
            "month, at full price, without having met any of us.",
        ),
        (
            7,
            "Of households that ordered twice, 6 of 10 order again within three weeks "
            "without a discount, counted at the end of each quarter.",
        ),
        (
            8,
            "Radio and the vans in the street bring a first order for 30 dollars or "
            "less; nobody has to sell anything to a household by the next quarter.",
        ),
        (
            9,
            "At 8,000 orders a day of 103 dollars a centre earns 12 % of 300 million "
            "dollars a year, and has paid for itself five quarters after its launch.",
        ),
        (
            10,
            "A distribution centre takes 8,000 orders a day within its first year, and "
            "breaks even within five quarters of its launch.",
        ),
        (
            11,
            "Should one centre stay behind its plan, the next ones carry its costs; 26 "
            "of them stand by the middle of 2001.",
        ),
    )
)

PROOFS = (
    Proof(2, 4, "neutral", 1, survey="price"),
    Proof(5, 4, "supports", 2, survey="needs"),
    Proof(7, 4, "contradicts", 3, survey="must_have"),
    Proof(
        8,
        12,
        "supports",
        0,
        document="Our own plan for radio and vans (illustrative)",
        on=12,
    ),
    Proof(
        9,
        12,
        "supports",
        0,
        document="Plan for a centre: 300 million dollars a year, 103 dollars an order, "
        "12 % margin (reported: TheStreet, October 1999)",
        on=date(1999, 10, 31),
    ),
    Proof(9, 10, "contradicts", 4, number="average_order_size"),
    # 2,000 of 8,000 speaks against a realistic plan; the ramp it kept up with is our own
    Proof(10, 10, "contradicts", 4, number="orders_per_day"),
    Proof(10, 10, "neutral", 2, number="bay_area_orders_per_day_modelled_ramp"),
    Proof(
        10,
        9,
        "neutral",
        0,
        document="Contract of July 1999: a billion dollars for up to 26 centres (as "
        "told; the day is from the contract)",
        on=date(1999, 7, 8),
    ),
    Proof(
        11,
        9,
        "contradicts",
        3,
        document="Oakland misses its break-even of five quarters, and nothing stops "
        "(reported: Supermarket News, October 2000)",
        on=date(2000, 10, 31),
    ),
)


def said(question: int, values: tuple[int, int], owner: str, founder: str) -> Claim:
    reasons = (f"{owner} (illustrative)", f"{founder} (illustrative)")
    return Claim(question, SECOND_ROUND_AGO, values, reasons)


CLAIMS = (
    # before the talks of the last weeks
    Claim(
        1,
        FIRST_ROUND_AGO,
        (4, 5),
        (
            "Everybody shops, and everybody we know would rather not. (illustrative)",
            "There is no household that does not lose its evening to it. (illustrative)",
        ),
    ),
    Claim(
        7,
        FIRST_ROUND_AGO,
        (1, 5),
        (
            "Too early to tell: the first who ordered have stopped again. "
            "(illustrative)",
            "Nobody who has had groceries delivered queues again. (illustrative)",
        ),
    ),
    said(
        1,
        (3, 4),
        "Five households told us of the last big shop without being asked about it.",
        "Everybody we know hates the weekly shop; the talks only confirm it.",
    ),
    said(
        2,
        (2, 3),
        "One household already pays somebody twenty dollars to shop for them.",
        "The neighbour's son costs more than our delivery does, so they will pay.",
    ),
    said(
        3,
        (3, 4),
        "The water stands beside the sink: what we built does what it should.",
        "Half an hour is what no store can give, and we give it in three counties.",
    ),
    said(
        4,
        (2, 3),
        "In two homes we know who writes the list, who drives and who pays.",
        "Groceries are groceries: we have been households ourselves for long enough.",
    ),
    said(
        5,
        (2, 3),
        "Five households rated what matters; the half hour came out on top.",
        "Time is the one thing nobody has; the survey says nothing else.",
    ),
    said(
        6,
        (2, 4),
        "One customer paid 84 dollars for an order for his mother within a week.",
        "Orders came in from the first day on, so visionaries are not the problem.",
    ),
    said(
        7,
        (2, 5),
        "Some reorder, but one of those who stopped would not miss it at all.",
        "Nobody who has had groceries delivered will ever queue in a store again.",
    ),
    said(
        8,
        (2, 3),
        "Radio brought orders on the day it ran, and nobody had to sell anything.",
        "Everybody in the Bay Area has seen the vans; the rest follows by itself.",
    ),
    said(
        9,
        (3, 4),
        "The plan for a centre is worked out to the tote, and the analysts agree.",
        "26 centres at 300 million dollars each: the fixed costs vanish in that.",
    ),
    said(
        10,
        (3, 4),
        "The first month is behind, but every quarter so far was above the one before.",
        "Orders grow with every centre; the next 26 will carry the fixed costs.",
    ),
    said(
        11,
        (1, 1),
        "We would change course if we had to; nobody has written down when.",
        "The market is too large for the model to be wrong; speed is what counts.",
    ),
)

REVIEWS = tuple(
    Review(question, 7, value, f"{reason} (illustrative)")
    for question, value, reason in (
        (
            1,
            2,
            "Half of those you met enjoy their shop. The other half was at the gate.",
        ),
        (3, 1, "Two of those who used it left because the hour they wanted was gone."),
        (
            6,
            1,
            "One order for a mother is a nice story. Name me five who paid unasked.",
        ),
        (7, 1, "Three of nine would miss it, and the ones you quote had stopped."),
        (
            9,
            1,
            "Every input but the order size is the plan's own. Count what you paid.",
        ),
        (
            10,
            1,
            "A quarter of the plan came in, and the plan was not even slowed down.",
        ),
        (11, 0, "I asked what would make you stop, and heard why you never would."),
    )
)

ASKED = (
    Asked(
        1,
        7,
        "Which of these households came to you by themselves, and which did you pick? "
        "(illustrative)",
        5,
        "Four were picked at the school, two came by themselves, the others were sent "
        "by somebody. We wrote it beside each of them. (illustrative)",
    ),
    Asked(
        10,
        6,
        "Which number of the first month says that 26 more centres will fill up? I see "
        "2,000 where 8,000 were planned. (illustrative)",
    ),
)

TALKED_OVER = (
    TalkedOver(
        7,
        5,
        "We read the four talks with those who stopped aloud. Finn sees a shortage of "
        "slots, Olive sees people who do not come back. We agree on 2 until twenty who "
        "ordered twice are counted. (illustrative)",
    ),
)

TICKED = tuple(
    Ticked(question, 7, ticks)
    for question, ticks in (
        (
            1,
            (
                (1, "yes", "In the words of Joan, Hugo and Marta (illustrative)"),
                (2, "partly", "Five of ten raised it (illustrative)"),
                (4, "partly", "A student, a neighbour's son (illustrative)"),
                (5, "no", "We asked three of them (illustrative)"),
            ),
        ),
        (
            3,
            (
                (1, "no", "The totes answer to nobody (illustrative)"),
                (4, "partly", "Seen once, in Carl's kitchen (illustrative)"),
                (6, "no", "26 centres are signed before the first is full (as told)"),
            ),
        ),
        (
            7,
            (
                (1, "no", "Three of nine would miss it (illustrative)"),
                (5, "unknown", ""),
            ),
        ),
        (
            9,
            (
                (1, "partly", "Order size alone is observed (reported)"),
                (2, "yes", "Five quarters after the launch (reported)"),
                (5, "no", ""),
            ),
        ),
        (11, ((1, "no", "None is written (illustrative)"),)),
    )
)

JUDGED = Judged(WRITTEN, PROOFS, CLAIMS, REVIEWS, ASKED, TALKED_OVER, TICKED)
