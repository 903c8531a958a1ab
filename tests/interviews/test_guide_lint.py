import pytest

from interviews.guide_lint import (
    CLOSED,
    DOUBLE,
    HYPOTHETICAL,
    LEADING,
    SELLING,
    lint,
)

OURS = ("RotaSwap", "Auto-fill", "X")

GOOD = [
    "Tell me about the last time the rota broke.",
    "What happened then?",
    "What did you do?",
    "What did you do the last time?",
    "What did it cost?",
    "What did it cost you, in hours or money?",
    "How did you find out?",
    "How long did that take?",
    "How often did that happen last month?",
    "What else have you tried?",
    "What do you use today?",
    "Why don't you use it any more?",
    "What don't you like about the one you use now?",
    "Why did you stop?",
    "Who else was involved?",
    "Who paid for it?",
    "Who else should I talk to?",
    "Who else would you suggest I talk to?",
    "Would you introduce me to the ward manager?",
    "Can you walk me through the last rota you made?",
    "Could you show me the sheet you use?",
    "Can you tell me about the last audit?",
    "Where did the money come from?",
    "Which budget was it charged to?",
    "What happens when you don't have enough nurses?",
    "Walk me through yesterday, from the first call to the last.",
    "How do you decide who works early and who works late?",
    "What happened between when she called and when you found a nurse?",
    "What did you buy before, and from whom?",
    "What were you doing just before you noticed?",
    "Tell me about the nurses and doctors you work with.",
    "What is the hardest part of Monday morning?",
    "When did you last look for something better?",
    "What made you look for something better?",
    "What should I have asked and did not ask?",
]

BAD = [
    # leading
    ("Don't you hate making rotas?", LEADING, "Don't you"),
    ("Don’t you find that hard?", LEADING, "Don’t you find"),
    ("Wouldn't you agree that rotas are a mess?", LEADING, "Wouldn't you agree"),
    ("Isn't it annoying to call everybody?", LEADING, "Isn't it"),
    ("Is it a good idea to swap shifts by telephone?", LEADING, "Is it a good idea"),
    ("Is this a great idea?", LEADING, "Is this a great idea"),
    ("Do you agree that this takes too long?", LEADING, "Do you agree"),
    ("You lose hours every week, right?", LEADING, "right?"),
    ("Surely that costs a lot of time?", LEADING, "Surely"),
    ("How frustrating is making the rota?", LEADING, "How frustrating"),
    ("How useful is that?", LEADING, "How useful"),
    # hypothetical
    ("How much would you pay for that?", HYPOTHETICAL, "How much would you pay"),
    ("What would you pay for it?", HYPOTHETICAL, "What would you pay"),
    (
        "How much could your clinic spend on it?",
        HYPOTHETICAL,
        "How much could your clinic spend",
    ),
    ("Would you buy this?", HYPOTHETICAL, "Would you"),
    ("Would you use it every day?", HYPOTHETICAL, "Would you"),
    ("What would you do about it?", HYPOTHETICAL, "would you"),
    ("Do you think this is a problem?", HYPOTHETICAL, "Do you think"),
    ("What do you think of it?", HYPOTHETICAL, "do you think"),
    ("If we built it, who pays?", HYPOTHETICAL, "If we built"),
    ("What changes if there were an app for it?", HYPOTHETICAL, "if there were"),
    ("What if the swap came by itself?", HYPOTHETICAL, "What if"),
    ("Imagine the rota makes itself.", HYPOTHETICAL, "Imagine"),
    ("How likely are you to recommend it?", HYPOTHETICAL, "How likely"),
    ("Will you buy it next year?", HYPOTHETICAL, "Will you"),
    ("Could you see yourself using it?", HYPOTHETICAL, "Could you see"),
    ("Would it help to have fewer calls?", HYPOTHETICAL, "Would it"),
    # selling
    ("What do you like about RotaSwap?", SELLING, "RotaSwap"),
    ("What does rotaswap remind you of?", SELLING, "rotaswap"),
    ("Which part of Auto-fill comes first for you?", SELLING, "Auto-fill"),
    ("Let me show you something.", SELLING, "Let me show"),
    ("Can I show you a prototype?", SELLING, "Can I show"),
    ("What should our solution do first?", SELLING, "our solution"),
    ("What is missing from our new app?", SELLING, "our new app"),
    ("We built something for that. What comes to mind?", SELLING, "We built"),
    ("We're building a rota tool: what matters to you?", SELLING, "We're building"),
    # double
    ("What did you do? And what did it cost?", DOUBLE, "? … ?"),
    ("What happened and what did you do then?", DOUBLE, "and what did"),
    ("Who decides and who pays?", DOUBLE, "decides and who"),
    ("What do you use and how much does it cost?", DOUBLE, "and how much"),
    ("How did you hear of it, or did they call you?", DOUBLE, "or did they"),
    # closed
    ("Do you make the rota yourself?", CLOSED, "Do you"),
    ("Have you ever looked for a tool?", CLOSED, "Have you"),
    ("Is there a budget?", CLOSED, "Is there"),
    ("Did anybody complain?", CLOSED, "Did anybody"),
    ("Are you the one who pays?", CLOSED, "Are you"),
]


@pytest.mark.parametrize("question", GOOD)
def test_a_good_question_is_left_alone(question):
    assert lint(question, ours=OURS) == ()


@pytest.mark.parametrize(("question", "code", "words"), BAD)
def test_a_bad_question_is_named_with_the_words_and_a_better_one(question, code, words):
    (finding,) = lint(question, ours=OURS)

    assert (finding.code, finding.words) == (code, words)
    assert finding.why
    assert lint(finding.better) == ()


def test_there_are_enough_questions_in_the_table():
    assert len(GOOD) + len(BAD) >= 60


def test_only_a_closed_start_is_mild():
    mild = {code for question, code, _ in BAD if lint(question, ours=OURS)[0].is_mild}

    assert mild == {CLOSED}


def test_several_mistakes_are_all_named():
    question = "If we built it, wouldn't you buy our app? And how much would you pay?"

    codes = [finding.code for finding in lint(question)]

    assert codes == [LEADING, HYPOTHETICAL, SELLING, DOUBLE]


@pytest.mark.parametrize(
    "question",
    [
        "What did you do with RotaSwap yesterday?",
        "What did our app get in the way of?",
        "What did you expect our product to do?",
    ],
)
def test_who_knows_the_product_may_be_asked_about_it(question):
    assert lint(question, ours=OURS, knows_it=True) == ()
    assert [finding.code for finding in lint(question, ours=OURS)] == [SELLING]


def test_to_those_who_know_it_showing_more_is_still_selling():
    assert lint("Let me show you the rest.", knows_it=True)[0].code == SELLING


@pytest.mark.parametrize(
    "text", ["", " ", "?", "??", "a" * 300, "((((", "Ünïcode – ok"]
)
def test_odd_texts_are_no_trouble(text):
    assert lint(text, ours=("((", "")) == ()
