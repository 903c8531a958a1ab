"""Questions 8 to 11: is it a business?"""

from milestones.eleven.shape import Group, Template

BUSINESS = (
    Template(
        number=8,
        wording=(
            "Do we understand the sales road map well enough to consistently sell "
            "the product?"
        ),
        group=Group.BUSINESS,
        asks=(
            "Do we know, step by step, how one is sold, so that somebody else could "
            "do it? The aim is a map, not a sales force."
        ),
        criteria=(
            "Who influences, recommends, decides, pays and resists; where the budget "
            "lies; how many calls and how long a sale takes.",
            "The steps are written, each with proof that it was entered and left.",
            "It works without discounts and without promises beyond this release.",
            "Reasons for wins and losses are recorded.",
            "Somebody other than the founder sold it.",
            "The channel works.",
        ),
        evidence=(
            "Closed deals with the dates of their steps, won and lost",
            "What was said in sales talks, which count for this question alone",
            "Orders signed by the same role for the same reason",
        ),
        rubric=(
            "None.",
            "A guessed funnel.",
            "The founder wins by heroics.",
            "Three or more orders and a drafted map, but the steps differ.",
            "Six or more deals, most along the same path and in similar time; at "
            "least one seller earns what they cost.",
            "A new seller repeats it, and earns their cost two quarters running.",
        ),
        first_ask=(
            "Take me through the last thing of this kind you bought. Who spoke up "
            "first, who could have stopped it, and who signed?"
        ),
    ),
    Template(
        number=9,
        wording="Do we understand what we need to be profitable?",
        group=Group.BUSINESS,
        asks=(
            "What does one more customer bring and cost, how many do we need, by "
            "when, and how much cash does it take to get there?"
        ),
        criteria=(
            "Income and cost per unit, each input with its grade.",
            "The volume and the date at which it breaks even.",
            "The full cost of winning a customer, salaries and the founders' selling "
            "time included.",
            "The worth of a customer on gross margin, from customers observed so far.",
            "Cash needed until then, as a range.",
            "The two inputs that would turn the sign.",
        ),
        evidence=(
            "Numbers from the books and from forecasts whose periods have ended",
            "Invoices and contracts behind the inputs of the model",
        ),
        rubric=(
            "No model.",
            "A spreadsheet worked from the top down.",
            "Worked from the bottom up, with guessed inputs.",
            "Half of the inputs verified, and tried for what changes the result.",
            "All inputs that matter were observed, one segment or more earns a "
            "margin, and the break-even is registered as a forecast with a range.",
            "Two periods running inside the registered range.",
        ),
        first_ask=(
            "What did our last customer cost us to win and to serve, bill by bill "
            "and hour by hour, and what did they pay?"
        ),
        per_segment=False,
    ),
    Template(
        number=10,
        wording="Are the sales and business plans realistic, scalable, and achievable?",
        group=Group.BUSINESS,
        asks=(
            "Have our forecasts held so far, what has to grow for the next ones to "
            "hold, and does any step rest on a question still open?"
        ),
        criteria=(
            "Every headline number has a forecast with a range, an owner and a date.",
            "How well our earlier forecasts held.",
            "Who or what has to grow, and how fast.",
            "The plan can be reached from below: named channels times what they yield.",
            "No step depends on a question that is not yet answered.",
            "It was set against ventures of the same kind.",
        ),
        evidence=(
            "Forecasts registered beforehand beside what happened",
            "Yields of named channels",
            "Records of comparable ventures: background, not proof",
        ),
        rubric=(
            "No plan.",
            "A plan, but no forecast is registered.",
            "Forecasts of single numbers.",
            "Ranges, owners and rules for stopping, over fewer than four periods.",
            "Four or more periods that held as often as they should, and no open stop.",
            "Eight or more periods held, one of them after a step up in scale.",
        ),
        first_ask=(
            "Which of our own forecasts came out furthest wrong, what happened "
            "instead, and what had we not seen?"
        ),
        per_segment=False,
    ),
    Template(
        number=11,
        wording="What do we do if our model turns out to be wrong?",
        group=Group.BUSINESS,
        asks=(
            "At which sign, on which date, do we stop; what do we try next; and is "
            "there money left to try it?"
        ),
        criteria=(
            "Signs to stop are written beforehand, each with a state and a date.",
            "Two or three alternatives are named, each with its cheapest test.",
            "What can be undone, and at what cost.",
            "At that date enough money is left for one more attempt.",
            "Who decides, and in which meeting.",
            "The failure was imagined in advance, and earlier decisions were carried "
            "out.",
        ),
        evidence=(
            "Dated written conditions for stopping",
            "Records of earlier stops: what was decided and what was done",
            "Cash at the date of the sign",
        ),
        rubric=(
            "Unthinkable.",
            "“We would change course.”",
            "Alternatives are named.",
            "Dated conditions for stopping exist for the beliefs that matter most.",
            "The money lasts for one more attempt, and most large commitments come in "
            "stages.",
            "It was used: at least one stop was evaluated and acted on in time.",
        ),
        first_ask=(
            "What did we last believe about our customers and give up, what made us "
            "give it up, and how long did that take?"
        ),
        per_segment=False,
    ),
)
