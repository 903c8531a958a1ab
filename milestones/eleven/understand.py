"""Questions 1 to 5: do we understand them?"""

from milestones.eleven.shape import Group, Template

UNDERSTAND = (
    Template(
        number=1,
        wording="How well do we understand what problems customers have?",
        group=Group.UNDERSTAND,
        asks=(
            "Can we state the customers' problems in their words, ranked, with what "
            "they do about them today, and would they agree with our list?"
        ),
        criteria=(
            "The problem is written in the customers' vocabulary, with what triggers "
            "it, how often it comes and what follows.",
            "People of the segment raised it unprompted, speaking of their life and "
            "not of our idea.",
            "We know for each type of customer how aware of the problem they are.",
            "We know what they do instead, doing nothing included, and what that "
            "costs. Whoever never looked for a remedy will not buy ours.",
            "Each was asked what one thing they would change, and where this stands "
            "among their other problems.",
            "We know how the problem differs for user, influencer, recommender, "
            "budget holder and decision maker.",
        ),
        evidence=(
            "Unprompted accounts of a particular occasion, from problem interviews",
            "Workarounds we have seen with our own eyes",
            "Time and money lost, measured",
        ),
        rubric=(
            "Nothing written.",
            "Our own guess; nobody outside was asked.",
            "A few talks, mostly people agreeing with what we suggested.",
            "Ten or more qualifying talks tell the same first three problems in "
            "their own words; new ones still turn up.",
            "New talks bring nothing new; most raise it unprompted even on a cautious "
            "count; workaround and cost verified in five or more organisations.",
            "We wrote down the next customer's problems and their order beforehand "
            "and were right at least four times out of five.",
        ),
        first_ask=(
            "Tell me about the last time this part of your work went wrong. What "
            "happened, and what did you do then?"
        ),
    ),
    Template(
        number=2,
        wording="How much will they pay to solve those problems?",
        group=Group.UNDERSTAND,
        asks=(
            "Which price, out of which budget, signed by whom, set against what they "
            "spend today. Not whether they say they would pay."
        ),
        criteria=(
            "What they spend now, in money and hours, comes from their own figures.",
            "The acceptable range comes from structured questions.",
            "A budget exists; its line and its owner are named.",
            "The whole cost of adopting is counted, including what they must stop "
            "doing.",
            "A real price was asked as a commitment, and the real answer is recorded.",
            "Discounts from list are recorded with their reasons.",
        ),
        evidence=(
            "Invoices and budgets for what they use today",
            "Deposits, pre-orders and signed orders at a price",
            "Prices people only name in conversation: kept, but weak",
        ),
        rubric=(
            "No price.",
            "A price taken from a spreadsheet or a competitor.",
            "Opinions only, of the kind “I would pay”.",
            "A range from ten or more structured answers, and today's spending known "
            "in five or more organisations.",
            "Three or more unrelated organisations paid or signed inside the range, "
            "and the budget owner is named.",
            "The price holds: the last eight deals or more within a fifth of list, "
            "won with the same argument.",
        ),
        first_ask=(
            "What did dealing with this cost you last year, in money and in hours, "
            "and who agreed to that spending?"
        ),
    ),
    Template(
        number=3,
        wording="Do our product features solve these problems?",
        group=Group.UNDERSTAND,
        asks=(
            "Does every important problem have something in the product that ends it, "
            "proven in use, and does nothing in the product lack a problem?"
        ),
        criteria=(
            "Every problem that must be solved maps to a feature, and every feature "
            "to a problem.",
            "The product was shown after the problem was told; customers explain back "
            "how it would fit.",
            "The smallest set of features somebody pays for is known.",
            "It was solved in use, with the outcome measured before and after.",
            "What is missing before they can buy is kept apart from what would be "
            "nice to have.",
            "Nobody is racing to the second version before the first is right.",
        ),
        evidence=(
            "What happened when somebody used it: outcome before and after",
            "Talks about the solution held after the talk about the problem",
            "Logs of use",
        ),
        rubric=(
            "A list of features.",
            "Problems and features are mapped in writing.",
            "Shown to a few, who were polite about it.",
            "Ten or more talks about the solution; most of the importance is covered "
            "on paper and the gaps are listed.",
            "Early users: nearly all of it verified in use, and the outcome measured "
            "in five or more organisations.",
            "New customers reach the outcome without a founder's help, as often as we "
            "predicted.",
        ),
        first_ask=(
            "When you last brought in something new for this, what did it take off "
            "your hands, and what was still left to you?"
        ),
    ),
    Template(
        number=4,
        wording="Do we understand our customers' business?",
        group=Group.UNDERSTAND,
        asks=(
            "How do they earn their money, what are they measured on, who decides "
            "with whom, and what would change for each of them?"
        ),
        criteria=(
            "How they make money and by what they are judged.",
            "The map of influence: users, influencers, technical buyers, recommenders, "
            "budget holder, decision maker, and who would rather see it fail.",
            "Their day and their way of working, before and after.",
            "Their buying calendar, approval limits and present suppliers.",
            "The return on the purchase, in their figures.",
            "What has to happen outside our control.",
            "In a household: who decides, who pays, and the routine it must fit.",
        ),
        evidence=(
            "Talks with three or more roles of one organisation",
            "Their documents: budgets, approval rules, reports",
            "A day spent watching the work",
        ),
        rubric=(
            "Unknown.",
            "Read about at a desk.",
            "One role per organisation was asked.",
            "Map and way of working for three or more organisations; the return is "
            "worked out with our figures.",
            "Five or more organisations with three or more roles each; the return is "
            "confirmed by the customers.",
            "We draft a new organisation's map and return beforehand, and it corrects "
            "less than a fifth.",
        ),
        first_ask=(
            "Walk me through yesterday, from when you came in. Who else was part of "
            "it, and what were you judged by?"
        ),
    ),
    Template(
        number=5,
        wording="Do we understand the hierarchy of customer needs?",
        group=Group.UNDERSTAND,
        asks=(
            "What do they want to achieve, in which order, how well are they served "
            "today, and does that order hold when more people are asked?"
        ),
        criteria=(
            "Needs are written as outcomes, not as features.",
            "They form a tree, and customers did the grouping.",
            "For each we know how important it is and how content they are today.",
            "They are kept per segment and per role.",
            "The order stays the same when new people are added.",
            "Feelings and standing among others are covered beside the task itself.",
        ),
        evidence=(
            "What people did first and what they left, on a real occasion",
            "What made somebody change from one way to another, recently",
            "Ratings of importance and contentment: weak until behaviour agrees",
        ),
        rubric=(
            "A flat list of ours.",
            "Our own ranking.",
            "A ranking by a few customers.",
            "A tree from twelve or more talks in one segment, asking importance and "
            "contentment.",
            "Thirty or more ratings; the first three places are stable and the first "
            "lies clearly ahead of the fifth.",
            "Choices made from it proved right: what served the top needs moved use "
            "or sales as predicted.",
        ),
        first_ask=(
            "Of everything that landed on your desk last week, what did you deal with "
            "first, what did you leave, and why in that order?"
        ),
    ),
)
