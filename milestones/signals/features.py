"""Question 3: which problems a feature answers, and which features answer none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.models import Feature, Problem
from interviews.models import Grade, NeedRating, Stance
from milestones.known import current_at, finished_in, standing_links
from milestones.signals.answers import standing
from milestones.signals.shape import Signal
from milestones.signals.words import DASH, joined
from milestones.statistics.opportunity import HIGH_FROM
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

LEAST_PROBLEMS = 3
VERIFIED_FROM = 0.8
CLAIMED_FROM = 0.6


@dataclass(frozen=True)
class Answer:
    """One problem, how important it is, and who claims or was seen to solve it."""

    problem: str
    weight: float
    features: tuple[str, ...]
    verified: tuple[str, ...]


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    features = features_in(scope, now)
    answers, is_weighted = answers_in(scope.segment, features, now)
    return (
        coverage(answers, has_features=bool(features), is_weighted=is_weighted),
        orphans(scope, features, now),
    )


def features_in(scope: Scope, now) -> dict:
    rows = Feature.objects.in_workspace(scope.workspace).filter(current_at(now))
    alive = rows.exclude(stage=Feature.Stage.DROPPED)
    return dict(alive.values_list("pk", "name"))


def alive_problems(now):
    return Problem.objects.filter(current_at(now)).exclude(
        status=Problem.Status.DROPPED
    )


# --- coverage --------------------------------------------------------------------
def answers_in(segment, features: dict, now) -> tuple[list[Answer], bool]:
    """Weighted by importance only where every problem has one."""
    problems = alive_problems(now).filter(segment=segment)
    names = dict(problems.values_list("pk", "statement"))
    pairs = Feature.problems.through.objects.filter(problem__segment=segment)
    claims: dict = {pk: [] for pk in names}
    for feature, problem in pairs.order_by("pk").values_list(
        "feature_id", "problem_id"
    ):
        if feature in features and problem in claims:
            claims[problem].append(feature)
    seen = verified_in(segment, now)
    weights = importance_in(segment, now)
    is_weighted = all(pk in weights for pk in names) and any(weights.values())
    answers = [
        Answer(
            problem=name,
            weight=weights[pk] if is_weighted else 1.0,
            features=tuple(features[one] for one in claims[pk]),
            verified=tuple(features[one] for one in claims[pk] if one in seen),
        )
        for pk, name in names.items()
    ]
    return answers, is_weighted


def verified_in(segment, now) -> set:
    """Features somebody of the segment was seen to be helped by."""
    links = standing_links(now).filter(
        feature__isnull=False,
        stance=Stance.SUPPORTS,
        grade__gte=Grade.BEHAVIOUR,
        quote__interview__in=finished_in(segment, now),
    )
    return set(links.values_list("feature_id", flat=True))


def importance_in(segment, now) -> dict:
    """Of its most important need: the share who rate that 4 or 5."""
    rated = NeedRating.objects.filter(
        standing(now, "response__"), need__problems__segment=segment
    )
    rows = rated.order_by().values("need__problems", "need")
    counted = rows.annotate(
        n=Count("pk"), high=Count("pk", filter=Q(importance__gte=HIGH_FROM))
    )
    found: dict = {}
    for row in counted:
        weight = row["high"] / row["n"]
        problem = row["need__problems"]
        found[problem] = max(found.get(problem, 0.0), weight)
    return found


def coverage(answers, *, has_features: bool, is_weighted: bool) -> Signal:
    title = _("Problems our features answer")
    if not answers or not has_features:
        lacks = _("Features, with the problems they claim to solve.")
        if not answers:
            lacks = _("Problems of this segment.")
        sentence = _("There is nothing to compare yet.")
        return Signal("problem_coverage", title, sentence, lacks=lacks)
    claimed = covered(answers, "features")
    verified = covered(answers, "verified")
    return Signal(
        key="problem_coverage",
        title=title,
        verdict=coverage_verdict(claimed, verified, len(answers)),
        sentence=joined(
            counted_sentence(answers),
            weighed_sentence(claimed, verified, is_weighted=is_weighted),
        ),
        header=(
            *(_("Problem"), _("Importance")),
            *(_("Features that claim to solve it"), _("Seen in use")),
        ),
        rows=tuple(coverage_row(one, is_weighted=is_weighted) for one in answers),
        lacks="" if verified else _("Quotes of grade E4 or better linked to features."),
        is_instrument=verified > 0,
    )


def covered(answers, field: str) -> float:
    total = sum(one.weight for one in answers)
    return sum(one.weight for one in answers if getattr(one, field)) / total


def coverage_verdict(claimed: float, verified: float, problems: int) -> Verdict:
    """Of fewer than three problems a share says nothing."""
    if problems < LEAST_PROBLEMS:
        return Verdict.CANNOT_SAY
    if verified >= VERIFIED_FROM:
        return Verdict.SUPPORTS
    return Verdict.CONTRADICTS if claimed < CLAIMED_FROM else Verdict.CANNOT_SAY


def counted_sentence(answers) -> str:
    text = ngettext(
        "A feature claims to solve %(claimed)s of %(n)s problem; of %(seen)s it was seen "
        "in use.",
        "Features claim to solve %(claimed)s of %(n)s problems; of %(seen)s it was seen in "
        "use.",
        len(answers),
    )
    return text % {
        "claimed": sum(bool(one.features) for one in answers),
        "n": len(answers),
        "seen": sum(bool(one.verified) for one in answers),
    }


def weighed_sentence(claimed: float, verified: float, *, is_weighted: bool) -> str:
    numbers = {"claimed": f"{claimed:.2f}", "verified": f"{verified:.2f}"}
    if is_weighted:
        text = _(
            "Weighed by importance: %(claimed)s claimed, %(verified)s verified, of 1."
        )
    else:
        text = _(
            "Coverage: %(claimed)s claimed, %(verified)s verified, of 1; every problem "
            "weighs the same, since not all have needs with ratings."
        )
    return text % numbers


def coverage_row(one: Answer, *, is_weighted: bool):
    return (
        one.problem,
        f"{10 * one.weight:.1f}" if is_weighted else DASH,
        ", ".join(one.features) or DASH,
        ", ".join(one.verified) or DASH,
    )


# --- orphans ---------------------------------------------------------------------
def orphans(scope: Scope, features: dict, now) -> Signal:
    """Features of the venture that no problem of any segment asks for."""
    title = _("Features no problem asks for")
    if not features:
        sentence = _("No feature is written down yet.")
        return Signal("orphan_features", title, sentence, lacks=_("Features."))
    alive = alive_problems(now).filter(workspace=scope.workspace)
    pairs = Feature.problems.through.objects.filter(problem__in=alive)
    wanted = set(pairs.values_list("feature_id", flat=True))
    lone = sorted(name for pk, name in features.items() if pk not in wanted)
    text = ngettext(
        "%(k)s of %(n)s feature solves no problem we have written down.",
        "%(k)s of %(n)s features solve no problem we have written down.",
        len(features),
    )
    return Signal(
        key="orphan_features",
        title=title,
        verdict=Verdict.CANNOT_SAY if lone else Verdict.SUPPORTS,
        sentence=text % {"k": len(lone), "n": len(features)},
        header=(_("Feature"),),
        rows=tuple((name,) for name in lone),
    )
