"""PURE. Talks with fourteen small hotels, all invented.

Nine were held before the model changed, five after it with hotels nobody knew before.
"""

from portfolio.samples.shape import Link, Said, Talk, Who, speaks_against, speaks_for

MARK = "Invented talk of an invented venture."
BUYER = ("user", "decision_maker", "economic_buyer")


def hotel(
    ago: int,
    who: tuple[str, str, str],
    lost: str,
    paid: str,
    way: str,
    makeshift: str,
    told: str,
    *,
    roles: tuple[str, ...] = BUYER,
    more: tuple[Said, ...] = (),
    beliefs: tuple[str, ...] = (),
    is_used: bool = False,
) -> Talk:
    """Each was asked the same four things: what was lost last, what it cost, how the
    day goes, and what they do about it."""
    said = (
        Said(
            lost,
            speaks_for(1, "problem/missing", "need/known", "rung/1", *beliefs, grade=4),
            ("missing",),
        ),
        Said(paid, speaks_for(2, "rung/2", "rung/3"), ("money",)),
        Said(way, speaks_for(4, 5), ("routine",)),
        Said(makeshift, proven_by(is_used=is_used), ("makeshift",)),
        *more,
    )
    quoted = "\n\n".join(f"> {{{number}}}" for number in range(len(said)))
    return Talk(
        met(ago, who, roles),
        ago,
        f"{told}\n\n{quoted}\n\nWe saw the papers they spoke of.",
        said,
        mark=MARK,
        by_founder=ago % 2 == 0,
        next_step="Send what we wrote down, and ask whether it is right",
    )


def proven_by(*, is_used: bool) -> tuple[Link, ...]:
    """What a makeshift leaves undone says what ours has to do, and not that it does."""
    seen: tuple[Link, ...] = (Link(3, 2, "neutral"),)
    if is_used:
        seen = speaks_for(3, "feature/gap", grade=4)
    return speaks_for(6, "rung/4", grade=4) + seen


def met(ago: int, who: tuple[str, str, str], roles: tuple[str, ...]) -> Who:
    name, role_title, place = who
    return Who(
        name,
        role_title,
        roles,
        source="cold" if ago % 2 else "referral",
        recognition="active" if ago % 3 else "vision",
        organisation=place,
    )


FLAT = Said(
    "Forty-nine a month is too much for a winter with six guests.",
    speaks_against("hypothesis/flat"),
    ("money",),
)
DEPOSIT = Said(
    "I paid the ninety for the first three months on the spot, here is the slip.",
    speaks_for(6, "rung/5", grade=6),
    ("money",),
)

EARLY = (
    hotel(
        110,
        ("Agnes Muster", "runs it with her sister", "Hotel at the Mill"),
        "On Saturday eleven pillow cases were missing and we ironed our own.",
        "The laundry billed 212 for things that never came back in March.",
        "My sister counts the bags at six, I check the beds, she signs the bill.",
        "There is a tally of every van on the back of this door since autumn.",
        "Twelve rooms by a river. The linen goes out on Mondays and Thursdays.",
        more=(FLAT,),
    ),
    hotel(
        105,
        ("Boris Muster", "manager", "Pension Linde"),
        "Last Thursday two of the beds had no sheets until four in the afternoon.",
        "We bought thirty towels in May for what the laundry had lost, 270 in all.",
        "Towels first, always. The owner hears of towels and of nothing else.",
        "I photograph each cage before the driver takes it, the phone is full.",
        "Nine rooms. He answers to an owner who comes once a month.",
        more=(FLAT,),
    ),
    hotel(
        99,
        ("Carla Muster", "head of housekeeping", "Garden House"),
        "In the week before Easter forty sheets were out and nobody knew where.",
        "They charge us 3.80 for a lost sheet and could not say which ones.",
        "I sort by floor, then the girls count, and the office pays by Friday.",
        "My own book has a line for each cage, out in blue and back in red.",
        "Twenty-two rooms, and a laundry that serves forty houses.",
    ),
    hotel(
        94,
        ("Dario Muster", "owner", "Albergo Piccolo"),
        "A bride's mother asked for bath sheets and there was not one in the house.",
        "I pay a woman two hours on Mondays to count, that is 160 a month.",
        "Breakfast comes first, the linen waits till ten, I decide and I pay.",
        "The spreadsheet is my nephew's, it has columns for each driver.",
        "Eight rooms and a restaurant. He would rather cook.",
        more=(FLAT,),
    ),
    hotel(
        88,
        ("Edda Muster", "front desk and buying", "Hotel Kontor"),
        "On the second of the month we were nine duvet covers short again.",
        "The last three bills had 61, 74 and 58 for losses we dispute.",
        "The desk orders, the floor complains, the director signs above 500.",
        "We keep the delivery notes in this folder and pencil what was not there.",
        "Thirty rooms in town. She keeps the folder that the laundry will not read.",
    ),
    hotel(
        81,
        ("Falk Muster", "caretaker and owner's son", "Seaside Lodge"),
        "In the storm week the van came half empty and we closed three rooms.",
        "Three closed rooms cost us 540 that week, it is in the books.",
        "Bed linen before towels, my father signs, the laundry never asks.",
        "I weigh each bag now, the numbers are on that slate.",
        "Fifteen rooms that fill in summer only.",
    ),
    hotel(
        76,
        ("Greta Muster", "owner", "House on the Hill"),
        "Yesterday seven bath mats came that were not even ours.",
        "I spent 96 on the phone bill and two mornings on getting them swapped.",
        "First the mats, since guests photograph them, the rest can wait a day.",
        "There is a stamp on our corner of each sheet, I had it made myself.",
        "Ten rooms. The laundry mixes her things with those of a spa.",
        more=(FLAT,),
    ),
    hotel(
        70,
        ("Hakim Muster", "manager of two houses", "Two Towers"),
        "Last month both houses missed the same sixty napkins, on paper.",
        "I pay for par stock of four where three would do, about 1,900 a year.",
        "Each house counts by itself, I compare on Sunday, the owners pay.",
        "I wrote a little program that reads the notes, it breaks every week.",
        "Two houses of fourteen rooms that share one laundry.",
    ),
    hotel(
        64,
        ("Ilse Muster", "runs it alone", "Guesthouse Ilse"),
        "When the last cage came back there were no fitted sheets in it at all.",
        "The lost ones were 118 on the bill and I paid, for want of proof.",
        "I strip, I count, I sign. If I am ill nobody counts.",
        "I tie a red string to every tenth sheet to see whether it returns.",
        "Six rooms, and nobody else to ask.",
    ),
)

