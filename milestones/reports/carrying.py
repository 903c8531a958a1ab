"""What an earlier version of the model leaves behind: scores, and evidence to carry."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from interviews.models.quotes import refused
from milestones.facts import last_words
from milestones.models import EvidenceLink
from milestones.reports.evidence import Card, cards_of
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


def earlier_of(scope, number, scores, *, viewer, now, scorers):
    """What was claimed before a new version asked this question again, if this reader
    sees no new score yet, or None. `scores` maps each version of the model to what was
    scored under it; no query."""
    row = scope.question(number)
    if row is None or not row.needs_rescore_since:
        return None
    claimed = {
        version: lowest_seen(found, viewer, scorers, now)
        for version, found in scores.items()
    }
    seen = {version: value for version, value in claimed.items() if value is not None}
    newest = row.model_version
    if not seen or max(seen) >= newest.number:
        return None
    return Earlier(max(seen), seen[max(seen)], newest.started_on)


def lowest_seen(scores, viewer, scorers, now):
    """The lowest claim that this reader may see."""
    hidden = hidden_keys([score.entry for score in scores], viewer, scorers, now)
    seen = [score for score in scores if score.key not in hidden]
    standing = [s.value for s in last_words(seen, now) if s.author in scorers]
    return min(standing, default=None)


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
    earlier = ~refused("quote__") & Q(
        question__number=question.number,
        question__segment=question.segment_id,
        question__model_version__number__lt=question.model_version.number,
        quote__withdrawn_at=None,
        quote__interview__trashed_at=None,
        survey__trashed_at=None,
    )
    links = (
        EvidenceLink.objects.standing()
        .filter(Q(question=question) | earlier, workspace=question.workspace_id)
        .select_related("question__model_version")
        .order_by("question__model_version__number", "linked_at", "pk")
    )
    found = [(source_of(link), link) for link in links]
    known = {source for source, link in found if link.question_id == question.pk}
    before = [one for one in found if one[1].question_id != question.pk]
    latest = {source: link for source, link in before if source not in known}
    return list(latest.values()), [link for source, link in before if source in known]


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
