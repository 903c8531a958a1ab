"""One problem: whose words speak for and against it, who raised it, who is silent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discovery.models import BuyingRole, Person
from interviews.models import Interview, QuoteLink, Stance
from interviews.reports.hypotheses import Heard as Words
from interviews.reports.hypotheses import heard_of as words_heard
from interviews.said import name_of
from milestones.reports.mentions import asked_in, heard_of, mentions_in
from milestones.reports.problems import Row, answers_in, row_of

if TYPE_CHECKING:
    from discovery.models import Problem

MOST_NAMES = 50


@dataclass(frozen=True)
class Voice:
    """An organisation or a person. `kind` says whose page `key` opens; empty where the
    reader may not see people."""

    name: str
    kind: str
    key: object


@dataclass(frozen=True)
class Voices:
    """By name; `total` may be more than are shown."""

    rows: tuple[Voice, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class RoleCount:
    role: str
    asked: int
    raised: int


@dataclass(frozen=True)
class Detail:
    row: Row
    supporting: Words
    against: Words
    neutral: Words
    raised: Voices
    silent: Voices
    roles: tuple[RoleCount, ...]
    by_organisation: bool


def problem_detail(problem: Problem, *, sees_people: bool) -> Detail:
    """As this reader may see it. Everything counted is of the problem's own segment."""
    segment = problem.segment
    asked = asked_in(segment)
    said = mentions_in(segment, asked)[problem.pk]
    heard = heard_of(said, asked)
    own = [mention for mention in said if mention.supports and not mention.is_prompted]
    words = words_heard(links_of(problem), sees_people=sees_people)
    voices = {mention.voice for mention in own}
    names = named(asked, sees_people=sees_people)
    return Detail(
        row=row_of(problem, heard, asked, answers_in(segment)),
        supporting=words[Stance.SUPPORTS],
        against=words[Stance.CONTRADICTS],
        neutral=words[Stance.NEUTRAL],
        raised=voices_of(voices & asked.voices, names),
        silent=voices_of(heard.silent, names),
        roles=roles_of(asked.people, {mention.person for mention in own}),
        by_organisation=asked.by_organisation,
    )


def links_of(problem):
    """Also those of talks that do not count: they are shown, and marked."""
    return QuoteLink.objects.standing().filter(
        problem=problem,
        quote__interview__trashed_at__isnull=True,
        quote__interview__state=Interview.State.FINISHED,
    )


def named(asked, *, sees_people):
    """Every voice of the segment with its name, or its pseudonym."""
    people = Person.objects.filter(pk__in=asked.people).select_related("organisation")
    names = {}
    for person in people:
        voice, organisation = asked.voice_of(person.pk), person.organisation
        if organisation is not None and voice == organisation.pk:
            name = organisation.name if sees_people else organisation.pseudonym
            kind = "organisation"
        else:
            name, kind = name_of(person, sees_people=sees_people), "person"
        names[voice] = Voice(name, kind if sees_people else "", voice)
    return names


def voices_of(keys, names):
    rows = sorted(
        (names[key] for key in keys),
        key=lambda one: (one.name.casefold(), str(one.key)),
    )
    return Voices(tuple(rows[:MOST_NAMES]), len(rows))


def roles_of(people, raised):
    """People by their part in the purchase; somebody may have several."""
    rows = BuyingRole.objects.filter(person__in=people)
    holders = defaultdict(set)
    for role, person in rows.values_list("role", "person_id"):
        holders[role].add(person)
    return tuple(
        RoleCount(str(label), len(holders[role]), len(holders[role] & raised))
        for role, label in BuyingRole.Role.choices
        if holders[role]
    )