OWN_LAUNDRY = Talk(
    Who("Jan Muster", "owner", BUYER, recognition="latent", organisation="The Barn"),
    60,
    """
    Seven rooms with machines of their own in the cellar.

    > {0}

    He has no trouble of this kind. We asked who else has one, and wrote down that
    houses with machines of their own are not whom we build for.
    """,
    (
        Said(
            "We wash here, so what is missing lies in the cellar.",
            speaks_against(1, "problem/missing"),
            ("routine",),
            answer="True of houses that wash by themselves: the segment is those that "
            "do not.",
        ),
    ),
    mark=MARK,
    next_step="Ask him for the house across the road",
)

PREDICTED = ("hypothesis/recount",)
LATE = (
    hotel(
        50,
        ("Katja Muster", "head of housekeeping", "Hotel Brücke"),
        "On Monday fourteen sheets had gone by the time the driver left.",
        "The bill of August had 84 for losses, we paid it without a word.",
        "Count out, count in, then the beds. The owner signs what I bring.",
        "We used a whiteboard until your list showed the gap before he drove off.",
        "Eighteen rooms. She has used the count for two weeks.",
        more=(DEPOSIT,),
        beliefs=PREDICTED,
        is_used=True,
    ),
    hotel(
        43,
        ("Leo Muster", "owner", "Corner House"),
        "Last week the towels for the whole second floor stayed at the laundry.",
        "I have paid 310 this year for what they cannot find.",
        "I look at towels, my wife at sheets, we pay together on the first.",
        "The notebook is dead, your count told the driver of nine towels at the door.",
        "Eleven rooms. He showed us the driver's signature under the count.",
        more=(DEPOSIT,),
        beliefs=PREDICTED,
        is_used=True,
    ),
    hotel(
        36,
        ("Mina Muster", "manager", "Station Hotel"),
        "On Friday we sent a guest away because six beds had no covers.",
        "Two nights lost, that is 220, and the laundry shrugged.",
        "Sheets, covers, towels, in that order, and the director signs.",
        "We had a form in three colours, now the phone counts and they credit us.",
        "Twenty-four rooms next to the trains. The laundry credited 31 in week two.",
        more=(DEPOSIT,),
        beliefs=PREDICTED,
        is_used=True,
    ),
    hotel(
        29,
        ("Nils Muster", "owner", "Harbour Rooms"),
        "Eight pillow cases less than we sent, last Wednesday, it is on the count.",
        "Before this I bought two dozen each spring, 140 every time.",
        "My mother counts, I argue, the bank pays. Pillow cases go first.",
        "I drew boxes on the crates before, since the count I draw nothing.",
        "Nine rooms. His mother counts faster than the phone.",
        beliefs=PREDICTED,
        is_used=True,
    ),
    hotel(
        22,
        ("Olga Muster", "housekeeping for three houses", "Old Town Inns"),
        "In the last delivery 23 pieces were short over the three houses.",
        "They took 67 off the bill when I showed them the count.",
        "House one first, it has the critics. The owners sign each for theirs.",
        "My lists took an hour a day, your count takes ten minutes of it.",
        "Three houses, 41 rooms. She was sent to us by Katja.",
        beliefs=PREDICTED,
        is_used=True,
    ),
)

TALKS = (*EARLY, OWN_LAUNDRY, *LATE)
