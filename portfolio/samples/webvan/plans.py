"""PURE. The two tracks as far as they are on record; what is not says so."""

from datetime import date

from portfolio.samples.shape import Moved, Planned, Reached

LAUNCH = date(1999, 6, 2)

PLANNED = (
    Planned(
        "first_customer_ship",
        39,
        LAUNCH,
        reached=Reached(
            38,
            LAUNCH,
            "The centre in Oakland opens with the whole Bay Area at once (reported: "
            "CNET News, 9 July 1999). Neither stop that follows was held (as told).",
        ),
    ),
    # planned beside it, for the same day
    Planned(
        "model_verified",
        39,
        LAUNCH,
        moved=(
            Moved(
                37,
                date(1999, 9, 30),
                "First the vans, then the questions (illustrative)",
            ),
        ),
    ),
    # 26 centres signed for five weeks after the first had opened
    Planned(
        "version_2",
        36,
        date(2001, 6, 30),
        moved=(
            Moved(
                15,
                date(2002, 12, 31),
                "26 markets by the end of 2002 and no longer by the middle of 2001 "
                "(reported: Berkeley Daily Planet, April 2001)",
            ),
        ),
    ),
)
