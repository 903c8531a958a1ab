"""PURE. Both tracks of the invented venture: each product has its review, in time."""

from portfolio.samples.shape import Held, Moved, Planned, Reached

PLANNED = (
    Planned("concept", 114, 112, reached=Reached(112, 112)),
    Planned(
        "hypotheses_stated",
        114,
        112,
        reached=Reached(
            111, 111, "What we believe is written and registered, with marks and days."
        ),
    ),
    Planned("alpha", 113, 66, reached=Reached(66, 66)),
    Planned(
        "problem_verified",
        113,
        66,
        reached=Reached(
            60, 60, "Nine houses tell the same trouble by themselves, papers and all."
        ),
    ),
)
# after the model changed
PLANNED_ANEW = (
    Planned("beta", 53, 50, reached=Reached(50, 50)),
    Planned(
        "solution_verified",
        53,
        50,
        moved=(Moved(49, 40, "Two weeks of use are worth more than one"),),
        reached=Reached(
            40, 40, "Two houses count at each delivery, and the driver signs the gap."
        ),
    ),
    Planned(
        "first_customer_ship",
        53,
        34,
        reached=Reached(34, 34),
        held=(
            Held(
                30,
                4,
                4,
                "We looked at seven weeks of deliveries, at five houses and at three "
                "slips. All weeks lay in their ranges. We go on as planned, hire nobody, "
                "and ask again ninety days after first customer ship.",
            ),
        ),
    ),
    Planned(
        "model_verified",
        53,
        34,
        moved=(
            Moved(35, 8, "First the five new houses, then the review"),
            Moved(9, -45, "Must-have wants thirty answers, and five are given"),
        ),
    ),
)
