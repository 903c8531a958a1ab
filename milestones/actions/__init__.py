from milestones.actions.evidence import (
    answer_evidence,
    link_evidence,
    withdraw_evidence,
)
from milestones.actions.questions import (
    open_questions,
    open_questions_for_segment,
    question_in,
    write_answer,
)
from milestones.actions.scores import claim_score

__all__ = [
    "answer_evidence",
    "claim_score",
    "link_evidence",
    "open_questions",
    "open_questions_for_segment",
    "question_in",
    "withdraw_evidence",
    "write_answer",
]
