"""Writes what a sample supposed before it went out and asked."""

from discovery.actions import (
    add_feature,
    add_hypothesis,
    add_need,
    add_problem,
    edit_segment,
    register_hypothesis,
)
from discovery.models import Need, Segment
from interviews.actions import add_guide
from interviews.actions.tags import add_tag
from portfolio.samples.building import Market


def add_market(sample, supposed):
    """Segment, guide, tags, problems, needs, features and registered beliefs."""
    known = {"by": sample.owner, "now": sample.ago(supposed.began_ago)}
    segment = Segment.objects.in_workspace(sample.workspace).get()
    segment = edit_segment(
        segment, status=Segment.Status.ACTIVE, **supposed.segment, **known
    )
    guide = add_guide(
        sample.workspace,
        segment=segment,
        questions=[(text, list(tests)) for text, tests in supposed.guide_questions],
        **supposed.guide,
        **known,
    )
    add_tags(sample, supposed, known)
    problems = {
        key: add_problem(sample.workspace, segment=segment, **fields, **known)
        for key, fields in supposed.problems.items()
    }
    return Market(
        segment=segment,
        guide=guide,
        problem=problems,
        need=add_needs(sample, supposed, segment, problems, known),
        feature=add_features(sample, supposed, problems, known),
        hypothesis=add_beliefs(sample, supposed, segment),
    )


def add_tags(sample, supposed, known):
    tags = {}
    for name, definition, above in supposed.tags:
        tags[name] = add_tag(
            sample.workspace,
            name=name,
            definition=definition,
            parent=tags.get(above),
            **known,
        )


def add_needs(sample, supposed, segment, problems, known):
    needs = {}
    feeling, doing = Need.Dimension.EMOTIONAL, Need.Dimension.FUNCTIONAL
    for key, (outcome, touched, above) in supposed.needs.items():
        needs[key] = add_need(
            sample.workspace,
            segment=segment,
            outcome=outcome,
            parent=needs.get(above),
            dimension=feeling if key in supposed.emotional else doing,
            problems=[problems[one] for one in touched],
            **known,
        )
    return needs


def add_features(sample, supposed, problems, known):
    return {
        key: add_feature(
            sample.workspace,
            name=name,
            what=what,
            stage=stage,
            problems=[problems[one] for one in solved],
            **known,
        )
        for key, (name, what, stage, solved) in supposed.features.items()
    }


def add_beliefs(sample, supposed, segment):
    """Registered on a day before the first talk that speaks to them."""
    beliefs = {}
    for belief in supposed.beliefs:
        known = {"by": sample.owner, "now": sample.ago(belief.registered_ago)}
        draft = add_hypothesis(
            sample.workspace,
            segment=segment,
            decide_by=sample.day(belief.decide_in),
            **belief.fields,
            **known,
        )
        beliefs[belief.key] = register_hypothesis(draft, **known)
    return beliefs
