from milestones.actions.carrying import carry_evidence
from milestones.actions.challenges import (
    answer_challenge,
    close_lowered,
    note_spread,
    open_challenge,
    settle_challenges,
    withdraw_challenge,
)
from milestones.actions.checkpoints import (
    hold_stop,
    move_checkpoint,
    plan_checkpoint,
    reach_checkpoint,
)
from milestones.actions.criteria import tick_criteria, tick_criterion
from milestones.actions.evidence import (
    answer_evidence,
    link_evidence,
    reconfirm_evidence,
    relink_evidence,
    withdraw_evidence,
)
from milestones.actions.questions import (
    open_questions,
    open_questions_for_segment,
    question_in,
    write_answer,
)
from milestones.actions.reviews import review_score
from milestones.actions.scores import claim_score
from milestones.actions.versions import start_version

__all__ = [
    "answer_challenge",
    "answer_evidence",
    "carry_evidence",
    "claim_score",
    "close_lowered",
    "hold_stop",
    "link_evidence",
    "move_checkpoint",
    "note_spread",
    "open_challenge",
    "open_questions",
    "open_questions_for_segment",
    "plan_checkpoint",
    "question_in",
    "reach_checkpoint",
    "reconfirm_evidence",
    "relink_evidence",
    "review_score",
    "settle_challenges",
    "start_version",
    "tick_criteria",
    "tick_criterion",
    "withdraw_challenge",
    "withdraw_evidence",
    "write_answer",
]
