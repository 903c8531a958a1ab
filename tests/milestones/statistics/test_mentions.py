import pytest

from milestones.statistics.mentions import Mention, Verdict, heard, mostly_prompted


def said(voice, *, stance="supports", is_prompted=False, person=None):
    return Mention(
        voice=voice,
        person=person or voice,
        supports=stance == "supports",
        contradicts=stance == "contradicts",
        is_prompted=is_prompted,
    )


def numbers(rate):
    return (rate.raised, rate.asked, rate.prompted, rate.against)


def everybody(count):
    return frozenset(range(count))


@pytest.mark.parametrize(
    ("raised", "asked", "verdict"),
    [
        (0, 0, Verdict.CANNOT_SAY),
        (7, 12, Verdict.CANNOT_SAY),
        (9, 12, Verdict.CANNOT_SAY),
        (10, 12, Verdict.SUPPORTS),
        (5, 5, Verdict.SUPPORTS),
        (4, 5, Verdict.CANNOT_SAY),
        (0, 8, Verdict.CANNOT_SAY),
        (0, 9, Verdict.CONTRADICTS),
        (0, 10, Verdict.CONTRADICTS),
        (1, 14, Verdict.CANNOT_SAY),
        (1, 16, Verdict.CONTRADICTS),
    ],
)
def test_half_on_the_lower_bound_or_three_in_ten_on_the_upper(raised, asked, verdict):
    mentions = [said(voice) for voice in range(raised)]

    found = heard(mentions, everybody(asked), everybody(asked))

    assert found.voices.verdict == verdict


def test_one_voice_counts_once():
    mentions = [said(1, person=10), said(1, person=11), said(1, person=10), said(2)]

    found = heard(mentions, frozenset({1, 2, 3}), frozenset({10, 11, 2, 3}))

    assert numbers(found.voices) == (2, 3, 0, 0)
    assert numbers(found.people) == (3, 4, 0, 0)
    assert found.silent == {3}


def test_prompted_words_stand_apart():
    mentions = [
        said(1, is_prompted=True),
        said(2, is_prompted=True),
        said(2),
        said(3, stance="contradicts"),
        said(4, stance="neutral"),
    ]

    found = heard(mentions, everybody(7), everybody(7))

    assert numbers(found.voices) == (1, 7, 1, 1)
    assert found.silent == {0, 5, 6}


def test_somebody_who_was_not_asked_or_not_known_counts_nowhere():
    found = heard([said(9), said(None)], everybody(2), everybody(2))

    assert numbers(found.voices) == (0, 2, 0, 0)
    assert found.silent == {0, 1}


def test_the_interval_of_seven_of_twelve():
    found = heard([said(n) for n in range(7)], everybody(12), everybody(12))

    interval = found.voices.interval
    assert (round(interval.low, 2), round(interval.high, 2)) == (0.32, 0.81)


@pytest.mark.parametrize(
    ("own", "prompted", "expected"),
    [
        (0, 4, False),  # four say nothing of a habit
        (0, 5, True),
        (3, 7, True),
        (4, 7, False),
        (0, 0, False),
    ],
)
def test_seven_in_ten_prompted_is_a_habit(own, prompted, expected):
    first = [said(voice) for voice in range(own)]
    second = [said(voice, is_prompted=True) for voice in range(prompted)]
    rates = [heard(each, everybody(9), everybody(9)).voices for each in (first, second)]

    assert mostly_prompted(rates) is expected
