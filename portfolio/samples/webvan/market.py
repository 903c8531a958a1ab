"""PURE. What the sample believes about its customers: illustrative, not historical."""

from portfolio.samples.shape import Belief, Supposed

SEGMENT = {
    "name": "Bay Area households",
    "who": "Two working adults with children, within the delivery area.",
    "where": "School car parks in Oakland and Palo Alto; supermarket queues on "
    "Thursdays.",
}

GUIDE = {
    "name": "The last big shop",
    "kind": "problem",
    "aim": "What a week's groceries cost a household, and what it does about that.",
}
# what we ask, and the questions it tests
GUIDE_QUESTIONS = (
    ("Walk me through last week's groceries, from the list to the shelf.", (4,)),
    ("Tell me about the last big shop.", (1,)),
    ("Which part of it went worst?", (1, 5)),
    ("What did you do then?", (1, 3)),
    ("What have you tried so far to be rid of it?", (3, 6)),
    ("What did that cost you, in hours or in money?", (2,)),
    ("Who at home decided that?", (2, 4)),
    ("Whose money was it?", (2,)),
    ("What happened after your last order?", (3, 7)),
    ("Who else has this trouble? Please introduce me to them.", (6, 8)),
)

# name, what it means, the one above
TAGS = (
    ("time", "Hours that groceries take out of a week.", ""),
    ("evening lost", "An evening with the family went into the shop.", "time"),
    ("queue", "Waiting in the store or before it.", "time"),
    ("delivery", "What happened between the order and the kitchen.", ""),
    ("slot gone", "The hour they wanted could not be booked.", "delivery"),
    ("missing items", "It was on the list and not in the house.", "delivery"),
    ("money", "What they spend on this already, on whomever.", ""),
    ("freshness", "Fruit, meat and fish that somebody else picks.", ""),
)

# --- problems, needs, features ----------------------------------------------------
PROBLEMS = {
    "evening": {
        "statement": "The weekly shop eats a whole evening.",
        "trigger": "The fridge is empty and both of us have worked all day",
        "frequency": "every week, mostly on Thursday",
        "consequence": "Two to three hours, a late dinner, children up too long.",
        "workaround": "They pay a student or a neighbour's son, or split the list.",
        "status": "heard",
    },
    "carrying": {
        "statement": "Somebody has to carry the water up the stairs.",
        "trigger": "A house without a lift, a baby on the arm, a mother of 88",
        "frequency": "every big shop",
        "consequence": "Several ways up and down; a Sunday on the road.",
        "workaround": "A daughter or son brings the heavy things once a week.",
        "status": "heard",
    },
    "slot": {
        "statement": "The hour I wanted was gone.",
        "trigger": "Ordering on Wednesday for an evening of the same week",
        "frequency": "two orders of three, once the first month was over",
        "consequence": "They drive to the store after all, and do not come back.",
        "workaround": "Order on Sunday for the whole week, or not at all.",
        "status": "heard",
    },
    "missing": {
        "statement": "We came home without half of what we needed.",
        "trigger": "Something on the list is sold out, and nobody says so before",
        "frequency": "every second shop",
        "consequence": "A second way to the store, or bread in place of rice.",
        "workaround": "The corner store, at corner prices.",
        "status": "heard",
    },
    "fruit": {
        "statement": "I do not want strangers to choose my fruit.",
        "trigger": "The first look into the box",
        "frequency": "every order with fresh things in it",
        "consequence": "They keep driving to the market for those.",
        "status": "suspected",
    },
}

# outcome, problems, the one above
NEEDS = {
    "food_in_house": ("Have a week's food in the house, and the evening too.", (), ""),
    "half_hour": (
        "Lose less than half an hour a week on groceries.",
        ("evening", "carrying"),
        "food_in_house",
    ),
    "nothing_missing": (
        "Find nothing missing when the list is put away.",
        ("missing",),
        "food_in_house",
    ),
    "at_home": (
        "Have it come at an hour when somebody is at home.",
        ("slot",),
        "food_in_house",
    ),
    "trust": ("Trust what somebody else has picked.", (), ""),
    "as_good": (
        "Get fruit and fish as good as those I would have taken.",
        ("fruit",),
        "trust",
    ),
}

# name, what it does, stage, problems; the last one answers to nobody's problem
FEATURES = {
    "window": (
        "30-minute delivery window",
        "The van comes within the half hour that was chosen.",
        "live",
        ("slot",),
    ),
    "last_list": (
        "Last week's list, kept",
        "The next order begins with the list of the last one.",
        "beta",
        ("evening", "missing"),
    ),
    "totes": (
        "Temperature-controlled totes",
        "Boxes in three colours keep frozen, cold and dry things apart.",
        "live",
        (),
    ),
}

# --- beliefs, registered before they were tested ----------------------------------
BELIEFS = (
    Belief(
        "window",
        {
            "statement": "A half-hour window is what makes households order from us.",
            "measure": "Households that ordered and name the window, unasked, as the "
            "reason they did, of the first six we talk to",
            "pass_mark": "4 of 6 or more",
            "fail_mark": "1 of 6 or fewer",
            "questions": [3, 6],
            "box": "value",
        },
        decide_in=-4,
        registered_ago=36,
        steps=(
            ("testing", 27, ""),
            (
                "invalidated",
                4,
                "One of six named it. One did not care for the hour, and two had left "
                "because the hour they wanted was gone: a narrow window that is full "
                "helps nobody.",
            ),
        ),
    ),
    Belief(
        "reorder",
        {
            "statement": "Households that ordered twice order again within three "
            "weeks, without a discount.",
            "measure": "Share of those who ordered twice that ordered a third time "
            "within 21 days, of the first twenty",
            "pass_mark": "12 of 20 or more",
            "fail_mark": "7 of 20 or fewer",
            "questions": [7],
            "box": "value",
            "is_critical": True,
        },
        decide_in=24,
        registered_ago=36,
        steps=(("testing", 26, ""),),
    ),
    Belief(
        "fee",
        {
            "statement": "Who pays somebody to shop for them today pays us the same "
            "for a delivery.",
            "measure": "Households that paid anybody in the last three months and pay "
            "our fee twice, of the first eight",
            "pass_mark": "5 of 8 or more",
            "fail_mark": "2 of 8 or fewer",
            "questions": [2],
            "box": "revenue",
        },
        decide_in=45,
        registered_ago=31,
    ),
    Belief(
        "break_even",
        {
            "statement": "A distribution centre earns its own costs within five "
            "quarters of its launch (reported from the prospectus).",
            "measure": "Orders a day of the Oakland centre against the 4,000 that "
            "would carry it (estimated)",
            "pass_mark": "4,000 a day or more by 30 September 2000",
            "fail_mark": "3,000 a day or fewer by then",
            "questions": [9, 10, 11],
            "box": "cost",
            "is_critical": True,
        },
        decide_in=-2,
        registered_ago=36,
    ),
)

SUPPOSED = Supposed(
    began_ago=40,
    segment=SEGMENT,
    guide=GUIDE,
    guide_questions=GUIDE_QUESTIONS,
    tags=TAGS,
    problems=PROBLEMS,
    needs=NEEDS,
    emotional=("trust",),
    features=FEATURES,
    beliefs=BELIEFS,
)
