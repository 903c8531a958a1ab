"""An evaluation in words: heading and text of everything that is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import User
from core.numbers import show
from decisions.evaluating import ADJUST, STEPS, Draft, Step
from decisions.models import Decision, Evaluation, StopRule
from decisions.reports.papers import explanations_of
from forecasts.models import Metric
from milestones.eleven import template

Line = tuple[str, str]


@dataclass(frozen=True)
class ToldStep:
    """A step and what stands in it."""

    step: Step
    lines: tuple[Line, ...]


def told(
    evaluation: Evaluation | None, *, with_draft: bool = True
) -> tuple[ToldStep, ...]:
    """Steps 1 to 5; the fifth holds the draft, which a recorded decision replaces."""
    steps = STEPS if with_draft else STEPS[:-1]
    return tuple(ToldStep(step, told_step(evaluation, step.number)) for step in steps)


def told_step(evaluation: Evaluation | None, number: int) -> tuple[Line, ...]:
    if evaluation is None:
        return ()
    lines = TELLERS[number](evaluation)
    return tuple((str(label), text) for label, text in lines if text)


def tell_belief(evaluation) -> Iterator[Line]:
    yield _("What we believed"), evaluation.belief


def tell_happened(evaluation) -> Iterator[Line]:
    yield _("What happened"), evaluation.happened
    answers = {True: _("Yes"), False: _("No"), None: ""}
    yield _("Is the number right?"), answers[evaluation.is_actual_right]


def tell_customers(evaluation) -> Iterator[Line]:
    numbers = sorted(question.number for question in evaluation.questions.all())
    chosen = [f"{number} {template(number).wording}" for number in numbers]
    yield _("Questions it contradicts"), "\n\n".join(chosen)
    yield _("What customers told us"), evaluation.customers_say
    yield _("Why there was no talk since the alert"), evaluation.no_talk_reason
    labels = dict(Evaluation.Explanation.choices)
    for code, (pro, con) in explanations_of(evaluation).items():
        name = str(labels.get(code, code)).capitalize()
        yield _("%(name)s: for") % {"name": name}, pro
        yield _("%(name)s: against") % {"name": name}, con


def tell_depends(evaluation) -> Iterator[Line]:
    yield _("What depends on it"), evaluation.depends
    yield _("Cash in hand, and how long it lasts"), evaluation.runway
    numbers = sorted(question.number for question in evaluation.rescored.all())
    chosen = [f"{number} {template(number).wording}" for number in numbers]
    none = _("None") if evaluation.keeps_scores else ""
    yield _("Scores that change"), "\n\n".join(chosen) or none


def tell_draft(evaluation) -> Iterator[Line]:
    draft = Draft.of(evaluation.draft)
    yield from tell_decision(draft)
    yield _("Next stop rule"), drafted_rule(draft)
    yield _("What follows"), "\n\n".join(tell_tasks(draft.follow_ups))


def tell_tasks(tasks) -> Iterator[str]:
    owners = [task.owner for task in tasks if task.owner]
    users = User.objects.in_bulk(owners) if owners else {}
    names = {str(pk): str(user) for pk, user in users.items()}
    for task in tasks:
        known = (task.what, names.get(task.owner, ""), day_words(task.due_on))
        yield " · ".join(part for part in known if part)


def tell_decision(decision) -> Iterator[Line]:
    """Of a Draft, or of a Decision: they share the names of their fields."""
    kinds = dict(Decision.Kind.choices)
    yield _("Decision"), str(kinds.get(decision.kind, "")).capitalize()
    yield _("We predict"), decision.prediction
    yield _("By"), day_words(decision.predict_by)
    yield _("What changes"), decision.change
    if decision.kind == ADJUST:
        yield _("The new forecast"), new_share_words(decision.new_share)
    yield _("Why"), decision.reasons
    yield _("Dissent"), decision.dissent
    yield _("Next stop"), day_words(decision.review_on)


def drafted_rule(draft) -> str:
    if not draft.has_rule:
        return ""
    metric = Metric.objects.filter(pk=draft.rule_metric or None).first()
    labels = dict(StopRule.Comparison.choices)
    mark = "" if draft.rule_mark is None else draft.rule_mark
    return rule_words(
        metric, labels.get(draft.rule_comparison, ""), mark, draft.rule_by
    )


def registered_rule(decision) -> str:
    rule = getattr(decision, "stop_rule", None)
    if rule is None:
        return ""
    label = rule.get_comparison_display()
    return rule_words(rule.metric, label, rule.mark, rule.by_on)


def rule_words(metric, comparison, mark, day) -> str:
    return _("%(name)s: %(comparison)s %(mark)s by %(day)s, or we stop.") % {
        "name": metric.name if metric else "–",
        "comparison": comparison,
        "mark": show(mark, metric.unit if metric else "") if mark != "" else "–",
        "day": day_words(day) or "–",
    }


def new_share_words(share) -> str:
    """Decisions from before the share was asked for have none."""
    if share is None:
        return _("New numbers follow.")
    return _("%(share)s%% of the first; new numbers follow.") % {"share": share}


def day_words(day) -> str:
    return date_format(day, "l j F Y") if day else ""


TELLERS = {
    1: tell_belief,
    2: tell_happened,
    3: tell_customers,
    4: tell_depends,
    5: tell_draft,
}
