"""What search finds of the eleven questions: answers and reasons as they stand, and what
was asked back."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Permission
from interviews.search.lines import key_in, line_kind
from milestones.eleven import template
from milestones.models import Answer, Challenge, Score
from milestones.rounds import ROUND_LASTS


def answers():
    return Answer.objects.filter(superseded_by__isnull=True)


def scores():
    return Score.objects.filter(superseded_by__isnull=True)


def challenges():
    return Challenge.objects.all()


# --- where it leads ----------------------------------------------------------------
def question_of(line, slug):
    args = [slug, int(line.line_place)]
    segment = key_in(line.line_part)
    page = reverse("milestones:question_detail", args=args)
    return f"{page}?segment={segment}" if segment else page


def heading(line):
    number = int(line.line_place)
    told = {"number": number, "wording": template(number).wording}
    return _("Question %(number)d: %(wording)s") % told


# --- what founders do not read before they score -------------------------------------
def claims_owed(reader, workspace):
    """Claims of a round in which this reader has not claimed: at most as old as a round
    lasts. None of them for who does not score. No query by itself."""
    claims = Score.objects.filter(workspace=workspace, kind=Score.Kind.CLAIMED)
    if not reader.key or Permission.SCORE not in reader.may:
        return claims.none()
    own = claims.filter(
        question=OuterRef("question"), round=OuterRef("round"), by=reader.key
    )
    fresh = claims.filter(recorded_at__gt=reader.now - ROUND_LASTS)
    return fresh.filter(~Exists(own))


def hidden_scores(reader, workspace):
    return claims_owed(reader, workspace).values("pk")


def hidden_challenges(reader, workspace):
    """What was asked of such a claim, and that founders lie apart."""
    owed = claims_owed(reader, workspace).values("question")
    is_telling = Q(kind=Challenge.Kind.SPREAD)
    if reader.now:
        is_telling |= Q(opened_at__gt=reader.now - ROUND_LASTS)
    rows = Challenge.objects.filter(is_telling, workspace=workspace, question__in=owed)
    return rows.values("pk")


def replaced(model, name):
    """What some rows took the place of is found no more."""

    def beside(ids):
        rows = model.objects.filter(superseded_by__in=ids)
        return {name: list(rows.values_list("pk", flat=True))}

    return beside


OF_QUESTION = {
    "place": "question__number",
    "part": "question__segment",
    "address": question_of,
    "heading": heading,
}
KINDS = (
    line_kind(
        "answer",
        Answer,
        gettext_lazy("Answers"),
        answers,
        ("statement", "looked_against"),
        at="recorded_at",
        beside=replaced(Answer, "answer"),
        **OF_QUESTION,
    ),
    line_kind(
        "score",
        Score,
        gettext_lazy("Reasons for scores"),
        scores,
        ("reason",),
        at="recorded_at",
        hidden=hidden_scores,
        beside=replaced(Score, "score"),
        **OF_QUESTION,
    ),
    line_kind(
        "challenge",
        Challenge,
        gettext_lazy("Evidence asked for"),
        challenges,
        ("text", "answer"),
        at="opened_at",
        hidden=hidden_challenges,
        **OF_QUESTION,
    ),
)
