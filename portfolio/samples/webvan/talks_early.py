"""PURE. Talks before the launch had settled: illustrative, not historical.

No such conversations are on record. They show how a talk becomes evidence; days count
back from the day the sample is loaded, so that freshness can be seen at work.
"""

from portfolio.samples.shape import Said, Talk, Who, speaks_against, speaks_for

JOAN = Talk(
    Who("Joan Supposed", "nurse, two children", ("user", "decision_maker")),
    34,
    """
    Asked her to walk us through last week, from Sunday to Saturday. She works three
    nights, her husband drives for the city.

    > {0}

    The list hangs on the fridge and everybody adds to it. What is forgotten is bought
    at the corner, at corner prices; she thinks that this is ten dollars a week, but has
    never counted.

    > {1}

    Asked what they had tried. A bigger freezer, two years ago. It helped with meat and
    did nothing for milk and fruit. They shop in two cars when there is a feast. Nobody
    in the family minds the store itself; what they mind is that there is no evening
    left afterwards.
    """,
    (
        Said(
            "I plan the week on Sunday night, and he buys it on Monday before his "
            "shift, or it does not happen.",
            speaks_for(4),
            ("time",),
        ),
        Said(
            "Last Monday his shift moved, so I took both children at seven in the "
            "evening and we ate at half past nine.",
            speaks_for(1, "problem/evening", "need/half_hour", "rung/1"),
            ("evening lost",),
        ),
    ),
    kind="day_in_life",
)

HUGO = Talk(
    Who(
        "Hugo Imaginary",
        "engineer, one child, long commute",
        ("user", "economic_buyer"),
        source="inbound",
        recognition="active",
        step_in=4,
    ),
    29,
    """
    He had written to us after reading about the launch. We asked about his last big
    shop before anything else.

    > {0}

    Has a spreadsheet of what the family eats in a week. It tells him what to buy and
    spares him no minute in the store. He once tried a small service in Palo Alto that
    shops by telephone.

    > {1}

    We asked what mattered most in that order, price, choice or hour.

    > {2}

    He named the hour after we had put it on the table, so this is no more than a
    prompted word. He gave us his spreadsheet to look at and two Thursdays on which we
    may come along to the store.
    """,
    (
        Said(
            "Thursday I left work at six and the last bag was in the kitchen at "
            "twenty to nine.",
            speaks_for(1, "problem/evening", "rung/1"),
            ("evening lost",),
        ),
        Said(
            "I paid them twelve dollars an order for five months, until they gave up.",
            speaks_for(2, "problem/evening", "hypothesis/fee", "rung/3"),
            ("money",),
        ),
        Said(
            "The hour, I suppose. Being home for it matters more than the price.",
            speaks_for(5, "need/at_home", grade=2),
            ("delivery",),
            is_prompted=True,
        ),
    ),
    next_step="Come along to the store on a Thursday",
)

INES = Talk(
    Who(
        "Ines Pretend",
        "runs a day care from home",
        ("user", "economic_buyer"),
        recognition="active",
        step_in=9,
    ),
    26,
    """
    She ordered four times and stopped. We asked her to tell the story backwards, from
    the day she stopped.

    > {0}

    The children were there, the snack was not. She drove to the store at noon with
    five of them in the van, and has driven every week since.

    > {1}

    She showed us the four slips on the table and the store receipts of the weeks that
    followed. Asked what would have kept her.

    > {2}

    The delivery hour was fine for her: she is at home all day. She had not noticed
    that it was half an hour and not two.
    """,
    (
        Said(
            "Three of the things I had ticked were not in the boxes, and nobody had "
            "told me before the van came.",
            speaks_against(3) + speaks_for("problem/missing", "need/nothing_missing"),
            ("missing items",),
        ),
        Said(
            "I ordered four times in two weeks and not once since, here are the slips.",
            speaks_against(7, "hypothesis/reorder", grade=4),
            ("delivery",),
        ),
        Said(
            "One telephone call at eight would have done, I was at home, the hour "
            "never mattered.",
            speaks_against("hypothesis/window", "feature/window"),
            ("missing items", "delivery"),
        ),
    ),
    kind="switch",
    by_founder=True,
    next_step="Look at the slips of the fourth order together",
)

GUS = Talk(
    Who(
        "Gus Fable",
        "widower, lives alone",
        recognition="passive",
        consent="notes",
        step_in=12,
    ),
    24,
    """
    He agreed to notes and asked not to be quoted by name or word outside the team.

    Shops every morning, on foot, for the one day. It takes him half an hour, and he
    meets the same four people at the counter.

    > {0}

    Water and potatoes are the trouble: third floor, no lift. His daughter brings them
    on Sundays, when she comes.

    > {1}

    Asked whether he had looked for anything. He has the number of a neighbour's boy on
    a note by the door, and has never called it. A computer is not in the house. He does
    not look for anything else, and is not one of those we should build for first.
    """,
    (
        Said(
            "The shop is my morning. What would I do with the half hour?",
            speaks_against(1, 4, "problem/evening"),
            ("time",),
        ),
        Said(
            "In May I carried ten pounds of potatoes up and had to sit on the stairs "
            "twice.",
            speaks_for("problem/carrying", "rung/1"),
        ),
    ),
    next_step="Ask his daughter about the Sundays",
)

