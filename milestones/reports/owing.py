"""Which questions a reader still owes a score of, and since when."""

from collections import defaultdict

from milestones.models import Score
from milestones.reports.loading import scorers_of
from milestones.rounds import Entry, open_round


def owed_since(workspace, viewer, now, question_ids=None):
    """`{id of the question: when the round opened}`. Two queries; one for readers who do
    not score. `viewer` is the key of their account; without ids all of the venture."""
    scorers = scorers_of(workspace)
    if viewer not in scorers:
        return {}
    claims = Score.objects.filter(workspace=workspace, kind=Score.Kind.CLAIMED)
    if question_ids is not None:
        claims = claims.filter(question__in=question_ids)
    entries = defaultdict(list)
    rows = claims.values_list("question", "pk", "by", "recorded_at", "round")
    for question, pk, by, at, number in rows:
        entries[question].append(Entry(str(pk), str(by), at, number))
    rounds = {pk: open_round(given, scorers, now) for pk, given in entries.items()}
    return {
        pk: current.opened_at
        for pk, current in rounds.items()
        if current and current.is_owed_by(viewer, scorers)
    }


def owes_score(question, user, now):
    """Whether somebody else scored in the open round, and this one has not."""
    owed = owed_since(question.workspace, str(user.pk), now, [question.pk])
    return question.pk in owed
