"""What follows from a decision is done or replaced; on its day the decision is judged."""

from django.db import transaction

from core.activity import log
from core.models import Membership
from decisions.errors import IncompleteError, SettledError
from decisions.evaluating import Missing
from decisions.models import Alert, Decision, DecisionReview, FollowUp
from decisions.written import refuse_short

SHORTEST_WORDS = 20
LAST_STEP = 5
GONE = "Somebody named in what follows is no longer on the team."


def add_follow_ups(decision, tasks, *, now):
    """Rows of the Tasks. IncompleteError when an owner is not on the team."""
    tasks = [task for task in tasks if task.is_begun]
    team = team_of(decision.workspace)
    if any(task.owner not in team for task in tasks):
        raise IncompleteError((Missing(LAST_STEP, GONE),))
    return [add_follow_up(decision, task, now=now) for task in tasks]


def team_of(workspace):
    """Ids of everybody who is on it now, as text."""
    team = Membership.objects.in_workspace(workspace).current()
    return {str(pk) for pk in team.values_list("user", flat=True)}


def add_follow_up(decision, task, *, now):
    row = FollowUp(
        workspace=decision.workspace,
        decision=decision,
        what=task.what,
        owner_id=task.owner,
        due_on=task.due_on,
        made_at=now,
    )
    row.save(force_insert=True)
    return row


@transaction.atomic
def end_follow_up(follow_up, *, by, outcome, now):
    """It is done. The last one closes the alert's file. SettledError if it had ended."""
    row = locked(follow_up)
    ended(row, by=by, outcome=outcome, now=now)
    log(row.workspace, by=by, verb="follow_up.done", subject=row, now=now)
    close_if_all_ended(row.decision)
    return row


@transaction.atomic
def replace_follow_up(follow_up, *, by, outcome, task, now):
    """Something else is done instead; `outcome` says why. Returns the new one."""
    row = locked(follow_up)
    (new,) = add_follow_ups(row.decision, [task], now=now)
    row.replaced_by = new
    ended(row, by=by, outcome=outcome, now=now)
    log(row.workspace, by=by, verb="follow_up.replaced", subject=row, now=now)
    return new


def locked(follow_up):
    """The decision first, so that two ends of one decision wait for each other."""
    Decision.objects.select_for_update().get(pk=follow_up.decision_id)
    rows = FollowUp.objects.select_related("decision__workspace", "workspace")
    row = rows.get(pk=follow_up.pk)
    if row.ended_at is not None:
        raise SettledError(row)
    return row


def ended(row, *, by, outcome, now):
    row.outcome, row.ended_by, row.ended_at = outcome, by, now
    row.save(update_fields=["outcome", "ended_by", "ended_at", "replaced_by"])


def close_if_all_ended(decision):
    if not FollowUp.objects.filter(decision=decision).open().exists():
        alerts = Alert.objects.filter(
            pk=decision.alert_id, state=Alert.State.FOLLOWING_UP
        )
        alerts.update(state=Alert.State.CLOSED)


@transaction.atomic
def review_decision(decision, *, by, verdict, words, now):
    """One judgement a decision, final. SettledError when somebody was first."""
    Decision.objects.select_for_update().get(pk=decision.pk)
    first = DecisionReview.objects.filter(decision=decision).first()
    if first is not None:
        raise SettledError(first)
    refuse_short("words", words, SHORTEST_WORDS)
    review = DecisionReview(
        workspace=decision.workspace,
        decision=decision,
        verdict=verdict,
        words=words,
        by=by,
        reviewed_at=now,
    )
    review.save()
    log(
        decision.workspace,
        by=by,
        verb="decision.reviewed",
        subject=decision,
        now=now,
        verdict=verdict,
    )
    return review
