"""Who was asked in a segment, and who spoke of which problem. Two queries, and a third
for the tags, however much was said.

Withdrawn quotes and links, talks in the trash and talks that do not qualify are left out.
With `now`, what was recorded later is left out too, and what was withdrawn later is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from interviews.models import QuoteTag, Stance
from milestones.known import qualifying_in, standing_links, stood
from milestones.reports.pieces import NOBODY, Speaker, together
from milestones.statistics.mentions import Heard, Mention, heard
from milestones.statistics.saturation import Saturation, saturation

if TYPE_CHECKING:
    from datetime import datetime

    from discovery.models import Segment
    from milestones.scope import Scope


@dataclass(frozen=True)
class Asked:
    """The qualifying talks of one segment, in the order held, and who was there."""

    by_organisation: bool
    talks: tuple[Hashable, ...]
    speakers: dict[Hashable, Speaker] = field(repr=False)
    people: frozenset[Hashable]
    organisation_of: dict[Hashable, Hashable] = field(repr=False)

    @cached_property
    def voices(self) -> frozenset[Hashable]:
        """Organisations, and people who belong to none; or people."""
        return frozenset(self.voice_of(person) for person in self.people)

    @property
    def organisations(self) -> frozenset[Hashable]:
        return frozenset(self.organisation_of[p] for p in self.people) - {None}

    def voice_of(self, person: Hashable) -> Hashable:
        organisation = self.organisation_of.get(person)
        return organisation if self.by_organisation and organisation else person

    def voice(self, speaker: Speaker) -> Hashable | None:
        if speaker.person is not None:
            return self.voice_of(speaker.person)
        return speaker.organisation if self.by_organisation else None


def asked_of(scope: Scope, now: datetime) -> Asked:
    """Of the segment of a scope, as of one moment: read once, however many signals of
    its questions ask."""
    key = (Asked, now)
    if key not in scope.kept:
        scope.kept[key] = asked_in(scope.segment, now)
    return scope.kept[key]


def asked_in(segment: Segment, now: datetime | None = None) -> Asked:
    rows = (
        qualifying_in(segment, now)
        .order_by("held_at", "pk", "people__pk")
        .values_list("pk", "people__pk", "people__organisation_id")
    )
    present, organisation_of = defaultdict(list), {}
    for talk, person, organisation in rows:
        if person is not None:
            present[talk].append((person, organisation, False))
            organisation_of[person] = organisation
    return Asked(
        by_organisation=segment.workspace.sells_to_businesses,
        talks=tuple(present),
        speakers={talk: together(people) for talk, people in present.items()},
        people=frozenset(organisation_of),
        organisation_of=organisation_of,
    )


def mentions_in(
    segment: Segment, asked: Asked, now: datetime | None = None
) -> dict[Hashable, list[Mention]]:
    """By problem."""
    links = standing_links(now).filter(
        problem__segment=segment, quote__interview__in=qualifying_in(segment, now)
    )
    rows = links.values_list(
        "problem_id",
        "stance",
        "quote__is_prompted",
        "quote__interview_id",
        "quote__person_id",
    )
    said = defaultdict(list)
    for problem, stance, is_prompted, talk, person in rows:
        speaker = Speaker(person) if person else asked.speakers.get(talk, NOBODY)
        mention = Mention(
            voice=asked.voice(speaker),
            person=speaker.person,
            supports=stance == Stance.SUPPORTS,
            contradicts=stance == Stance.CONTRADICTS,
            is_prompted=is_prompted,
        )
        said[problem].append(mention)
    return said


def heard_of(mentions: list[Mention], asked: Asked) -> Heard:
    return heard(mentions, asked.voices, asked.people)


def saturation_in(
    segment: Segment, asked: Asked, now: datetime | None = None
) -> Saturation:
    """A merged tag counts as the one that took its quotes."""
    tagged = QuoteTag.objects.filter(quote__interview__in=qualifying_in(segment, now))
    if now is None:
        tagged = tagged.filter(quote__withdrawn_at__isnull=True)
    else:
        standing = stood(now, since="created_at", path="quote__")
        tagged = tagged.filter(standing, tagged_at__lte=now)
    rows = tagged.values_list("quote__interview_id", "tag_id", "tag__merged_into_id")
    tags = defaultdict(set)
    for talk, tag, merged_into in rows:
        tags[talk].add(merged_into or tag)
    return saturation(tags[talk] for talk in asked.talks)
