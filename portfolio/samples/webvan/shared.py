"""PURE. What the founders ask, when their advisor read along, and what they say to each
other (illustrative)."""

from portfolio.samples.shape import Remark

ASKED = (
    (15, "Who has run a warehouse of this size? We would like to talk to two of them."),
    (5, "An introduction to somebody who has stopped a building contract half-way."),
)
READ_AGO = (14, 7)

COMMENTS = (
    Remark(
        "orders_per_day",
        13,
        "advisor",
        "2,000 orders a day is a quarter of what the hall was built for. What would you "
        "see first if the plan were wrong, and not only late? (illustrative)",
        answered_ago=12,
        answer="Fewer second orders within three weeks. We count them now. (illustrative)",
        is_resolved=True,
    ),
    Remark(
        7,
        6,
        "advisor",
        "Who ordered twice at the full price, without a coupon? Those are the talks I "
        "would like to read first. (illustrative)",
    ),
    Remark(
        "average_order_size",
        4,
        "founder",
        "Larger orders do not fill the vans. Do we say so before the next hall is signed? "
        "(illustrative)",
        answered_ago=3,
        answer="Yes. It goes on top of the list for Monday. (illustrative)",
        is_founders_only=True,
    ),
)
