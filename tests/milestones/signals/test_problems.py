"""Question 1."""

from datetime import timedelta

import pytest

from interviews.actions.tags import tag_quote
from milestones.support import Verdict
from tests.factories import NOW, make_problem, make_quote
from tests.milestones.signals.cases import BEFORE, LATER, met, says, signal

KEY = "unprompted_mentions"


@pytest.fixture
def problem(segment):
    return make_problem(segment, "The rota breaks")


def raise_it(segment, problem, times, **how):
    return [says(met(segment), problem=problem, **how) for _ in range(times)]


def test_without_a_problem_or_a_talk_it_says_what_it_lacks(workspace, segment):
    found = signal(workspace, 1, KEY)
    assert (found.verdict, found.lacks, found.rows) == ("cannot_say", "A problem.", ())

    make_problem(segment)
    found = signal(workspace, 1, KEY)
    assert (found.lacks, found.figure, found.is_instrument) == (
        *("Talks that qualify.", None),
        False,
    )


@pytest.mark.parametrize(
    ("raised", "silent", "verdict"),
    [
        (7, 5, Verdict.CANNOT_SAY),
        (10, 2, Verdict.SUPPORTS),
        (0, 9, Verdict.CONTRADICTS),
    ],
)
def test_the_problem_most_raise_decides(
    workspace, segment, problem, raised, silent, verdict
):
    make_problem(segment, "Nobody speaks of this")
    make_problem(segment, "Dropped", status="dropped")
    raise_it(segment, problem, raised)
    for _ in range(silent):
        met(segment)

    found = signal(workspace, 1, KEY)

    assert found.verdict == verdict
    assert len(found.rows) == len(found.figure.strips) == 2
    assert found.is_instrument is bool(raised)


def test_the_sentence_the_table_and_the_figure_agree(workspace, segment, problem):
    raise_it(segment, problem, 7)
    raise_it(segment, problem, 1, is_prompted=True)
    raise_it(segment, problem, 1, stance="contradicts")
    for _ in range(3):
        met(segment)

    found = signal(workspace, 1, KEY)

    assert found.sentence == (
        "Raised most: “The rota breaks”. 7 of 12 organisations raised it unprompted; 95 % "
        "interval 32–81 %: cannot say yet."
    )
    assert found.rows == (("The rota breaks", "7 of 12", "1", "1", "32–81 %"),)
    assert found.figure.strips[0].words == "7 of 12"


def test_agreement_to_what_we_named_contradicts(workspace, segment, problem):
    raise_it(segment, problem, 5, is_prompted=True)

    found = signal(workspace, 1, KEY)

    assert found.verdict == Verdict.CONTRADICTS
    assert found.sentence.endswith("did so when we named it.")


def test_only_what_was_recorded_by_then_is_read(workspace, segment, problem):
    links = raise_it(segment, problem, 5)

    assert signal(workspace, 1, KEY).verdict == Verdict.SUPPORTS
    assert signal(workspace, 1, KEY, now=BEFORE).lacks == "A problem."

    links[0].withdrawn_at = NOW + timedelta(hours=1)
    links[0].withdrawn_reason = "Misheard."
    links[0].save()
    assert signal(workspace, 1, KEY).rows[0][1] == "5 of 5"
    assert signal(workspace, 1, KEY, now=LATER).rows[0][1] == "4 of 5"


def test_talks_are_saturated_when_twelve_bring_no_news(workspace, segment, founder):
    people = [met(segment) for _ in range(11)]
    for person in people:
        quote = make_quote(person.interviews.get(), person=person)
        tag_quote(quote, ["rota"], by=founder, now=NOW)
    found = signal(workspace, 1, "saturation")
    assert (found.verdict, len(found.rows)) == (Verdict.CANNOT_SAY, 11)

    met(segment)
    found = signal(workspace, 1, "saturation")

    assert found.verdict == Verdict.SUPPORTS
    assert sum(int(new) for _talk, new in found.rows) == 1
    assert len(found.figure.columns) == 12
    untagged = signal(workspace, 1, "saturation", now=BEFORE)
    assert untagged.lacks == "Tags on quotes of talks that qualify."


def test_recognition_is_known_of_half_on_the_cautious_bound(workspace, segment):
    key = "recognition"
    assert signal(workspace, 1, key).sentence == "No talk of this segment counts yet."

    met(segment)
    found = signal(workspace, 1, key)
    assert found.sentence == "Of nobody we talked to it is written down."
    assert found.verdict == Verdict.CANNOT_SAY

    for level in ("latent", "active", "vision", "active"):
        met(segment, recognition=level)
    for _ in range(10):
        met(segment, recognition="passive")
    found = signal(workspace, 1, key)
    assert found.verdict == Verdict.SUPPORTS
    assert found.sentence == (
        "Of 15 people we talked to we know it of 14; 3 of these look for a solution, and "
        "who never looked will hardly buy one. The 95 % interval is 70–99 %."
    )
    assert [n for _level, n in found.rows] == ["1", "10", "2", "1", "1"]
