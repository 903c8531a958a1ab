"""A venture with every kind of row in it, and the URL of any route about them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse

from core.actions import invite_member
from core.actions.tokens import issue_token
from core.actions.trash import trash_row
from core.models import (
    ApiToken,
    ImportRun,
    Invitation,
    Membership,
    Role,
    StoredFile,
    Workspace,
)
from core.routes import Route, routes
from decisions.models import Alert, Commitment, Decision, Evaluation, FollowUp
from discovery.actions.merging import merge_people
from discovery.models import (
    Feature,
    Hypothesis,
    Merge,
    Need,
    Organisation,
    Person,
    Problem,
    Segment,
)
from forecasts.models import Actual, Metric, Standing
from interviews.actions.tags import tag_quote
from interviews.models import (
    Guide,
    Interview,
    Quote,
    QuoteLink,
    Survey,
    SurveyLink,
    SurveyResponse,
    Tag,
)
from interviews.search import reindex
from milestones.models import (
    Answer,
    Challenge,
    Checkpoint,
    EvidenceLink,
    Question,
    ScheduledStop,
    Score,
)
from portfolio.models import VentureExport
from tests.decided import ALERT_ROUTES, add_decided
from tests.decisions.commitments import ROUTES as COMMITMENT_ROUTES
from tests.decisions.commitments import commit_money
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_feature,
    make_forecast,
    make_guide,
    make_hypothesis,
    make_interview,
    make_member,
    make_metric,
    make_model_version,
    make_need,
    make_organisation,
    make_person,
    make_problem,
    make_quote,
    make_quote_link,
    make_segment,
    make_stored_file,
    make_user,
    weeks,
)
from tests.interviews.survey_cases import ask_around
from tests.milestones.looking import look_again, set_course
from tests.portfolio.commenting import THREADS, comment_on_metric
from tests.portfolio.exports import offer_export
from tests.selling import ROUTES as SELLING_ROUTES
from tests.selling import sell
from tests.sharing import SHARED, share_with_advisors
from tests.staged import IMPORT_ROUTES, bring_in

# route → the kind of object its <uuid:pk> names. A new route fails until it is here.
OBJECTS = {
    **dict.fromkeys(IMPORT_ROUTES, ImportRun),
    "core:invitation_revoke": Invitation,
    "core:member_role": Membership,
    "core:member_remove": Membership,
    "core:token_revoke": ApiToken,
    "core:row_trash": Person,
    "core:row_restore": Person,
    "core:row_archive": Person,
    "core:row_unarchive": Person,
    "discovery:segment_edit": Segment,
    "discovery:person_edit": Person,
    "discovery:person_erase": Person,
    "discovery:organisation_edit": Organisation,
    "discovery:next_step": Person,
    "discovery:person_merge": Person,
    "discovery:organisation_merge": Organisation,
    "discovery:merge_undo": Merge,
    "discovery:problem_edit": Problem,
    "discovery:need_edit": Need,
    "discovery:feature_edit": Feature,
    "discovery:hypothesis_edit": Hypothesis,
    "discovery:hypothesis_register": Hypothesis,
    "discovery:hypothesis_revise": Hypothesis,
    "interviews:hypothesis_detail": Hypothesis,
    "interviews:hypothesis_settle": Hypothesis,
    "milestones:problem_detail": Problem,
    "interviews:person_detail": Person,
    "interviews:organisation_detail": Organisation,
    "interviews:interview_edit": Interview,
    "interviews:interview_draft": Interview,
    "interviews:interview_finish": Interview,
    "interviews:interview_detail": Interview,
    "interviews:guide_detail": Guide,
    "interviews:guide_edit": Guide,
    "interviews:quote_add": Interview,
    "interviews:quote_edit": Quote,
    "interviews:quote_withdraw": Quote,
    "interviews:survey_detail": Survey,
    "interviews:survey_edit": Survey,
    "interviews:survey_close": Survey,
    "interviews:response_add": Survey,
    "interviews:response_paste": Survey,
    "interviews:survey_link_add": Survey,
    "interviews:survey_link_revoke": SurveyLink,
    "interviews:response_withdraw": SurveyResponse,
    "milestones:evidence_add": Quote,
    "milestones:evidence_withdraw": EvidenceLink,
    "milestones:evidence_answer": EvidenceLink,
    "milestones:evidence_reconfirm": EvidenceLink,
    "milestones:evidence_relink": EvidenceLink,
    "milestones:challenge_answer": Challenge,
    "milestones:challenge_withdraw": Challenge,
    "milestones:quote_link_withdraw": QuoteLink,
    "milestones:checkpoint_move": Checkpoint,
    "milestones:checkpoint_reach": Checkpoint,
    "milestones:stop_hold": ScheduledStop,
    "interviews:tag_detail": Tag,
    "interviews:tag_edit": Tag,
    "interviews:tag_move": Tag,
    "interviews:tag_merge": Tag,
    "core:file_download": StoredFile,
    "forecasts:metric_edit": Metric,
    "forecasts:metric_detail": Metric,
    "forecasts:metric_csv": Metric,
    "forecasts:metric_close": Metric,
    "forecasts:number_echo": Metric,
    "forecasts:forecast_add": Metric,
    "forecasts:expectation_add": Metric,
    "forecasts:lesson_write": Interview,
    "forecasts:forecast_revise": Metric,
    "forecasts:actual_add": Metric,
    "forecasts:actual_correct": Actual,
    "decisions:alert_detail": Alert,
    "decisions:evaluation_step": Alert,
    "decisions:decision_add": Alert,
    "decisions:cosignature_add": Alert,
    **dict.fromkeys(ALERT_ROUTES, Alert),
    "decisions:decision_review": Decision,
    "decisions:metric_stop_rules": Metric,
    "decisions:follow_up_end": FollowUp,
    **SHARED,
    **dict.fromkeys(COMMITMENT_ROUTES, Commitment),
    "portfolio:export_download": VentureExport,
    **THREADS,
    **SELLING_ROUTES,
}
FIXED = {"number": 1, "step": 1, "kind": "person", "about": "metric"}


@dataclass(frozen=True)
class World:
    workspace: Workspace
    by: object

    def id_of(self, model):
        """The oldest row of the kind; of memberships one that may be changed."""
        if model is ApiToken:
            return ApiToken.objects.get(membership__workspace=self.workspace).pk
        rows = model.objects.filter(workspace=self.workspace)
        if model is Membership:
            rows = rows.filter(role=Role.OBSERVER).order_by("user__email")
        if model is SurveyResponse:
            rows = rows.order_by("survey__kind", "recorded_at", "pk")
        if model is Actual:
            rows = rows.order_by("recorded_at", "pk")
        return rows.first().pk

    def url(self, route: Route, *, slug=None, ids_of=None):
        """The URL of a route; ids may be taken from another world."""
        kwargs = {}
        if "<slug:workspace_slug>" in route.path:
            kwargs["workspace_slug"] = slug or self.workspace.slug
        if "<uuid:pk>" in route.path:
            kwargs["pk"] = (ids_of or self).id_of(OBJECTS[route.name])
        for name, value in FIXED.items():
            if f"<int:{name}>" in route.path or f"<slug:{name}>" in route.path:
                kwargs[name] = value
        for name in ("token", "place"):
            if f"<str:{name}>" in route.path:
                kwargs[name] = "no-such-token"
        return reverse(route.name, kwargs=kwargs)


def workspace_routes():
    return [route for route in routes() if route.path.startswith("w/<slug:")]


def make_world(workspace, rows=1):
    """`rows` of each kind of thing that lists show."""
    by = make_user()
    member = make_member(workspace, Role.FOUNDER, user=by, is_leadership=True)
    issue_token(member, by=by, now=NOW, name="Export")
    make_member(workspace, Role.OBSERVER)
    invite_member(
        workspace, by=by, email=f"{workspace.slug}@new.example", role="advisor", now=NOW
    )
    segment = make_segment(workspace, "First customers")
    questions = make_questions(workspace, segment)
    set_course(workspace, by, rows)
    for number in range(rows):
        talk_about(workspace, segment, questions, by, number)
        follow_metric(workspace, by, number)
        bring_in(workspace, by, number)
        commit_money(workspace, by, number)
        sell(workspace, by, number)
        share_with_advisors(workspace, by, number)
        offer_export(workspace, by)
    reindex(workspace)
    return World(workspace, by)


def make_questions(workspace, segment):
    version = make_model_version(workspace)
    return [
        Question.objects.create(
            workspace=workspace,
            number=number,
            model_version=version,
            segment=segment if number < 9 else None,
            created_at=NOW,
        )
        for number in range(1, 12)
    ]


def talk_about(workspace, segment, questions, by, number):
    canary = f"CANARY-{workspace.slug}-{number}"
    organisation = make_organisation(workspace, f"{canary}-organisation")
    person = make_person(
        workspace,
        f"{canary}-person",
        organisation=organisation,
        segment=segment,
        email=f"{canary}@example.com".lower(),
        consent=Person.Consent.QUOTE,
    )
    twin = make_person(workspace, f"{canary}-person-again", referred_by=person)
    merge_people(person, twin, by=by, now=NOW)
    thrown = make_person(workspace, f"{canary}-person-thrown")
    trash_row(thrown, by=by, now=NOW)
    interview = make_interview(
        workspace,
        people=[person],
        by=by,
        segment=segment,
        notes=f"{canary}-notes: the rota broke again last Tuesday.",
        qualifies=True,
        guide=make_guide(workspace, f"{canary}-guide", segment=segment, by=by),
    )
    quote = make_quote(interview, "the rota broke again", person=person)
    make_quote(interview, "last Tuesday", person=person)
    link = EvidenceLink.objects.create(
        workspace=workspace,
        question=questions[0],
        quote=quote,
        stance="supports",
        grade=3,
        by=by,
        occurred_on=TODAY - timedelta(days=1),
        linked_at=NOW,
    )
    add_claim(workspace, questions[0], by, link)
    look_again(workspace, questions[0], by, link)
    hear_problem(segment, quote, by, number)
    ask_around(workspace, segment, by, number, person)


def hear_problem(segment, quote, by, number):
    """With a need, a feature that claims to solve it, one that none asks for, and what
    we believe about it."""
    workspace = segment.workspace
    canary = f"CANARY-{workspace.slug}-{number}"
    problem = make_problem(segment, f"{canary}-problem")
    make_need(segment, f"{canary}-need").problems.add(problem)
    make_feature(workspace, f"{canary}-feature", problems=[problem])
    make_feature(workspace, f"{canary}-orphan")
    hypothesis = make_hypothesis(workspace, f"{canary}-hypothesis", by=by)
    tag_quote(quote, [f"{canary}-tag"], by=by, now=NOW)
    file = make_stored_file(quote.workspace, by=by)
    make_quote_link(quote, problem=problem, proof_file=file, had_proof_file=True)
    make_quote_link(quote, hypothesis=hypothesis)


def add_claim(workspace, question, by, link):
    claims = Score.objects.filter(question=question, by=by, kind=Score.Kind.CLAIMED)
    latest = claims.filter(superseded_by=None).first()
    score = Score(
        workspace=workspace,
        question=question,
        value=2,
        reason="Three clinics told us the same story in their own words.",
        by=by,
        round=1,
        supersedes=latest,
        supported=1,
        recorded_at=NOW,
    )
    score.save()
    score.evidence.add(link)
    if latest is None:
        Answer(
            workspace=workspace,
            question=question,
            statement="Clinics lose three hours a week to rota changes by July.",
            by=by,
            recorded_at=NOW,
        ).save()


def follow_metric(workspace, by, number):
    metric = make_metric(
        workspace, f"CANARY-{workspace.slug}-metric-{number}", owner=by, evidence_rev=2
    )
    spans = weeks(TODAY - timedelta(weeks=4), 8)
    forecast = make_forecast(metric, [(*span, 8000) for span in spans], by=by)
    for start, end in spans[:2]:
        make_actual(metric, start, end, Decimal(2000), by=by)
    Standing.objects.create(
        metric=metric,
        state=Standing.State.STOP,
        p=0.001,
        odds=300,
        why="Week 2: 2,000 against 8,000 forecast.",
        judged_rev=2,
        judged_through=spans[1][1],
        judged_at=NOW,
    )
    alert = Alert.objects.create(
        workspace=workspace,
        metric=metric,
        forecast=forecast,
        family=Alert.Family.SHORTFALL,
        rule=Alert.Rule.DRIFT,
        state=Alert.State.EVALUATING,
        reason="Week 2: 2,000 against 8,000 forecast.",
        odds=300,
        period_start=spans[1][0],
        period_end=spans[1][1],
        raised_at=NOW,
        owner=by,
        evaluate_by=TODAY + timedelta(days=14),
    )
    Evaluation.objects.create(
        workspace=workspace, alert=alert, started_at=NOW, saved_at=NOW, saved_by=by
    )
    add_decided(alert, by=by, number=number)
    comment_on_metric(workspace, metric, by, number)