MARTA = Talk(
    Who(
        "Marta Quill",
        "two children, works full time",
        ("user", "decision_maker", "economic_buyer"),
        source="warm",
        recognition="active",
        step_in=3,
    ),
    20,
    """
    Asked about the last big shop. It was Thursday evening, and the third store in a
    month that had moved its shelves.

    > {0}

    Does it every week, with a list that her mother keeps by telephone. Tried going at
    ten at night; the fruit was gone by then. Tried the store on the other side of the
    bay, which is cheaper and took the whole Saturday.

    > {1}

    It was the second time; the boy has school, so it does not happen every week. We
    asked who decides about such things at home. She does, and her husband pays the
    card. She sent us to a colleague who has the same Thursdays.
    """,
    (
        Said(
            "We spent two hours at the store with both kids and came home without "
            "milk.",
            speaks_for(1, "problem/evening", "problem/missing", "rung/1"),
            ("evening lost", "queue"),
        ),
        Said(
            "Last month I paid a neighbour's son twenty dollars to do it for me.",
            speaks_for(2, "problem/evening", "hypothesis/fee", "rung/3"),
            ("money",),
        ),
    ),
    next_step="Call again after she has ordered twice",
)

SOL = Talk(
    Who(
        "Sol Varga",
        "old friend of the founders",
        ("influencer",),
        source="friend",
        is_related=True,
        step_in=20,
    ),
    18,
    """
    Dinner at his place, after which he asked how it was going. We told him that we
    would write it down. He was at college with both of us, so whatever he says is
    kind.

    > {0}

    He has not ordered. He eats at work on most days and keeps beer, eggs and mustard
    in the fridge. Asked about the last time he had bought more than that, he could not
    say; his sister does it when she comes to stay.

    > {1}

    He knows people who write about new companies and offered to introduce us. That is
    kind too, and has nothing to do with whether anybody needs this.
    """,
    (
        Said(
            "This will be huge, everybody I know would want it.", speaks_for(6, grade=1)
        ),
        Said(
            "I have not done a big shop since I moved in here.",
            speaks_against(1, "problem/evening"),
            ("time",),
        ),
    ),
    has_guide=False,
    by_founder=True,
    next_step="See him again, not about this",
)

KEN = Talk(
    Who(
        "Ken Orlov",
        "commutes, one child",
        ("user", "saboteur"),
        recognition="latent",
    ),
    16,
    """
    Shops on the way home, twice a week, twenty minutes each. The store lies between
    the station and his street.

    > {0}

    Saturday is worse, but his partner enjoys the market, and their daughter gets a
    peach. Asked about the last time that anything was missing at home.

    > {1}

    His partner has seen our van in the street and asked him to try it. He talked her
    out of it: strangers who choose his tomatoes. In this household he is the one who
    would have to agree and does not want to.

    > {2}
    """,
    (
        Said(
            "I never thought about it. The shop is on my way and I like choosing the "
            "fruit.",
            speaks_against(1, "problem/evening") + speaks_for("problem/fruit"),
            ("freshness",),
        ),
        Said(
            "We ran out of rice on Sunday, so we had bread. Nobody has looked for "
            "anything since.",
            speaks_against(6, "rung/3"),
        ),
        Said(
            "My neighbour's bananas came green and stayed green, I saw them on her "
            "table all week.",
            speaks_for("problem/fruit", "need/as_good"),
            ("freshness",),
        ),
    ),
)

CARL = Talk(
    Who(
        "Carl Specimen",
        "baby of five months, third floor",
        ("user", "decision_maker"),
        source="referral",
        referred_by="Marta Quill",
        recognition="vision",
        step_in=6,
    ),
    14,
    """
    The colleague Marta sent us to. Third floor, no lift, a pram in the hall.

    > {0}

    Since then they have ordered from us, and we were there when the third order came.
    He put the boxes on the scales in front of us: forty-one pounds.

    > {1}

    He keeps last week's list and only changes what differs. When we asked how he had
    found us he said that he had drawn such a service on a napkin in spring.

    > {2}

    He worries that we will not last. Nothing was sold in this talk.
    """,
    (
        Said(
            "In April I went down four times for one shop, with the baby on my arm.",
            speaks_for(1, "problem/carrying", "rung/1", "rung/2"),
        ),
        Said(
            "Your man set the water down beside the sink, so I have not carried any "
            "since June.",
            speaks_for(3, "problem/carrying", grade=4),
            ("delivery",),
        ),
        Said(
            "The van was empty but for my boxes, he told me that it was his second "
            "stop since seven.",
            speaks_against(10),
            ("delivery",),
        ),
    ),
    kind="beta_feedback",
    next_step="Be there when the fifth order comes",
)

TALKS = (JOAN, HUGO, INES, GUS, MARTA, SOL, KEN, CARL)
