"""Guides, interviews with their notes, quotes and tags."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from core.models import User
from discovery.models import Person
from interviews.anchoring import find_in, flat
from interviews.models import (
    Guide,
    GuideQuestion,
    Interview,
    Quote,
    QuoteLink,
    QuoteTag,
    Tag,
)
from interviews.models.grades import Grade, Stance
from interviews.qualifying import Participant, Talk, qualify
from portfolio.seeding.dice import prose
from portfolio.seeding.market import Market, Seeder
from portfolio.seeding.surveys import seed_surveys

NOTES = 1600
BATCH = 500
KINDS = (
    Interview.Kind.PROBLEM,
    Interview.Kind.PROBLEM,
    Interview.Kind.DAY_IN_LIFE,
    Interview.Kind.SOLUTION,
    Interview.Kind.SALES,
)


@dataclass(frozen=True)
class Talks:
    guides: list[Guide]
    interviews: list[Interview]
    quotes: list[Quote]
    tags: list[Tag]


def seed_talks(seeder: Seeder, market: Market, by: list[User]) -> Talks:
    guides = seed_guides(seeder, market, by[0])
    told = [
        talk_of(seeder, n, market, guides, by) for n in range(seeder.size.interviews)
    ]
    interviews = [interview for interview, _person, _quotes in told]
    quotes = [quote for _interview, _person, said in told for quote in said]
    for interview, person, said in told:
        judge(interview, person, len(said))
    Interview.objects.bulk_create(interviews, batch_size=BATCH)
    seed_participants(told, by)
    Quote.objects.bulk_create(quotes, batch_size=BATCH)
    tags = seed_tags(seeder, quotes, by[0])
    seed_links(seeder, market, quotes, by[0])
    seed_surveys(seeder, market, by[0])
    return Talks(guides, interviews, quotes, tags)


def seed_guides(seeder, market, by):
    guides = Guide.objects.bulk_create(
        Guide(
            **seeder.common,
            **seeder.marks("guide", "name", "aim"),
            segment=market.segments[number % len(market.segments)],
            created_by=by,
            created_at=seeder.now - timedelta(days=365),
        )
        for number in range(seeder.size.guides)
    )
    GuideQuestion.objects.bulk_create(
        GuideQuestion(
            **seeder.common,
            **seeder.marks("guidequestion", "text"),
            guide=guide,
            position=position,
            tests=[position],
        )
        for guide in guides
        for position in range(1, 6)
    )
    return guides


def talk_of(seeder, number, market, guides, by):
    """One talk with its notes and the quotes that stand in them."""
    dice = seeder.dice
    person = market.people[dice.below(len(market.people))]
    held_at = seeder.now - timedelta(hours=1 + dice.below(360 * 24))
    author = dice.one(by)
    interview = Interview(
        **seeder.common,
        segment=person.segment,
        held_at=held_at,
        kind=dice.one(KINDS),
        channel=dice.one(Interview.Channel.values),
        guide=dice.one(guides),
        is_next_step_asked=True,
        next_step=seeder.canaries.mark("interview", "next_step"),
        state=Interview.State.FINISHED,
        created_by=author,
        saved_by=author,
        recorded_at=held_at + timedelta(hours=dice.below(80)),
        saved_at=held_at + timedelta(hours=80),
    )
    said = write_notes(seeder, interview, person)
    return interview, person, said


def write_notes(seeder, interview, person):
    """Paragraphs of about 1.6 kB, some of them exact words that become quotes."""
    opening = seeder.canaries.mark("interview", "notes")
    words = [
        f"{seeder.canaries.mark('quote', 'text')} {prose(seeder.dice, 90)}"
        for _quote in range(seeder.size.quotes)
    ]
    room = NOTES - sum(len(text) + 4 for text in words)
    between = prose(seeder.dice, room // (len(words) + 1))
    paragraphs = [f"{opening} {between}"]
    for text in words:
        paragraphs += [f"> {text}", prose(seeder.dice, room // (len(words) + 1))]
    interview.notes = "\n\n".join(paragraphs)
    view = flat(interview.notes)
    return [quote_of(seeder, interview, person, find_in(view, text)) for text in words]


def quote_of(seeder, interview, person, anchor):
    return Quote(
        **seeder.common,
        interview=interview,
        person=person,
        text=anchor.text,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        start=anchor.start,
        end=anchor.end,
        is_prompted=seeder.dice.happens(0.3),
        created_by=interview.created_by,
        created_at=interview.recorded_at + timedelta(minutes=10),
    )


def judge(interview: Interview, person: Person, quotes: int) -> None:
    """What the action would have found: does it count, and if not, why not."""
    is_related = person.is_related_party or person.organisation.is_related_party
    answer = qualify(
        Talk(
            participants=(Participant(is_related, person.consent),),
            kind=interview.kind,
            pitched=interview.pitched,
            has_segment=interview.segment_id is not None,
            held_at=interview.held_at,
            recorded_at=interview.recorded_at,
            quotes=quotes,
        )
    )
    interview.qualifies = answer.counts
    interview.reasons_against = [reason.code for reason in answer.reasons]


def seed_participants(told, by):
    person_link = Interview.people.through
    person_link.objects.bulk_create(
        (
            person_link(interview=interview, person=person)
            for interview, person, _quotes in told
        ),
        batch_size=BATCH,
    )
    team_link = Interview.interviewers.through
    team_link.objects.bulk_create(
        (
            team_link(interview=interview, user=interview.created_by)
            for interview, _person, _quotes in told
        ),
        batch_size=BATCH,
    )


def seed_tags(seeder, quotes, by):
    """A tree of two levels; every quote bears one."""
    tags: list[Tag] = []
    for number in range(seeder.size.tags):
        tags.append(
            Tag(
                **seeder.common,
                **seeder.marks("tag", "name", "definition"),
                parent=tags[number // 5 * 5] if number % 5 else None,
                created_by=by,
                created_at=seeder.now - timedelta(days=365),
            )
        )
    Tag.objects.bulk_create(tags)
    QuoteTag.objects.bulk_create(
        (
            QuoteTag(
                **seeder.common,
                quote=quote,
                tag=seeder.dice.one(tags),
                by=quote.created_by,
                tagged_at=quote.created_at,
            )
            for quote in quotes
        ),
        batch_size=BATCH,
    )
    return tags


def seed_links(seeder, market, quotes, by):
    """Every other quote speaks to a problem of its segment."""
    QuoteLink.objects.bulk_create(
        links_of(seeder, market, quotes, by), batch_size=BATCH
    )


def links_of(seeder, market, quotes, by) -> Iterator[QuoteLink]:
    for number, quote in enumerate(quotes):
        if number % 2:
            continue
        segment = quote.person.segment
        known = [one for one in market.problems if one.segment_id == segment.pk]
        yield QuoteLink(
            **seeder.common,
            quote=quote,
            problem=seeder.dice.one(known),
            stance=Stance.SUPPORTS,
            grade=Grade.PROMPTED if quote.is_prompted else Grade.ANECDOTE,
            by=by,
            linked_at=quote.created_at,
        )
