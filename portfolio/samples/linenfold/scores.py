"""PURE. What the two founders claimed, before and after the model changed."""

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

FIRST_AGO, PIVOT_AGO, SECOND_AGO = 59, 55, 9

STATEMENTS = {
    1: "Of ten small hotels with an outside laundry eight tell by themselves, by autumn, "
    "of linen that did not come back last month.",
    2: "Eight of ten hotels pay 30 a month and 2 for each delivery counted, out of what "
    "they pay for losses today, until the end of February.",
    3: "The count at the door shows the gap before the driver leaves, in nine of ten "
    "deliveries of the first five houses.",
    4: "Whoever counts is not whoever pays in half of the houses; up to 500 the manager "
    "signs alone, in eight of ten by autumn.",
    5: "Knowing the gap before the driver leaves comes first for eight of ten houses, "
    "then credit for losses, then a calm morning.",
    6: "Five houses that keep a tally of their own pay for the count before it can do "
    "more than count, by the end of the summer.",
    7: "Four of ten houses that use the count would be very disappointed without it, "
    "asked of thirty by the spring.",
    8: "A house is won in two visits at the back door and one call to whoever signs, "
    "within three weeks, five times in a row by the winter.",
    9: "With 80 houses at 54 a month the count pays for two people, at 9 a month for "
    "each house that is served, by the end of next year.",
    10: "40 deliveries a week are counted by the eighth week after first customer ship, "
    "each week within a fifth of what was planned.",
    11: "If five of ten houses leave by the end of February we stop with hotels and ask "
    "laundries next; both founders decide, in the meeting of the first Monday.",
}
LOOKED = "We asked a house with machines of its own, and all who had said no."
REASONS = {
    1: (
        "Fourteen houses told it by themselves; five of them we had never met before.",
        "We wrote beforehand what five new houses would say, and all five said it.",
    ),
    2: (
        "Fourteen houses showed what they lost; three paid the new price at once.",
        "The flat fee failed for a reason; the new one follows the bill they know.",
    ),
    3: (
        "Five houses use it at the door, and two laundries gave money back for it.",
        "What it does was seen in five houses; the rest of the list is on paper.",
    ),
    4: (
        "We know who counts, who argues and who signs in each of fourteen houses.",
        "The limits differ more than we thought; above 500 we have only four cases.",
    ),
    5: (
        "In fourteen mornings the same thing came first, and the survey agrees.",
        "The order held for the five new houses; six ratings are few all the same.",
    ),
    6: (
        "Fourteen keep a tally of their own, and three paid before it was finished.",
        "Three slips over ninety each lie in the drawer; five would be better still.",
    ),
    7: (
        "Four of five users would miss it very much; five are too few to say more.",
        "They use it at each delivery. Thirty answers are what we still need.",
    ),
    8: (
        "We sold it ourselves, each time in another way; the steps are not drawn yet.",
        "Two visits and a call worked three times. Nobody else has tried it yet.",
    ),
    9: (
        "What a house brings is known; what it costs to win one is a guess so far.",
        "Three inputs come from our books, and five others do not. It is a start.",
    ),
    10: (
        "Each week so far lay inside its range; seven weeks are not a year.",
        "The ranges held. The plan for the winter has not been tried at all.",
    ),
    11: (
        "We stopped once on a sign we had written before, and gave the fee up.",
        "The next sign has a date, and two others are named with their tests.",
    ),
}
VALUES = {1: (5, 4), 2: (3, 3), 3: (3, 3), 4: (3, 3), 5: (3, 3), 6: (3, 3)}
VALUES |= {7: (1, 1), 8: (1, 1), 9: (2, 2), 10: (2, 2), 11: (3, 3)}

DOCUMENTS = (
    "Minutes of the stop about the flat fee",
    "Signs for stopping, written before the first house paid",
    "Signs for stopping after the model changed",
    "Decision to give up the flat fee, and what was paid back",
    "Statement of the bank: money for one more attempt until June",
    "Lease of the second room, put off until March",
    "Test of what laundries would pay: plan and price",
    "Test of restaurants: plan and price",
    "Minutes: who decides, and on which Monday",
    "Review of the stop thirty days after first customer ship",
)

WRITTEN = tuple(
    Written(
        number, PIVOT_AGO - 1 if number in (2, 6, 8, 9, 10, 11) else 100, text, LOOKED
    )
    for number, text in STATEMENTS.items()
)
PROOFS = (
    Proof(2, 12, "supports", 2, survey="price"),
    Proof(5, 12, "supports", 2, survey="needs"),
    Proof(7, 12, "supports", 3, survey="must_have"),
    Proof(8, 12, "supports", 2, document="Notes of three sales, visit by visit", on=14),
    Proof(9, 12, "supports", 4, document="Books: what five houses paid", on=14),
    Proof(9, 12, "supports", 4, document="Bills of the server and the phones", on=14),
    Proof(9, 12, "supports", 3, document="Hours of both founders, eight weeks", on=14),
    *(Proof(10, 10, "supports", 4, number=f"week {n}") for n in (1, 2, 3, 4)),
    *(
        Proof(11, 10, "supports", 4, document=f"{name} (invented)", on=12)
        for name in DOCUMENTS
    ),
)
CLAIMS = (
    Claim(
        1,
        FIRST_AGO,
        (3, 3),
        (
            "Nine houses told it by themselves, with papers we have seen on the table.",
            "Nine of nine is more than we hoped for; they are all of one region though.",
        ),
    ),
    Claim(
        6,
        FIRST_AGO,
        (1, 4),
        (
            "They build tallies, and two of ten pay our fee. That is no early market.",
            "Nine tallies on nine doors: whoever draws that by hand will want ours.",
        ),
    ),
    *(
        Claim(number, SECOND_AGO, VALUES[number], reasons)
        for number, reasons in REASONS.items()
    ),
)
REVIEWS = (
    Review(1, 7, 4, "I read all fourteen talks: nobody led them, and five were new."),
    Review(
        2, 7, 3, "Three slips are money. Ask again in February whether they stayed."
    ),
    Review(6, 7, 3, "Three paid unfinished work. Two of them sent you to others, too."),
    Review(11, 7, 3, "You stopped when your own paper said so. Few do that in time."),
)
ASKED = (
    Asked(
        1,
        8,
        "Were the five new houses named to you by the first nine?",
        6,
        "One was: Olga came by Katja. The other four stood on the list of a laundry, and "
        "without Olga it is still four of four.",
    ),
    Asked(
        2,
        8,
        "Show me that the three who paid did not do you a favour.",
        5,
        "None of them knew us before. Two asked for the bill, one paid at the door; all "
        "three slips are in the folder, and none had a discount.",
    ),
)
TALKED_OVER = (
    TalkedOver(
        6,
        58,
        "A tally shows that they have the problem and build something; two of ten who "
        "pay shows that our price is wrong. Both are true, and we count the money.",
    ),
)
TICKED = (
    Ticked(
        1,
        9,
        (
            (1, "yes", "In the words of fourteen houses"),
            (2, "yes", "Fourteen of fifteen, unasked"),
            (4, "yes", "Tallies, strings, slates, all seen"),
            (6, "partly", "Whoever signs was met in half of them"),
        ),
    ),
    Ticked(
        11, 9, ((1, "yes", "Two with a date"), (2, "yes", "Laundries; restaurants"))
    ),
)

JUDGED = Judged(WRITTEN, PROOFS, CLAIMS, REVIEWS, ASKED, TALKED_OVER, TICKED)
