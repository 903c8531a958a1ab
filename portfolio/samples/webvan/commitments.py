"""PURE. The contract that was signed five weeks after the first centre had opened."""

from datetime import date
from decimal import Decimal

from portfolio.samples.shape import Committed, Tranched

# the first cash on record is that of a year later, so it stands in
CASH = Decimal(410_000_000)
CASH_ON = date(2000, 6, 30)

SIGNED_FOR = (
    Committed(
        ago=35,
        amount=1_000_000_000,
        starts_on=date(1999, 7, 8),
        ends_on=date(2002, 7, 8),
        metric="Orders per day",
        tranches=(
            Tranched(
                35_000_000,
                date(2000, 5, 1),
                "Orders per day in Oakland",
                "break-even, about 4,000 (illustrative rule, estimated figure)",
                # five quarters after launch, as the prospectus promised
                date(2000, 9, 30),
            ),
            Tranched(965_000_000, date(2002, 7, 8)),
        ),
        fields={
            "title": "Distribution centres with Bechtel",
            "counterparty": "Bechtel",
            "kind": "new_site",
            "questions": [8, 9, 10],
            "reversible_share": 0,
            "notes": (
                "Contract of 8 July 1999: more than a billion dollars, up to 26 "
                "centres (reported: the contract; CNET News, 9 July 1999), over three "
                "years (as told by Blank).\n\n"
                "Illustrative: that nothing of it comes back, and the tranches. One "
                "centre is put at 35 million dollars, the cost of Chicago (reported: "
                "Chicago Tribune, 1 August 2000); the contract had no stop rule.\n\n"
                "It is measured by the 410 million dollars in hand on 30 June 2000 "
                "(reported: CNET): of July 1999 no figure is known to us."
            ),
        },
    ),
)
