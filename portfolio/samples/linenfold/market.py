"""PURE. What the invented venture believed about small hotels, and asked them."""

from portfolio.samples.shape import Belief, Sheet, Supposed, in_cents

CONSENT = "We keep your answers without your name. You may have them taken out."

BELIEFS = (
    Belief(
        "flat",
        {
            "statement": "Hotels of up to thirty rooms pay 49 a month, summer and "
            "winter, for knowing what the laundry owes them.",
            "measure": "Hotels that take the flat fee, of the first ten asked",
            "pass_mark": "6 of 10 or more",
            "fail_mark": "2 of 10 or fewer",
            "questions": [2, 6],
            "box": "revenue",
            "is_critical": True,
        },
        decide_in=-56,
        registered_ago=112,
        steps=(
            ("testing", 108, ""),
            (
                "invalidated",
                57,
                "Two of ten took it. Those who did not have few guests in winter and "
                "named the winter by themselves: the fee has to follow the linen.",
            ),
        ),
    ),
    Belief(
        "recount",
        {
            "statement": "Hotels we have never met name linen that did not come back "
            "as their last trouble, without being asked for it.",
            "measure": "New hotels of the segment that tell it unprompted, of five",
            "pass_mark": "4 of 5 or more",
            "fail_mark": "1 of 5 or fewer",
            "questions": [1],
            "box": "problem",
        },
        decide_in=10,
        registered_ago=58,
        steps=(
            ("testing", 52, ""),
            ("validated", 18, "Five of five told it, and none had met us before."),
        ),
    ),
    Belief(
        "counted",
        {
            "statement": "Hotels pay 30 a month and 2 for each delivery counted, and "
            "stay through the winter.",
            "measure": "Hotels still paying at the end of February, of the first ten",
            "pass_mark": "8 of 10 or more",
            "fail_mark": "5 of 10 or fewer",
            "questions": [2, 9, 11],
            "box": "revenue",
            "is_critical": True,
        },
        decide_in=90,
        registered_ago=52,
        steps=(("testing", 50, ""),),
    ),
    Belief(
        "laundries",
        {
            "statement": "Laundries pay for the count, since it ends the disputes.",
            "measure": "Laundries that offer to pay, of five asked",
            "pass_mark": "3 of 5 or more",
            "fail_mark": "none of 5",
            "questions": [11],
            "box": "partners",
        },
        decide_in=120,
        registered_ago=51,
    ),
    Belief(
        "uniforms",
        {
            "statement": "Restaurants lose uniforms the same way and pay the same.",
            "measure": "Restaurants that tell of lost uniforms unprompted, of five",
            "pass_mark": "4 of 5 or more",
            "fail_mark": "1 of 5 or fewer",
            "questions": [11],
            "box": "customers",
        },
        decide_in=120,
        registered_ago=51,
    ),
)

SUPPOSED = Supposed(
    began_ago=115,
    segment={
        "name": "Small hotels with an outside laundry",
        "who": "Hotels of six to thirty rooms that send their linen out.",
        "where": "Lists of regional laundries; the back doors at six in the morning.",
    },
    guide={
        "name": "The last delivery",
        "kind": "problem",
        "aim": "What happened between the bag that left and the bed that was made.",
    },
    guide_questions=(
        ("Walk me through the last delivery, from the bag to the bed.", (1, 4)),
        ("What did you do when something was not there?", (1, 6)),
        ("What did that cost you, in hours or in money?", (2,)),
        ("Of all that had to be done that morning, what came first?", (5,)),
    ),
    tags=(
        ("missing", "What left and did not come back.", ""),
        ("money", "What they paid for it, to whomever.", ""),
        ("routine", "Who does what, in which order.", ""),
        ("makeshift", "What they put together against it by themselves.", ""),
    ),
    problems={
        "missing": {
            "statement": "Linen leaves and does not come back, and nobody can say what.",
            "trigger": "The van is unloaded after the driver has left",
            "frequency": "every second delivery",
            "consequence": "Beds unmade, rooms closed, losses paid without proof.",
            "workaround": "Tallies, strings, photographs, a woman who counts.",
            "status": "heard",
        },
    },
    needs={
        "known": ("Know what is missing before the driver leaves.", ("missing",), ""),
        "credited": ("Pay for nothing that never came back.", ("missing",), ""),
        "calm": ("Start the morning without a search.", (), ""),
    },
    emotional=("calm",),
    features={
        "gap": (
            "Count at the door",
            "The phone counts each cage and shows the gap while the driver waits.",
            "live",
            ("missing",),
        ),
    },
    beliefs=BELIEFS,
)

SHEETS = (
    Sheet(
        "needs",
        {"name": "What matters in the morning"},
        45,
        tuple(
            (f"Hotel {number}", {"ratings": ratings})
            for number, ratings in enumerate(
                (
                    ((5, 1), (4, 2), (3, 3)),
                    ((5, 2), (4, 1), (4, 3)),
                    ((4, 1), (5, 2), (3, 4)),
                    ((5, 1), (4, 2), (2, 3)),
                    ((5, 2), (3, 2), (4, 4)),
                    ((5, 1), (5, 2), (3, 3)),
                ),
                1,
            )
        ),
        needs=("known", "credited", "calm"),
    ),
    Sheet(
        "price",
        {
            "name": "What the count may cost a month",
            "offer": "The count at the door for one house, with twelve deliveries.",
            "currency": "EUR",
        },
        38,
        tuple(
            (f"Hotel {number}", in_cents(prices))
            for number, prices in enumerate(
                (
                    (15, 30, 60, 90),
                    (20, 40, 70, 110),
                    (10, 25, 55, 80),
                    (20, 35, 65, 90),
                    (15, 35, 60, 95),
                    (25, 45, 80, 120),
                    (10, 30, 50, 75),
                    (20, 40, 75, 100),
                ),
                1,
            )
        ),
    ),
    Sheet(
        "must_have",
        {"name": "Would you miss the count?", "offer": "The count at the door."},
        20,
        tuple(
            (
                f"House {number}",
                {"feeling": feeling, "uses_last_14_days": 4, "why": why},
            )
            for number, (feeling, why) in enumerate(
                (
                    ("very", "I would not sign for a cage again."),
                    ("very", "They credit us since."),
                    ("somewhat", "My mother counts as well."),
                    ("very", "An hour a day."),
                    ("very", "The driver counts with us now."),
                ),
                1,
            )
        ),
    ),
)
