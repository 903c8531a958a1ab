"""What an earlier version of the model leaves behind: scores, and evidence to carry."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from interviews.models.quotes import refused
from milestones.facts import Scored, last_words
from milestones.models import EvidenceLink, Score
from milestones.reports.evidence import Card, cards_of
from milestones.reports.loading import scorers_of
from milestones.reports.pieces import links_of
from milestones.rounds import hidden_keys


# --- scores ----------------------------------------------------------------------
@dataclass(frozen=True)
class Earlier:
    """What was claimed under version `version`, and the day the model changed."""

    version: int
    claimed: int
    on: date

    @property
    def sentence(self) -> str:
        day = f"{self.on.day} {self.on:%b %Y}"
        return (
            f"Scored {self.claimed} in version {self.version}; "
            f"the model changed on {day}: score it again."
        )


def earlier_of(scope, *, viewer, now, scorers=None):
    """`{number: Earlier}` of questions that a new version asks again and for which this
    reader sees no new score yet. One query, and one more unless `scorers` are known."""
    asked = {n: row for n, row in scope.rows.items() if row.needs_rescore_since}
    if not asked:
        return {}
    scorers = scorers_of(scope.workspace) if scorers is None else scorers
    claimed = claims_of(scope, asked, viewer, scorers, now)
    started = {version.pk: version for version in scope.versions}
    found = {}
    for number, by_version in claimed.items():
        newest = started[asked[number].model_version_id]
        version, value = max(by_version.items())
        if version < newest.number:
            found[number] = Earlier(version, value, newest.started_on)
    return found


def claims_of(scope, numbers, viewer, scorers, now):
    """Number → version of the model → the lowest claim that this reader may see."""
    found = defaultdict(dict)
    for (number, version), scores in scores_by_version(scope, numbers).items():
        entries = [score.entry for score in scores]
        hidden = hidden_keys(entries, viewer, scorers, now)
        seen = [score for score in scores if score.key not in hidden]
        standing = [s.value for s in last_words(seen, now) if s.author in scorers]
        if standing:
            found[number][version] = min(standing)
    return found


def scores_by_version(scope, numbers):
    rows = Score.objects.in_workspace(scope.workspace).filter(
        Q(question__segment=scope.segment) | Q(question__segment=None),
        kind=Score.Kind.CLAIMED,
        question__number__in=list(numbers),
        question__model_version__number__lte=scope.version.number,
    )
    found = defaultdict(list)
    for row in rows.select_related("question__model_version"):
        question = row.question
        score = Scored(
            key=str(row.pk),
            number=question.number,
            author=str(row.by_id),
            value=row.value,
            supported=row.supported,
            round=row.round,
            at=row.recorded_at,
            on=scope.workspace.today(row.recorded_at),
            follows=str(row.supersedes_id) if row.supersedes_id else None,
        )
        found[question.number, question.model_version.number].append(score)
    return found


# --- evidence --------------------------------------------------------------------
@dataclass(frozen=True)
class Offered:
    """A link of an earlier version, and which one."""

    card: Card
    version: int


def links_left(question):
    """Links of earlier versions of this question that stand, whose source it does not
    have yet; of several to one source the latest."""
    return earlier_links(question)[0]


def earlier_links(question):
    """What is left to carry, and what was carried: links whose source stands in this
    version too, whichever of the earlier ones they are of."""
    earlier = (
        EvidenceLink.objects.in_workspace(question.workspace)
        .standing()
        .filter(
            question__number=question.number,
            question__segment=question.segment_id,
            question__model_version__number__lt=question.model_version.number,
            quote__withdrawn_at=None,
            quote__interview__trashed_at=None,
            survey__trashed_at=None,
        )
        .exclude(refused("quote__"))
        .select_related("question__model_version")
        .order_by("question__model_version__number", "linked_at", "pk")
    )
    known = {source_of(link) for link in question.evidence.standing()}
    found = [(source_of(link), link) for link in earlier]
    latest = {source: link for source, link in found if source not in known}
    return list(latest.values()), [link for source, link in found if source in known]


def source_of(link):
    """What a link is to, so that two to the same can be told."""
    document = link.document.strip().casefold()
    return (link.quote_id, link.actual_id, link.survey_id, document)


def offered(question, left, *, sees_people):
    """The strongest first, then the newest. `left`: what `links_left` gave."""
    left = {link.pk: link for link in left}
    facts = links_of(Q(pk__in=list(left)))
    facts.sort(key=lambda link: (-link.piece.grade, -link.piece.on.toordinal()))
    cards = cards_of(facts, question.number, sees_people=sees_people)
    return tuple(
        Offered(card, left[card.key].question.model_version.number) for card in cards
    )
