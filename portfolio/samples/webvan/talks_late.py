"""PURE. Talks of the last two weeks: illustrative, not historical."""

from portfolio.samples.shape import Said, Talk, Who, speaks_against, speaks_for

PRIYA = Talk(
    Who(
        "Priya Nandi",
        "three children, works from home",
        ("user", "economic_buyer"),
        recognition="active",
    ),
    12,
    """
    Has ordered from us since the launch. We asked for the day on which she first
    thought of something else.

    > {0}

    It was a Wednesday. She wanted Thursday between five and seven, when the eldest is
    at home to open. Everything until Saturday noon was taken. She looked again an hour
    later, and at midnight.

    > {1}

    Went back to the shop around the corner, where the children may come along. We
    looked at her orders together: three in June, none in July.

    > {2}

    She has recommended us to nobody and has warned nobody either.
    """,
    (
        Said(
            "I ordered three times in June and stopped, the slot I wanted was always "
            "gone.",
            speaks_against(7, "hypothesis/reorder", "hypothesis/window", grade=4)
            + speaks_for("problem/slot", "need/at_home", grade=4),
            ("slot gone",),
        ),
        Said(
            "At midnight there was one on Saturday at six in the morning.",
            tags=("slot gone",),
        ),
        Said(
            "If you took it away I would not notice now.",
            speaks_against(7),
            ("delivery",),
        ),
    ),
    kind="switch",
)

RUTH = Talk(
    Who(
        "Ruth Mock-Up",
        "teacher, two teenagers",
        ("user", "recommender"),
        source="warm",
        step_in=15,
    ),
    11,
    """
    We made the mistake that the guide is there to prevent: she asked what we do, and
    for ten minutes we told her. Whatever she said afterwards was an answer to that.

    > {0}

    Only then did we ask about her last big shop. She had to think. It was ten days
    ago, the teenagers had done most of it, on bicycles, and kept the change.

    > {1}

    She would hang our sheet in the staff room. We said no, and asked whether we may
    come back and listen. She laughed and said that she tells her pupils the same. The
    talk stays outside the count, and we keep it to remember why.
    """,
    (
        Said(
            "That is clever. I would order twice a week, I am sure of it.",
            speaks_for(7, grade=1),
            is_prompted=True,
        ),
        Said(
            "The boys did the last one on their bicycles, I did not have to ask twice.",
            speaks_against(1),
            ("time",),
        ),
    ),
    pitched="before_problem",
    by_founder=True,
    next_step="Come back and listen",
)

TOM = Talk(
    Who(
        "Tom Halvorsen",
        "retired, shops for his mother",
        ("user", "decision_maker", "economic_buyer", "recommender"),
        recognition="active",
        step_in=2,
    ),
    9,
    """
    Drives 40 minutes each way on Sundays to fill his mother's kitchen. She is 88 and
    on the second floor.

    > {0}

    He knows to the mile what it costs him: eighty miles and the whole Sunday. In spring
    he went through the yellow pages.

    > {1}

    One said yes and never came. Asked what he has done since our launch.

    > {2}

    He turned his screen to us: the order, the card, the hour. His mother had been
    sceptical, then told the neighbours. He gave us the name of one of them, and
    introduced us on the telephone while we sat there.
    """,
    (
        Said(
            "Last Sunday the car was full and I still had to go back for the water.",
            speaks_for(1, "problem/carrying", "rung/1", "rung/2"),
            ("time",),
        ),
        Said(
            "I called eleven stores and asked who would carry it up to her.",
            speaks_for(6, "problem/carrying", "rung/3"),
            ("delivery",),
        ),
        Said(
            "I ordered for her on Tuesday and paid for it. That was 84 dollars.",
            speaks_for(6, "hypothesis/fee", "rung/5", grade=6),
            ("money",),
        ),
    ),
    next_step="Ask which neighbours of his mother have the same problem",
)

NADIA = Talk(
    Who(
        "Nadia Fictional",
        "looks after her aunt",
        ("user", "influencer"),
        source="referral",
        referred_by="Tom Halvorsen",
        recognition="passive",
        step_in=7,
    ),
    8,
    """
    Lives below Tom's mother and was told of us on the stairs. By telephone, twenty
    minutes.

    > {0}

    She works shifts at the harbour. Her own hours come out on Friday for the week that
    follows, and by then the evenings are taken.

    > {1}

    Her aunt pays, Nadia decides what is bought, and a cousin who drives does most of
    it now. We asked what came first for the two of them.

    > {2}

    She did not know that the window was half an hour. She thought that it was the
    whole afternoon, and had stayed at home for it.
    """,
    (
        Said(
            "I ordered twice and it was all right. The third time there was nothing "
            "before Tuesday, so my cousin drove.",
            speaks_against(7, "hypothesis/reorder", "hypothesis/window")
            + speaks_for("problem/slot"),
            ("slot gone",),
        ),
        Said(
            "My rota comes on Friday and your evenings are gone on Thursday.",
            speaks_for(4, "problem/slot", "need/at_home"),
            ("slot gone",),
        ),
        Said(
            "For my aunt it is that the fish smells of nothing. I only want to be at "
            "home when it comes.",
            speaks_for("need/as_good") + speaks_against(5),
            ("freshness",),
        ),
    ),
    kind="switch",
    channel="phone",
    next_step="Send her the hours of next week on Friday",
)

