import pytest

from milestones.eleven import ATTRIBUTION, ELEVEN, Group, template

WORDINGS = (
    "How well do we understand what problems customers have?",
    "How much will they pay to solve those problems?",
    "Do our product features solve these problems?",
    "Do we understand our customers' business?",
    "Do we understand the hierarchy of customer needs?",
    "Have we found visionary customers, ones who will buy our product early?",
    "Is our product a must-have for these customers?",
    "Do we understand the sales road map well enough to consistently sell the product?",
    "Do we understand what we need to be profitable?",
    "Are the sales and business plans realistic, scalable, and achievable?",
    "What do we do if our model turns out to be wrong?",
)


def test_eleven_stand_in_order_and_wording_of_the_author():
    assert tuple(question.wording for question in ELEVEN) == WORDINGS
    assert [question.number for question in ELEVEN] == list(range(1, 12))


def test_eleven_name_their_source():
    assert {question.attribution for question in ELEVEN} == {ATTRIBUTION}
    assert ATTRIBUTION == "Steve Blank, The Four Steps to the Epiphany"


def test_eleven_fall_into_three_groups():
    groups = {group: [q.number for q in ELEVEN if q.group == group] for group in Group}

    assert groups == {
        Group.UNDERSTAND: [1, 2, 3, 4, 5],
        Group.BUY: [6, 7],
        Group.BUSINESS: [8, 9, 10, 11],
    }


def test_eleven_belong_to_segments_but_for_the_last_three():
    assert [q.number for q in ELEVEN if not q.per_segment] == [9, 10, 11]


@pytest.mark.parametrize("question", ELEVEN, ids=lambda q: str(q.number))
def test_question_says_all_it_should(question):
    assert len(question.rubric) == 6
    assert len(set(question.rubric)) == 6
    assert len(question.criteria) >= 5
    assert len(question.evidence) >= 2
    assert question.asks.endswith((".", "?"))
    assert question.first_ask.endswith(("?", "."))


@pytest.mark.parametrize("question", ELEVEN, ids=lambda q: str(q.number))
def test_first_ask_is_about_what_happened(question):
    asked = question.first_ask.lower()

    assert "would you" not in asked
    assert "do you think" not in asked
    assert "will you" not in asked
    assert (
        "last" in asked
        or "yesterday" in asked
        or "already" in asked
        or ("our own forecasts came" in asked)
    )


def test_template_finds_by_number():
    assert template(7).wording == WORDINGS[6]


@pytest.mark.parametrize("number", [0, 12, -1])
def test_template_refuses_other_numbers(number):
    with pytest.raises(KeyError):
        template(number)
