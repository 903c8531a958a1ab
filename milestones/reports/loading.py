"""Rows of the database as facts: four queries for a board, however much is linked.

A fifth finds who spoke where a quote names nobody.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from core.models import Permission
from interviews.models import Interview
from interviews.models.quotes import refused
from milestones.facts import Facts, Link, Scored, Written
from milestones.models import Answer, EvidenceLink, Score
from milestones.support import Piece, Stance

LINK_FIELDS = (
    "pk",
    "question__number",
    "stance",
    "grade",
    "occurred_on",
    "linked_at",
    "withdrawn_at",
    "answered_at",
    "document",
    "actual__metric_id",
    "quote__withdrawn_at",
    "quote__interview__trashed_at",
    "quote__is_prompted",
    "quote__interview_id",
    "quote__interview__kind",
    "quote__interview__qualifies",
    "quote__interview__reasons_against",
    "quote__person_id",
    "quote__person__is_related_party",
    "quote__person__organisation_id",
    "quote__person__organisation__is_related_party",
)


@dataclass(frozen=True)
class Speaker:
    person: Hashable | None = None
    organisation: Hashable | None = None
    is_related: bool = False


NOBODY = Speaker()
# codes of interviews/qualifying.py
REASONS_OF_SELLING = {"sales", "pitched_first"}


def load_board(scope):
    """`{number: Facts}` for the eleven."""
    return load(scope, scope.of_board(), range(1, 12))


def load_question(scope, number):
    return load(scope, scope.of_question(number), (number,))[number]


def load(scope, condition, numbers):
    links = by_number(links_of(condition))
    answers = by_number(answers_of(condition))
    scores = by_number(scores_of(condition, scope.workspace))
    scorers = scorers_of(scope.workspace)
    return {
        number: Facts(
            number=number,
            links=tuple(links[number]),
            answers=tuple(answers[number]),
            scores=tuple(scores[number]),
            scorers=scorers,
            of_consumers=not scope.workspace.sells_to_businesses,
        )
        for number in numbers
    }


def by_number(facts):
    sorted_out = defaultdict(list)
    for fact in facts:
        sorted_out[fact.number].append(fact)
    return sorted_out


def scorers_of(workspace):
    """Who scores today: key → name."""
    members = workspace.memberships.current().with_permission(Permission.SCORE)
    return {str(m.user_id): str(m.user) for m in members.select_related("user")}


def answers_of(condition):
    rows = Answer.objects.filter(condition).values_list(
        "pk",
        "question__number",
        "statement",
        "looked_against",
        "recorded_at",
        "supersedes_id",
    )
    return [
        Written(str(pk), number, statement, looked, at, follows and str(follows))
        for pk, number, statement, looked, at, follows in rows
    ]


def scores_of(condition, workspace):
    rows = Score.objects.filter(condition, kind=Score.Kind.CLAIMED).values(
        "pk",
        "question__number",
        "by_id",
        "by__name",
        "by__email",
        "value",
        "reason",
        "supported",
        "round",
        "recorded_at",
        "supersedes_id",
    )
    return [
        Scored(
            key=str(row["pk"]),
            number=row["question__number"],
            author=str(row["by_id"]),
            value=row["value"],
            supported=row["supported"],
            round=row["round"],
            at=row["recorded_at"],
            on=workspace.today(row["recorded_at"]),
            follows=key_of(row["supersedes_id"]),
            author_name=row["by__name"] or row["by__email"],
            reason=row["reason"],
        )
        for row in rows
    ]


def links_of(condition):
    kept = EvidenceLink.objects.filter(condition).exclude(refused("quote__"))
    rows = list(kept.values(*LINK_FIELDS))
    unnamed = {
        row["quote__interview_id"]
        for row in rows
        if row["quote__interview_id"] and not row["quote__person_id"]
    }
    speakers = speakers_in(unnamed)
    return [link_from(row, speakers) for row in rows]


def link_from(row, speakers):
    return Link(
        number=row["question__number"],
        piece=piece_from(row, speaker_from(row, speakers)),
        linked_at=row["linked_at"],
        # a talk in the trash does not count; fetched back, it does again
        ends_at=first_of(
            row["withdrawn_at"],
            row["quote__withdrawn_at"],
            row["quote__interview__trashed_at"],
        ),
        answered_at=row["answered_at"],
    )


def piece_from(row, speaker):
    document = row["document"].strip().casefold()
    return Piece(
        key=row["pk"],
        stance=Stance(row["stance"]),
        grade=row["grade"],
        on=row["occurred_on"],
        talk=row["quote__interview_id"],
        person=speaker.person,
        organisation=speaker.organisation,
        series=document or row["actual__metric_id"],
        qualifies=row["quote__interview__qualifies"] is not False,
        is_sales=is_fair_sales_talk(row),
        is_related=speaker.is_related,
        is_prompted=bool(row["quote__is_prompted"]),
    )


def is_fair_sales_talk(row):
    """A sales talk with nothing against it but that we sold."""
    against = set(row["quote__interview__reasons_against"] or ())
    is_sales = row["quote__interview__kind"] == Interview.Kind.SALES
    return is_sales and against <= REASONS_OF_SELLING


def speaker_from(row, speakers):
    if not row["quote__person_id"]:
        return speakers.get(row["quote__interview_id"], NOBODY)
    return Speaker(
        row["quote__person_id"],
        row["quote__person__organisation_id"],
        bool(
            row["quote__person__is_related_party"]
            or row["quote__person__organisation__is_related_party"]
        ),
    )


def speakers_in(interview_ids):
    """Who speaks where a quote names nobody: the one who was there, if it is one.

    Several people of one organisation are still that organisation.
    """
    if not interview_ids:
        return {}
    rows = Interview.people.through.objects.filter(
        interview__in=interview_ids
    ).values_list(
        "interview_id",
        "person_id",
        "person__organisation_id",
        "person__is_related_party",
        "person__organisation__is_related_party",
    )
    present = defaultdict(list)
    for interview, person, organisation, *related in rows:
        present[interview].append((person, organisation, any(related)))
    return {interview: together(people) for interview, people in present.items()}


def together(people):
    persons, organisations, related = zip(*people, strict=True)
    is_one_person = len(people) == 1
    is_one_organisation = len(set(organisations)) == 1
    return Speaker(
        persons[0] if is_one_person else None,
        organisations[0] if is_one_organisation else None,
        any(related),
    )


def key_of(pk):
    return None if pk is None else str(pk)


def first_of(*moments):
    return min((moment for moment in moments if moment), default=None)
