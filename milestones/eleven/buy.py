"""Questions 6 and 7: will they buy?"""

from milestones.eleven.shape import Group, Template

BUY = (
    Template(
        number=6,
        wording=(
            "Have we found visionary customers, ones who will buy our product early?"
        ),
        group=Group.BUY,
        asks=(
            "Are there people, known by name, who have the problem, look for a way "
            "out, have built one themselves, and can pay before we are finished?"
        ),
        criteria=(
            "They have the problem.",
            "They know that they have it.",
            "They are looking for a remedy.",
            "They have put together a makeshift of their own.",
            "They have a budget, or can get one.",
            "They can decide, or get it decided.",
            "They are not friends, advisors, or companies of our investors.",
        ),
        evidence=(
            "A makeshift we have seen",
            "An introduction to the budget holder, a signed pilot plan, access to data",
            "A deposit, a pre-order, a paid pilot",
        ),
        rubric=(
            "Nobody is named.",
            "The profile of such a customer is written.",
            "Names that show three of the five traits.",
            "Three or more organisations show all five, told in accounts of real "
            "occasions.",
            "Three or more unrelated organisations commit time or standing, and at "
            "least one money, before the product is finished.",
            "Five or more unrelated ones paid, two or more sent us another buyer, and "
            "we know where to find the next ten.",
        ),
        first_ask=(
            "What have you already tried or put together yourselves to get round "
            "this, and what did that cost you?"
        ),
    ),
    Template(
        number=7,
        wording="Is our product a must-have for these customers?",
        group=Group.BUY,
        asks=(
            "Would it hurt to lose it, does it come before other spending this year, "
            "and do they chase us rather than we them?"
        ),
        criteria=(
            "Taking it away hurts.",
            "It ranks above their other spending of this year.",
            "It is used as often as the problem comes.",
            "Customers pay although features are missing.",
            "They pull: they ask when, and chase us.",
            "This holds in a segment we can define.",
        ),
        evidence=(
            "What they did when they had to go without",
            "Unasked messages wanting to know when",
            "Renewals and repeat orders",
        ),
        rubric=(
            "Not asked.",
            "We believe so.",
            "Praise.",
            "One of the first three problems for most, and their makeshift costs "
            "money; not used yet.",
            "Even on a cautious count two in five users would be very disappointed to "
            "lose it; or five or more organisations paid and stayed.",
            "A second set of customers stayed and bought again, without discounts.",
        ),
        first_ask=(
            "When did you last have to manage without what you use for this today, "
            "and how did that day go?"
        ),
    ),
)
