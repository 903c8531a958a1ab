from django.urls import path

from milestones.views import (
    board,
    challenges,
    checkpoints,
    criteria,
    discussion,
    evidence,
    exits,
    inbox,
    problems,
    questions,
    reviews,
    signals,
    stages,
    versions,
)

app_name = "milestones"

urlpatterns = [
    # the board
    path("questions/", board.board, name="board"),
    # one question
    path("questions/<int:number>/", questions.question_detail, name="question_detail"),
    path("questions/<int:number>/answer/", questions.answer_edit, name="answer_edit"),
    path("questions/<int:number>/score/", questions.score_add, name="score_add"),
    path(
        "questions/<int:number>/history/",
        questions.score_history,
        name="score_history",
    ),
    path("questions/<int:number>/evidence/", evidence.source_add, name="source_add"),
    path("questions/<int:number>/signals/", signals.signal_list, name="signal_list"),
    path(
        "questions/<int:number>/carry/", versions.evidence_carry, name="evidence_carry"
    ),
    path(
        "questions/<int:number>/discussion/", discussion.discussion, name="discussion"
    ),
    path("questions/<int:number>/review/", reviews.review_add, name="review_add"),
    path(
        "questions/<int:number>/criteria/", criteria.criterion_set, name="criterion_set"
    ),
    path(
        "questions/<int:number>/challenges/new/",
        challenges.challenge_add,
        name="challenge_add",
    ),
    # what was asked back
    path("challenges/", challenges.challenge_list, name="challenge_list"),
    path(
        "challenges/<uuid:pk>/answer/",
        challenges.challenge_answer,
        name="challenge_answer",
    ),
    path(
        "challenges/<uuid:pk>/withdraw/",
        challenges.challenge_withdraw,
        name="challenge_withdraw",
    ),
    # evidence
    path("quotes/<uuid:pk>/evidence/", evidence.evidence_add, name="evidence_add"),
    path(
        "evidence/<uuid:pk>/withdraw/",
        evidence.evidence_withdraw,
        name="evidence_withdraw",
    ),
    path(
        "evidence/<uuid:pk>/answer/", evidence.evidence_answer, name="evidence_answer"
    ),
    path(
        "evidence/<uuid:pk>/reconfirm/",
        evidence.evidence_reconfirm,
        name="evidence_reconfirm",
    ),
    path(
        "evidence/<uuid:pk>/relink/", evidence.evidence_relink, name="evidence_relink"
    ),
    path(
        "quotes/links/<uuid:pk>/withdraw/",
        evidence.quote_link_withdraw,
        name="quote_link_withdraw",
    ),
    path("interviews/inbox/", inbox.inbox, name="inbox"),
    # checkpoints, versions of the model, and the two exits
    path("checkpoints/", checkpoints.checkpoint_list, name="checkpoint_list"),
    path("checkpoints/new/", checkpoints.checkpoint_add, name="checkpoint_add"),
    path(
        "checkpoints/<uuid:pk>/move/",
        checkpoints.checkpoint_move,
        name="checkpoint_move",
    ),
    path(
        "checkpoints/<uuid:pk>/reach/",
        checkpoints.checkpoint_reach,
        name="checkpoint_reach",
    ),
    path("checkpoints/stops/<uuid:pk>/", checkpoints.stop_hold, name="stop_hold"),
    path("versions/", versions.version_list, name="version_list"),
    path("versions/new/", versions.version_add, name="version_add"),
    path("exit/", exits.exit, name="exit"),
    path("stage/", stages.stage, name="stage"),
    path("stage/phase/", stages.stage_phase, name="stage_phase"),
    # problems of a segment, as they are heard
    path("problems/", problems.problem_list, name="problem_list"),
    path("problems/<uuid:pk>/", problems.problem_detail, name="problem_detail"),
]