LENA = Talk(
    Who("Lena Made-Up", "student household", ("user", "influencer"), step_in=10),
    6,
    """
    Four students in one flat. First we heard how they shop: together, on foot, on
    Saturdays after football, with a kitty in a jam jar. It takes an hour and they like
    it.

    > {0}

    Only then did we show the site on her computer. She scrolled through the fruit and
    looked for the cheap pasta.

    > {1}

    Has not ordered. We asked when she would, and the week after the examinations came
    up, and then the summer. Asked what she had bought on the net so far: two books and
    a concert ticket. They had once got as far as the last page of the order.

    > {2}
    """,
    (
        Said(
            "Saturday we walked there with the ball and came back with nine bags.",
            speaks_against(1, "problem/evening"),
        ),
        Said(
            "Sounds great, I would certainly use it.",
            speaks_for(6, grade=1),
            is_prompted=True,
        ),
        Said(
            "It wanted five dollars for the van and the jar had nineteen left, so we "
            "walked.",
            speaks_against(2, "hypothesis/fee"),
            ("money",),
        ),
    ),
    kind="solution",
    pitched="after_problem",
    has_guide=False,
    next_step="Ask again after the examinations",
)

BEA = Talk(
    Who(
        "Bea Stand-In",
        "lawyer, twins of four",
        ("user", "economic_buyer", "decision_maker"),
        source="inbound",
        recognition="vision",
        step_in=5,
    ),
    5,
    """
    Our best customer in Oakland so far, and she knows it. We came to talk about what
    she spends. She had the statements of three months on the table.

    > {0}

    Before that, a student shopped for them on Fridays, at thirty dollars a time, and
    stopped when the term did.

    > {1}

    She orders on Sunday night for the whole week, so she gets the hour that others miss.
    She named the half-hour window herself: with the twins in bed at eight, an afternoon
    of waiting is no offer.

    > {2}

    Asked what we should have asked and did not.

    > {3}
    """,
    (
        Said(
            "Nine orders since June, look, never under ninety dollars.",
            speaks_for(7, "hypothesis/reorder", "rung/5", grade=7) + speaks_for(10),
            ("money",),
        ),
        Said(
            "We paid the student thirty dollars each Friday, that was four hundred in "
            "spring.",
            speaks_for(2, "problem/evening", "hypothesis/fee", "rung/1"),
            ("money",),
        ),
        Said(
            "I took you because of the half hour, I could not sit at home for an "
            "afternoon.",
            speaks_for(3, "hypothesis/window", "feature/window", "need/at_home"),
            ("delivery",),
        ),
        Said(
            "Ask me why nobody else on our floor does it, I told all six of them.",
            tags=("delivery",),
        ),
    ),
    kind="price",
    has_guide=False,
    next_step="Meet two of the six neighbours at her place",
)

WEN = Talk(
    Who("Wen Pretence", "night porter, one child", step_in=8),
    4,
    """
    Between two shifts, standing, at the gate of the school. He shops at six in the
    morning after work, when the store is empty, and sleeps afterwards.

    He said that the store at that hour is the quietest place he knows, and that his
    wife would tell it differently. She does the other half on Saturdays, with the
    child and two buses.

    He could not say what it costs them. He thought that his wife could, and that we had
    better ask her.

    Nothing of this has been taken as a quote yet. It shows what happens then: the talk
    does not count, and after two days it is on the list of those that still owe
    something.
    """,
    by_founder=True,
    next_step="Talk to his wife on a Saturday, on the bus",
)

OMAR = Talk(
    Who(
        "Omar Placeholder",
        "orders for an office kitchen",
        ("technical_buyer", "economic_buyer"),
        source="inbound",
        step_in=1,
    ),
    3,
    """
    A sales call about a weekly order for an office of sixty. He had asked for it, so
    we showed prices and he read us his conditions.

    > {0}

    He buys from a wholesaler now, who comes at seven and sends one bill. He can sign up
    to four hundred dollars a month by himself; more than that goes to the office
    manager, who has been with the wholesaler for nine years.

    > {1}

    We offered a trial week. He wants to see the bill first. This was selling, so it is
    kept and does not count as a talk about the problem; it does count for the question
    that asks how such customers buy.
    """,
    (
        Said(
            "We would need the invoice monthly and the delivery before eight.",
            speaks_for(8, grade=2),
            is_prompted=True,
        ),
        Said("The manager has had the same wholesaler for nine years."),
    ),
    kind="sales",
    pitched="before_problem",
    channel="phone",
    has_guide=False,
    next_step="Send a sample bill",
)

TALKS = (PRIYA, RUTH, TOM, NADIA, LENA, BEA, WEN, OMAR)
