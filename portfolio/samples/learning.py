"""Writes the talks, what was said in them, and what was learned from it."""

from datetime import timedelta
from uuid import uuid5

from discovery.actions import add_person
from interviews.actions import (
    finish_interview,
    link_quote,
    settle_hypothesis,
    take_quote,
)
from milestones.actions import answer_evidence, link_evidence

PROOF_FROM = 4


def add_talks(sample, market, talks):
    people = {}
    for talk in talks:
        sample.then(talk.days_ago, tell, sample, market, talk, people)


def tell(sample, market, talk, people):
    person = people.get(talk.who.name)
    if person is None:
        person = add_person_of(sample, market, talk, people)
        people[talk.who.name] = person
    interview = add_talk(sample, market, talk, person)
    for said in talk.said:
        add_quote(sample, market, interview, person, said)


def add_person_of(sample, market, talk, people):
    """Who they are; a referral names somebody of an earlier talk."""
    who = talk.who
    has_date = who.step_in is not None
    return add_person(
        sample.workspace,
        by=author(sample, talk),
        now=sample.ago(talk.days_ago),
        name=who.name,
        role_title=who.role_title,
        roles=who.roles,
        segment=market.segment,
        organisation_name=who.organisation,
        source=who.source,
        referred_by=people.get(who.referred_by),
        recognition=who.recognition,
        is_related_party=who.is_related,
        consent=who.consent,
        consent_how="illustrative",
        consent_on=sample.workspace.today(sample.ago(talk.days_ago)),
        next_step=talk.next_step,
        next_step_on=sample.day(who.step_in) if has_date else None,
    )


def author(sample, talk):
    return sample.founder if talk.by_founder else sample.owner


def add_talk(sample, market, talk, person):
    held_at = sample.ago(talk.days_ago)
    return finish_interview(
        sample.workspace,
        uuid5(sample.workspace.pk, f"{talk.who.name} {talk.days_ago}"),
        by=author(sample, talk),
        now=held_at + timedelta(hours=1),
        base_rev=0,
        who=[person.name],
        consent=person.consent,
        segment=market.segment,
        guide=market.guide if talk.has_guide else None,
        held_at=held_at,
        kind=talk.kind,
        channel=talk.channel,
        pitched=talk.pitched,
        notes=talk.notes,
        is_next_step_asked=bool(talk.next_step),
        next_step=talk.next_step,
    )


def add_quote(sample, market, interview, person, said):
    known = {"by": interview.created_by, "now": interview.recorded_at}
    quote = take_quote(
        interview,
        text=said.words,
        person=person,
        is_prompted=said.is_prompted,
        tags=said.tags,
        **known,
    )
    for link in said.links:
        judged = {"stance": link.stance, "grade": link.grade}
        judged["seen_by"] = known["by"] if link.grade >= PROOF_FROM else None
        if not isinstance(link.to, int):
            link_quote(quote, **market.target(link.to), **judged, **known)
            continue
        found = link_evidence(sample.question(link.to), quote=quote, **judged, **known)
        if said.answer and link.stance == "contradicts":
            answer_evidence(found, answer=said.answer, **known)


def settle_beliefs(sample, market, beliefs):
    for belief in beliefs:
        for state, days_ago, reason in belief.steps:
            sample.then(
                days_ago, settle, sample, market, belief, state, days_ago, reason
            )


def settle(sample, market, belief, state, days_ago, reason):
    settle_hypothesis(
        market.hypothesis[belief.key],
        state,
        by=sample.owner,
        now=sample.ago(days_ago),
        reason=reason,
    )
