"""The evaluation of an alert as a paper that can be checked, shown and frozen."""

from dataclasses import replace

from django.db.models import Q

from decisions.evaluating import Draft, Paper, needs_rule
from decisions.models import Decision, Evaluation, EvaluationCoSignature
from decisions.reports.stop_rules import measurable
from interviews.models import Interview


def paper_of(
    alert, evaluation: Evaluation | None, decided: Draft | None = None
) -> Paper:
    """What is written so far; an empty paper before anybody began. `decided` stands in
    the place of the decision that was drafted."""
    if evaluation is None:
        paper = Paper(talks=talks_since(alert).count(), has_number=has_number(alert))
        return replace(paper, draft=decided) if decided else paper
    draft, is_second = decided or Draft.of(evaluation.draft), is_second_time(alert)
    return Paper(
        belief=evaluation.belief,
        happened=evaluation.happened,
        is_actual_right=evaluation.is_actual_right,
        has_number=has_number(alert),
        questions=len(evaluation.questions.all()),
        talks=talks_since(alert).count(),
        customers_say=evaluation.customers_say,
        no_talk_reason=evaluation.no_talk_reason,
        explanations=explanations_of(evaluation),
        depends=evaluation.depends,
        runway=evaluation.runway,
        rescored=len(evaluation.rescored.all()),
        keeps_scores=evaluation.keeps_scores,
        can_measure=can_measure(alert.workspace, draft),
        draft=draft,
        is_second_time=is_second,
        is_cosigned=is_second and cosignature_of(evaluation) is not None,
    )


def can_measure(workspace, draft) -> bool:
    """Asked only where it makes a difference."""
    return needs_rule(draft) and measurable(workspace).exists()


def is_second_time(alert) -> bool:
    """Was "keep going" the answer to the episode before this one?"""
    if alert.follows_id is None:
        return False
    either = Q(alert=alert.follows_id) | Q(covers=alert.follows_id)
    earlier = Decision.objects.filter(either)
    return earlier.filter(kind=Decision.Kind.PERSEVERE).exists()


def cosignature_of(evaluation) -> EvaluationCoSignature | None:
    """That of the evaluation as it stands."""
    signed = evaluation.co_signatures.filter(evaluation_rev=evaluation.rev)
    return signed.select_related("by").first()


def has_number(alert) -> bool:
    """Is there a number in it that somebody entered, and that may be wrong?"""
    return alert.metric_id is not None and alert.family != alert.Family.BLIND


def explanations_of(evaluation) -> dict[str, tuple[str, str]]:
    """Code → (for, against), of those that say anything."""
    return {
        code: (sides.get("for", ""), sides.get("against", ""))
        for code, sides in evaluation.explanations.items()
    }


def talks_since(alert):
    """Qualifying talks held after the alert, in the segment it is about if it has one."""
    talks = Interview.objects.in_workspace(alert.workspace).qualifying()
    talks = talks.filter(held_at__gt=alert.raised_at)
    segment = alert.segment_id
    return talks.filter(segment=segment) if segment else talks
